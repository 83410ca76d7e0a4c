import { closedPatterns } from '../../../functions/directory/closed-groups.ts'
import { newsAccess } from '../../../functions/news/access.ts'
import { newsHandler } from '../../../functions/news/handler.ts'
import { requestAccess } from '../../../functions/platform/access.ts'
import { put } from '../../../functions/platform/operation.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import { accepted } from '../../support/accepted.ts'
import { call } from '../../support/call.ts'
import { tested } from '../../support/examples.ts'
import { audience, college, groups, type School } from '../../support/school.ts'

const families = audience('class-guardians', groups.sixA.id)
const draft = {
  uai: college,
  title: 'Sortie au musée',
  body: 'Départ à **8 h**.',
  audiences: [families],
  pinned: false,
  urgent: false,
  notice: 'guardian',
}
const ofCollege = { params: { uai: college } }
/** Who holds the audience of the families, by the directory. */
const ofFamilies = ['sophie', 'karim', 'anne']
const editors = ['anne', 'claire', 'marc', 'nadia']

export const newsFunction = tested({
  contract: newsContract,
  open: newsHandler,
  access: [requestAccess, newsAccess],
  arrange: async (platform, { callers }: School): Promise<{ news: string }> => {
    const publish = call(newsHandler(platform), platform, newsContract.routes.publish, {
      body: draft,
      as: callers.anne,
    })
    // Paul has left the class in a past year.
    const group = {
      group: groups.sixA.id,
      uai: college,
      school: 'Collège',
      name: '6e A',
      kind: 'class',
      as: 'teacher',
    } as const
    const closed = { at: '2100-07-01T00:00:00.000Z', groups: [{ ...group, year: 2025 }] }
    const who = { person: String(callers.paul?.person), at: closed.at }
    await platform.table.writeMany([put('closed', closedPatterns.closedAt, who, closed)])
    return { news: (await accepted(publish)).body.id as string }
  },
  examples: {
    list: () => ({ params: { audience: families } }),
    read: ({ ids }) => ({ params: { audience: families, news: ids.news } }),
    heldBoards: () => ({ query: { audiences: families }, related: ofFamilies }),
    heldList: () => ({ params: { audience: families }, related: ofFamilies }),
    heldNews: ({ ids }) => ({ params: { audience: families, ...ids }, related: ofFamilies }),
    closedList: () => ({ params: { audience: families }, related: ['paul'] }),
    closedNews: ({ ids }) => ({ params: { audience: families, ...ids }, related: ['paul'] }),
    state: () => ({}),
    marked: ({ ids }) => ({ query: ids }),
    mine: () => ({}),
    ofSchool: () => ofCollege,
    choices: () => ofCollege,
    reach: () => ({ ...ofCollege, query: { audiences: families }, related: editors }),
    edited: ({ ids }) => ({ params: ids, related: editors }),
    readers: ({ ids }) => ({ params: ids, query: { state: 'all' }, related: editors }),
    publish: () => ({ body: draft, related: editors }),
    edit: ({ ids }) => ({ params: ids, body: { ...draft, version: 1 }, related: editors }),
    withdraw: ({ ids }) => ({ params: ids, related: editors }),
    // News that one may not read is left out, and not refused.
    seen: ({ school, ids }) => ({ body: { news: [ids.news] }, related: Object.keys(school.callers) }),
    sign: ({ ids }) => ({ params: ids, body: {}, related: ['sophie', 'karim'] }),
    remind: ({ ids }) => ({ params: ids, body: { state: 'unseen' }, related: editors }),
  },
})
