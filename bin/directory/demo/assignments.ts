import { createHash } from 'node:crypto'
import { directoryPatterns } from '../../../functions/directory/audiences.ts'
import { groupId, personId } from '../../../functions/directory/identity.ts'
import { put } from '../../../functions/platform/operation.ts'
import { handInPatterns } from '../../../functions/work/hand-ins/patterns.ts'
import { ownRow } from '../../../functions/work/own-row.ts'
import { type PieceItem, workPatterns } from '../../../functions/work/patterns.ts'
import { day } from '../../../shared/kernel/dates.ts'
import { spokenName } from '../../../shared/kernel/names.ts'
import { dayIn, momentOf } from '../../../shared/kernel/territory-day.ts'
import type { HandInState } from '../../../shared/work/hand-in-states.ts'
import { dayAfter } from '../../../shared/work/rules.ts'
import { bigCollege, demoYear, known } from './county.ts'
import { type DemoTable, idOf, type Write } from './work.ts'

/** An assignment, in how many days it is due, and where the known pupil is with it. */
type Given = {
  readonly title: string
  readonly in: number
  readonly state: HandInState
  readonly text: string
  /** For the class. */
  readonly correction?: string
}

const assignments: readonly Given[] = [
  {
    title: 'Figures et fractions',
    in: -3,
    state: 'returned',
    text: 'Faites les exercices 4 et 5, en posant les calculs.',
    correction: 'Exercice 4 : 3/4 + 5/8 = 6/8 + 5/8 = 11/8.\nExercice 5 : il reste 1/4 du gâteau, chacun aura 1/12.',
  },
  { title: 'Une énigme à résoudre', in: -1, state: 'handed-in-again', text: 'Expliquez comment vous avez trouvé.' },
  { title: 'Enquête : les tailles de la classe', in: 1, state: 'handed-in', text: 'Dix lignes, et vos résultats.' },
  { title: 'Résumer le chapitre 4', in: 2, state: 'started', text: 'En une demi-page.' },
  { title: 'Inventer un problème', in: 3, state: 'assigned', text: 'Un problème à deux étapes, et sa solution.' },
]

const answers = [
  'J’ai d’abord dessiné la figure, puis j’ai compté les parts. Il reste un quart.',
  'Exercice 4 : 3/4 + 5/8 = 11/8. Exercice 5 : il reste 1/4 du gâteau, chacun aura 1/12.',
  'J’ai essayé avec de petits nombres, et j’ai vu que la somme ne changeait pas.',
]

type Whose = { readonly group: string; readonly teacher: string; readonly pupil: string }
type Pupil = { readonly person: string; readonly givenName: string; readonly familyName: string }

/** What a pupil handed in, as functions/work/hand-ins/handing-in.ts would have stored it; given back where that is said. */
const handedIn = (piece: PieceItem, pupil: Pupil, state: HandInState, index: number, now: Date): Write[] => {
  const { person } = pupil
  const due = Date.parse(piece.assignment?.dueAt ?? '')
  // Some hand in late, and nobody later than now.
  const at = new Date(
    Math.min(due - ((index * 37) % 300) * 60_000 + (index % 7 === 3 ? 400 * 60_000 : 0), now.getTime() - 600_000),
  )
  const text = answers[index % answers.length] ?? ''
  const key = { piece: piece.id, person }
  const version = {
    id: idOf(`hand-in ${piece.id} ${person}`, at),
    ...{ at: at.toISOString(), receivedAt: at.toISOString() },
    by: { id: person, name: spokenName(pupil), as: 'pupil' as const },
    ...{ size: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') },
  }
  const said = { comment: 'Bien expliqué. Relisez la dernière ligne.', mark: `${12 + (index % 8)}/20` }
  const backAt = new Date(now.getTime() - 3_600_000).toISOString()
  const isBack = state === 'returned' || state === 'handed-in-again'
  return [
    put('version', handInPatterns.version, { ...key, version: version.id }, { ...version, pupil: person, text }),
    put('hand-in', handInPatterns.handIn, key, {
      ...{ person, state, versions: 1, version: version.id, current: version },
      ...(isBack && { ...said, notedAt: backAt, returned: { ...said, at: backAt, version: version.id } }),
    }),
    put('own hand-in', handInPatterns.ownHandIn, key, {
      ...{ piece: piece.id, state, at: version.at },
      expiresAt: Math.floor(now.getTime() / 1000) + 60 * day,
    }),
  ]
}

/** Where a pupil of the class is with an assignment: the known one as it says, others further the longer it has been due. */
const stateOf = ({ state, in: away }: Given, pupil: string, { pupil: known }: Whose, index: number): HandInState => {
  if (pupil === known) return state
  const most = away < -1 ? 9 : away < 2 ? 6 : 1
  if (index % 10 >= most) return index % 3 === 0 ? 'started' : 'assigned'
  return away < -1 ? 'returned' : 'handed-in'
}

/** Sets assignments of the collège's 6e A, at every state of their hand-ins. @returns them */
export const setDemoAssignments = async (
  table: DemoTable,
  source: string,
  now: Date,
): Promise<readonly PieceItem[]> => {
  const whose: Whose = {
    group: groupId(source, { uai: bigCollege.uai, kind: 'class', key: '6e A' }, demoYear),
    teacher: personId(source, known.teacher),
    pupil: personId(source, known.pupil),
  }
  const [[teacher], pupils] = await Promise.all([
    table.getMany(directoryPatterns.person, [{ person: whose.teacher }]),
    table.all(directoryPatterns.groupMembers, { group: whose.group, role: 'pupil' }),
  ])
  if (!teacher) throw new Error('the demo county has lost its teacher')
  const author = { id: teacher.id, name: spokenName(teacher) }
  const pieces: PieceItem[] = []
  for (const given of assignments) {
    const due = dayAfter(dayIn(now), given.in)
    const publishedAt = new Date(Math.min(now.getTime() - 600_000, Date.parse(`${dayAfter(due, -5)}T08:00:00.000Z`)))
    const piece: PieceItem = {
      id: idOf(`assignment ${given.title}`, publishedAt),
      ...{ uai: bigCollege.uai, kind: 'task', group: { id: whose.group, name: '6e A' }, day: due },
      ...{ subject: 'Mathématiques', title: given.title, text: given.text, hasText: true, author },
      ...{ publishedAt: publishedAt.toISOString(), decidedAt: publishedAt.toISOString(), version: 1 },
      assignment: { dueAt: momentOf(due, '18:00').toISOString(), late: true },
      ...(given.correction !== undefined && { correction: { text: given.correction, at: now.toISOString() } }),
    }
    const items = pupils.flatMap((pupil, index): Write[] => {
      const { person } = pupil
      const state = stateOf(given, person, whose, index)
      if (state === 'assigned') return []
      if (state !== 'started') return handedIn(piece, pupil, state, index, now)
      const begun = { person, state, versions: 0, startedAt: now.toISOString() }
      return [put('hand-in', handInPatterns.handIn, { piece: piece.id, person }, begun)]
    })
    await table.writeMany([put('piece', workPatterns.piece, { piece: piece.id }, piece), ownRow(piece), ...items])
    pieces.push(piece)
  }
  return pieces
}
