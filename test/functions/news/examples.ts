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
const template = { ...draft, of: 'mine', name: 'Sortie', uai: undefined, audiences: undefined }
const ofCollege = { params: { uai: college } }
/** Who holds the audience of the families, by the directory. */
const ofFamilies = ['sophie', 'karim', 'anne']
const editors = ['anne', 'claire', 'marc', 'nadia']

export const newsFunction = tested({
  contract: newsContract,
  open: newsHandler,
  access: [requestAccess, newsAccess],
  arrange: async (
    platform,
    { callers }: School,
  ): Promise<Record<'news' | 'edited' | 'held' | 'withdrawn' | 'template' | 'onPaper' | 'paperAt', string>> => {
    const publish = (more: object = {}) =>
      call(newsHandler(platform), platform, newsContract.routes.publish, {
        body: { ...draft, ...more },
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
    const { id: edited } = (await accepted(publish())).body
    await accepted(
      call(newsHandler(platform), platform, newsContract.routes.edit, {
        params: { news: edited },
        body: { ...draft, title: 'Autrement', version: 1 },
        as: callers.anne,
      }),
    )
    const { id: withdrawn } = (await accepted(publish())).body
    await accepted(
      call(newsHandler(platform), platform, newsContract.routes.withdraw, {
        params: { news: withdrawn },
        as: callers.anne,
      }),
    )
    const held = (await accepted(publish({ held: true }))).body.id as string
    const saved = await accepted(
      call(newsHandler(platform), platform, newsContract.routes.saveTemplate, {
        ...ofCollege,
        body: { ...template, of: 'school' },
        as: callers.marc,
      }),
    )
    const news = (await accepted(publish())).body.id as string
    const onPaper = (await accepted(publish())).body.id as string
    const paperAt = platform.now().toISOString()
    await accepted(
      call(newsHandler(platform), platform, newsContract.routes.enter, {
        params: { news: onPaper },
        body: { signer: String(callers.sophie?.person) },
        as: callers.anne,
      }),
    )
    return { news, edited: edited as string, held, withdrawn, template: saved.body.id as string, onPaper, paperAt }
  },
  examples: {
    list: () => ({ params: { audience: families } }),
    read: ({ ids }) => ({ params: { audience: families, news: ids.news } }),
    heldBoards: () => ({ query: { audiences: families }, related: ofFamilies }),
    heldList: () => ({ params: { audience: families }, related: ofFamilies }),
    heldNews: ({ ids }) => ({ params: { audience: families, news: ids.news }, related: ofFamilies }),
    closedList: () => ({ params: { audience: families }, related: ['paul'] }),
    closedNews: ({ ids }) => ({ params: { audience: families, news: ids.news }, related: ['paul'] }),
    state: () => ({}),
    marked: ({ ids }) => ({ query: { news: ids.news } }),
    mine: () => ({}),
    ofSchool: () => ofCollege,
    ofPerson: ({ school }) => ({ params: { person: String(school.people.anne?.id) }, related: ['marc', 'nadia'] }),
    choices: () => ofCollege,
    reach: () => ({ ...ofCollege, query: { audiences: families }, related: editors }),
    reached: () => ({ ...ofCollege, query: { audiences: families }, related: editors }),
    lists: () => ofCollege,
    saveList: () => ({ ...ofCollege, body: { name: 'Ma liste', audiences: [families] }, related: editors }),
    removeList: ({ ids }) => ({ params: { uai: college, list: ids.news } }),
    templates: () => ofCollege,
    template: ({ ids }) => ({ params: { uai: college, template: ids.template } }),
    saveTemplate: () => ({ ...ofCollege, body: template }),
    removeTemplate: ({ ids }) => ({ params: { uai: college, template: ids.news } }),
    keptDraft: () => ofCollege,
    keepDraft: () => ({ ...ofCollege, body: { form: '{}', at: '2026-03-16T08:00:00.000Z' } }),
    edited: ({ ids }) => ({ params: { news: ids.news }, related: editors }),
    formerText: ({ ids }) => ({ params: { news: ids.edited, edition: '1' }, related: editors }),
    readers: ({ ids }) => ({ params: { news: ids.news }, query: { state: 'all' }, related: editors }),
    sheet: ({ ids }) => ({ params: { news: ids.news }, related: editors }),
    publish: () => ({ body: draft, related: editors }),
    edit: ({ ids }) => ({ params: { news: ids.news }, body: { ...draft, version: 1 }, related: editors }),
    undo: ({ ids }) => ({ params: { news: ids.held }, related: editors }),
    withdraw: ({ ids }) => ({ params: { news: ids.news }, related: editors }),
    restore: ({ ids }) => ({ params: { news: ids.withdrawn }, related: editors }),
    // News that one may not read is left out, and not refused.
    seen: ({ school, ids }) => ({ body: { news: [ids.news] }, related: Object.keys(school.callers) }),
    sign: ({ ids }) => ({ params: { news: ids.news }, body: {}, related: ['sophie', 'karim'] }),
    enter: ({ school, ids }) => ({
      params: { news: ids.news },
      body: { signer: school.callers.sophie?.person },
      related: editors,
    }),
    takeBack: ({ school, ids }) => ({
      params: { news: ids.onPaper },
      body: { signer: school.callers.sophie?.person, at: ids.paperAt },
      related: editors,
    }),
    ownAnswers: ({ ids }) => ({ params: { news: ids.news }, related: ['sophie', 'karim'] }),
    remind: ({ ids }) => ({ params: { news: ids.news }, body: { state: 'unseen' }, related: editors }),
  },
})
