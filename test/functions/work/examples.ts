import { requestAccess } from '../../../functions/platform/access.ts'
import { workAccess } from '../../../functions/work/access.ts'
import { workHandler } from '../../../functions/work/handler.ts'
import { workContract } from '../../../shared/work/contract.ts'
import { accepted } from '../../support/accepted.ts'
import { call } from '../../support/call.ts'
import { type Arranged, tested } from '../../support/examples.ts'
import { audience, college, groups } from '../../support/school.ts'

/** Work for 6e A, whose teacher is Anne. */
export const exercises = {
  uai: college,
  kind: 'task',
  subject: 'Mathématiques',
  title: 'Exercices 4 à 6, page 52',
  text: 'Posez les calculs.',
  minutes: 20,
  to: [{ group: groups.sixA.id, day: '2100-01-04' }],
} as const

/** The same as an assignment, due at six in the evening. */
export const essay = {
  ...exercises,
  title: 'Rédaction : un souvenir',
  to: [
    {
      group: groups.sixA.id,
      day: '2100-01-04',
      assignment: { dueAt: '2100-01-04T17:00:00.000Z', late: true },
    },
  ],
} as const

const { uai: _, kind: __, to: ___, ...written } = exercises
const followers = ['anne', 'claire', 'marc', 'nadia']
const ownTask = '0000000000000000000000'

const ofLea = ({ school, ids }: Arranged<{ essay: string }>) => ({
  piece: ids.essay,
  pupil: String(school.people.lea?.id),
})

export const workFunction = tested({
  contract: workContract,
  open: workHandler,
  access: [requestAccess, workAccess],
  arrange: async (platform, { callers }): Promise<{ piece: string; removed: string; essay: string }> => {
    const set = async (body: object = exercises) =>
      (await accepted(call(workHandler(platform), platform, workContract.routes.set, { body, as: callers.anne }))).body
        .items[0]?.id as string
    const removed = await set()
    await accepted(
      call(workHandler(platform), platform, workContract.routes.remove, {
        params: { piece: removed },
        as: callers.anne,
      }),
    )
    return { piece: await set(), removed, essay: await set(essay) }
  },
  examples: {
    list: () => ({ params: { audience: audience('class', groups.sixA.id) } }),
    state: ({ school }) => ({ query: { children: String(school.people.lea?.id) }, related: ['sophie', 'karim'] }),
    mine: () => ({ query: { week: '2100-W01' } }),
    piece: ({ ids }) => ({ params: { piece: ids.piece }, related: followers }),
    set: () => ({ body: exercises, related: ['anne'] }),
    edit: ({ ids }) => ({
      params: { piece: ids.piece },
      body: { ...written, day: '2100-01-05', version: 1 },
      related: ['anne'],
    }),
    remove: ({ ids }) => ({ params: { piece: ids.piece }, related: followers }),
    restore: ({ ids }) => ({ params: { piece: ids.removed }, related: followers }),
    // Work that one may not read is left out, and not refused.
    tick: ({ school, ids }) => ({
      body: { ticks: [{ piece: ids.piece, done: true, at: '2100-01-01T10:00:00.000Z' }] },
      related: Object.keys(school.callers),
    }),
    keepTask: () => ({ params: { task: ownTask }, body: { title: 'Rapporter le livre', day: '2100-01-04' } }),
    removeTask: () => ({ params: { task: ownTask } }),
    collected: ({ ids }) => ({ params: { piece: ids.essay }, related: ['anne'] }),
    handIn: arranged => ({ params: ofLea(arranged), related: ['lea', 'sophie', 'karim', 'anne'] }),
    start: arranged => ({ params: ofLea(arranged), related: ['lea'] }),
    sendHandIn: arranged => ({
      params: { ...ofLea(arranged), version: ownTask },
      body: { text: 'Un soir d’été.', at: '2026-11-23T17:00:00.000Z', sentAt: '2026-11-23T17:00:00.000Z' },
      related: ['lea', 'sophie', 'karim'],
    }),
    note: arranged => ({
      params: ofLea(arranged),
      body: { comment: 'Bien.', mark: '14/20', at: '2026-11-23T17:00:00.000Z' },
      related: ['anne'],
    }),
    extend: arranged => ({
      params: ofLea(arranged),
      body: { until: '2100-01-06T17:00:00.000Z' },
      related: ['anne'],
    }),
    giveBack: ({ school, ids }) => ({
      params: { piece: ids.essay },
      body: { items: [{ pupil: String(school.people.lea?.id), version: ownTask }] },
      related: ['anne'],
    }),
  },
})
