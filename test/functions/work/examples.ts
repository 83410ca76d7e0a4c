import { closedPatterns } from '../../../functions/directory/closed-groups.ts'
import { documentsPatterns } from '../../../functions/documents/patterns.ts'
import { requestAccess } from '../../../functions/platform/access.ts'
import { put } from '../../../functions/platform/operation.ts'
import { workAccess } from '../../../functions/work/access.ts'
import { handInPatterns } from '../../../functions/work/hand-ins/patterns.ts'
import { timeId } from '../../../shared/kernel/ids.ts'
import { workContract } from '../../../shared/work/contract.ts'
import { accepted } from '../../support/accepted.ts'
import { call } from '../../support/call.ts'
import { type Arranged, tested } from '../../support/examples.ts'
import type { TestPlatform } from '../../support/platform.ts'
import { audience, college, groups, type School } from '../../support/school.ts'
import { openWork } from '../../support/work.ts'

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

/** A file that no scanner can look into, which was given back to Lea. */
const givenBack = async (platform: TestPlatform, piece: string, { lea, anne }: School['callers']): Promise<string> => {
  const [id, at, person] = [timeId(platform.now()), platform.now().toISOString(), String(lea?.person)]
  const stored = { id, length: 4, type: 'application/zip', sha256: '-', scan: 'unscannable' as const }
  const files = [{ file: id, name: 'Corrigé.zip', length: 4, type: stored.type, sha256: '' }]
  const by = { id: String(anne?.person), name: 'Anne Roux' }
  await platform.table.transact([
    put(
      'file',
      documentsPatterns.file,
      { file: id },
      { ...stored, by, state: 'stored', at, places: 1, target: { name: 'Corrigé.zip', reserved: 4 } },
    ),
    put(
      'hand-in',
      handInPatterns.handIn,
      { piece, person },
      { person, state: 'returned', versions: 0, hung: [id], returned: { at, version: ownTask, files } },
    ),
  ])
  return id
}

/** A photo of a version that Lea handed in. */
const photographed = async (platform: TestPlatform, piece: string, { lea }: School['callers']) => {
  const [version, at, pupil] = [timeId(platform.now()), platform.now().toISOString(), String(lea?.person)]
  const photo = timeId(platform.now())
  const by = { id: pupil, name: 'Lea', as: 'pupil' as const }
  const files = [{ file: photo, name: 'Page.jpg', length: 4, type: 'image/jpeg', sha256: '' }]
  const item = { id: version, at, receivedAt: at, by, size: 0, sha256: '', pupil, text: '', fileCount: 1, files }
  await platform.table.transact([put('version', handInPatterns.version, { piece, person: pupil, version }, item)])
  return { version, photo }
}

type Ids = {
  readonly piece: string
  readonly removed: string
  readonly essay: string
  readonly file: string
  readonly version: string
  readonly photo: string
}

export const workFunction = tested({
  contract: workContract,
  open: openWork,
  access: [requestAccess, workAccess],
  arrange: async (platform, { callers }): Promise<Ids> => {
    const set = async (body: object = exercises) =>
      (await accepted(call(openWork(platform), platform, workContract.routes.set, { body, as: callers.anne }))).body
        .items[0]?.id as string
    const removed = await set()
    await accepted(
      call(openWork(platform), platform, workContract.routes.remove, {
        params: { piece: removed },
        as: callers.anne,
      }),
    )
    const { id: group, uai } = groups.sixB
    const closed = { group, uai, school: 'Collège', name: '6e B', kind: 'class', year: 2025, as: 'pupil' } as const
    const at = '2100-07-01T00:00:00.000Z'
    const left = { person: String(callers.lea?.person), at }
    await platform.table.transact([put('closed', closedPatterns.closedAt, left, { at, groups: [closed] })])
    const ids = { piece: await set(), removed, essay: await set(essay) }
    const file = await givenBack(platform, ids.essay, callers)
    return { ...ids, file, ...(await photographed(platform, ids.essay, callers)) }
  },
  examples: {
    budget: () => ({ params: { uai: college } }),
    setBudget: () => ({ params: { uai: college }, body: { minutes: 90 } }),
    longDays: () => ({ params: { uai: college } }),
    closedList: () => ({ params: { audience: audience('class', groups.sixB.id) }, related: ['lea'] }),
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
    giveCorrection: ({ ids }) => ({
      params: { piece: ids.essay },
      body: { text: 'Voici les réponses.', attachments: [] },
      related: ['anne'],
    }),
    withdrawCorrection: ({ ids }) => ({ params: { piece: ids.essay }, related: ['anne'] }),
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
    unscannedFile: arranged => ({
      params: { ...ofLea(arranged), file: arranged.ids.file },
      related: ['sophie', 'karim', 'anne'],
    }),
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
    draw: arranged => ({
      params: { ...ofLea(arranged), version: arranged.ids.version, file: arranged.ids.photo },
      body: {
        strokes: [{ ink: 'red', points: [100, 200, 300, 400] }],
        remarks: [{ x: 5000, y: 5000, text: 'Même dénominateur ?' }],
        at: '2026-11-23T17:00:00.000Z',
      },
      related: ['anne'],
    }),
    extend: arranged => ({
      params: ofLea(arranged),
      body: { until: '2100-01-06T17:00:00.000Z' },
      related: ['anne'],
    }),
    remind: ({ ids }) => ({ params: { piece: ids.essay }, body: { guardians: true }, related: ['anne'] }),
    giveBack: ({ school, ids }) => ({
      params: { piece: ids.essay },
      body: { items: [{ pupil: String(school.people.lea?.id), version: ownTask }] },
      related: ['anne'],
    }),
  },
})
