import { createHash } from 'node:crypto'
import { directoryPatterns } from '../../../functions/directory/audiences.ts'
import { groupId, personId } from '../../../functions/directory/identity.ts'
import { type Operation, put } from '../../../functions/platform/operation.ts'
import type { Table } from '../../../functions/platform/table.ts'
import { ownRow } from '../../../functions/work/own-row.ts'
import { type PieceItem, workPatterns } from '../../../functions/work/patterns.ts'
import { base32, timeId } from '../../../shared/kernel/ids.ts'
import { spokenName } from '../../../shared/kernel/names.ts'
import { dayIn } from '../../../shared/kernel/territory-day.ts'
import { dayAfter, weekOf } from '../../../shared/work/rules.ts'
import type { demoWorkAccess } from './access.ts'
import { bigCollege, demoYear, ecole, known } from './county.ts'

export type DemoTable = Table<typeof demoWorkAccess>
export type Write = Operation<'put', (typeof demoWorkAccess)['batch'][number]>

/** What a teacher asks for on one day of the week, and did in class on it. */
type Lesson = {
  readonly subject: string
  readonly done: string
  readonly task?: string
  readonly minutes?: number
  readonly text?: string
}

/** By day of the school week, Monday first: it comes back every second week in other words. */
const collegeWeek: readonly (readonly Lesson[])[] = [
  [
    {
      subject: 'Mathématiques',
      done: 'Fractions : simplifier, comparer',
      task: 'Exercices 4 à 6, page 52',
      minutes: 20,
      text: 'Posez les calculs. La leçon est dans le cahier rouge.',
    },
    {
      subject: 'Français',
      done: 'Le récit au passé, lecture page 61',
      task: 'Lire le chapitre 3 et noter les verbes au passé simple',
      minutes: 25,
    },
  ],
  [
    {
      subject: 'Histoire-géographie',
      done: 'Athènes et la démocratie',
      task: 'Leçon 3 : la Grèce des cités',
      minutes: 15,
    },
    { subject: 'Anglais', done: 'Parler de son week-end', task: 'Verbes irréguliers, de A à D', minutes: 15 },
  ],
  [
    {
      subject: 'Sciences et technologie',
      done: 'Observer un volcan : la maquette',
      task: 'Fiche sur les volcans',
      minutes: 30,
    },
  ],
  [
    { subject: 'Mathématiques', done: 'Problèmes à deux étapes', task: 'Tables de 7 et de 8', minutes: 10 },
    { subject: 'Éducation musicale', done: 'Écoute : deux orchestres', task: 'Écouter l’extrait 2', minutes: 10 },
  ],
  [
    {
      subject: 'Français',
      done: 'Écrire un souvenir : le plan',
      task: 'Rédaction : un souvenir',
      minutes: 25,
      text: 'Racontez un souvenir de vacances en une page. Faites attention aux temps du passé.',
    },
  ],
]

const ecoleWeek: readonly (readonly Lesson[])[] = [
  [{ subject: 'Français', done: 'Le groupe nominal', task: 'Poésie : « Le cancre », première strophe', minutes: 15 }],
  [{ subject: 'Mathématiques', done: 'La soustraction posée', task: 'Réviser la table de 6', minutes: 10 }],
  [],
  [{ subject: 'Questionner le monde', done: 'Le cycle de l’eau', task: 'Apporter un bouchon en plastique' }],
  [{ subject: 'Français', done: 'Dictée préparée', task: 'Mots de la dictée, liste 9', minutes: 15 }],
]

/** Weeks before and after this one for which there is work. */
const weeks = [-1, 0, 1]

/** An id that is the same at each loading. */
export const idOf = (of: string, at: Date): string =>
  timeId(at).slice(0, 10) + base32(createHash('sha256').update(`demo work|${of}`).digest(), 12)

type Class = {
  readonly uai: string
  readonly name: string
  readonly week: typeof collegeWeek
  readonly authors: readonly string[]
}

/** The pieces of a class: what was done until today, and what was asked for on earlier days. */
const piecesOf = async (table: DemoTable, source: string, of: Class, now: Date): Promise<PieceItem[]> => {
  const group = groupId(source, { uai: of.uai, kind: 'class', key: of.name }, demoYear)
  const people = await table.getMany(
    directoryPatterns.person,
    of.authors.map(person => ({ person })),
  )
  const subjects = [...new Set(of.week.flat().map(({ subject }) => subject))]
  const today = dayIn(now)
  const monday = dayAfter(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7))
  return weeks.flatMap(week =>
    of.week.flatMap((lessons, weekday) =>
      lessons.flatMap((lesson): PieceItem[] => {
        const day = dayAfter(monday, week * 7 + weekday)
        const person = people[subjects.indexOf(lesson.subject) % people.length]
        if (!person) throw new Error(`nobody teaches ${of.name}`)
        const author = { id: person.id, name: spokenName(person) }
        const piece = (kind: PieceItem['kind'], title: string, on: string, more: object = {}): PieceItem => {
          // Asked for in the lesson, and never later than now.
          const at = new Date(Math.min(now.getTime() - 600_000, Date.parse(`${day}T15:00:00.000Z`)))
          const publishedAt = at.toISOString()
          return {
            ...{ id: idOf(`${of.uai} ${of.name} ${kind} ${title} ${on}`, at), uai: of.uai, kind, day: on },
            ...{
              subject: lesson.subject,
              title,
              hasText: false,
              author,
              publishedAt,
              decidedAt: publishedAt,
              version: 1,
            },
            group: { id: group, name: of.name },
            ...more,
          }
        }
        const { task, minutes, text, done } = lesson
        const due = dayAfter(day, weekday === 4 ? 3 : weekday === 1 ? 2 : 1)
        const more = { ...(minutes !== undefined && { minutes }), ...(text !== undefined && { text, hasText: true }) }
        return [
          ...(day <= today ? [piece('session', done, day)] : []),
          ...(task !== undefined && week < 1 ? [piece('task', task, due, more)] : []),
        ]
      }),
    ),
  )
}

/** The tasks of the last days, ticked by a pupil. */
const ticksOf = (pieces: readonly PieceItem[], person: string, now: Date): Write[] =>
  pieces
    .filter(({ kind, day }) => kind === 'task' && day <= dayIn(now))
    .map(({ id: piece, day }) => {
      const at = new Date(Date.parse(`${dayAfter(day, -1)}T15:50:00.000Z`)).toISOString()
      return put('tick', workPatterns.tick, { piece, person }, { person, done: true, at, week: weekOf(day) })
    })

/** Minutes of work for a day that are passed on some days of these weeks. */
const budget = 40

/** The collège's budget of minutes, as its head has set it. */
const budgetOf = async (table: DemoTable, source: string, now: Date): Promise<Write[]> => {
  const [head] = await table.getMany(directoryPatterns.person, [{ person: personId(source, known.head) }])
  if (!head) throw new Error('the demo county has lost its head')
  const at = new Date(now.getTime() - 600_000).toISOString()
  const change = { minutes: budget, at, by: { id: head.id, name: spokenName(head) } }
  return [
    put('budget', workPatterns.budget, { uai: bigCollege.uai }, { minutes: budget, changes: [change], version: 1 }),
  ]
}

/**
 * Sets three weeks of work in a class of the collège and one of the school, as functions/work/setting.ts would have done on
 * its days, and the collège's budget of minutes; the table's stream puts the work into the notebooks. Answers the pieces.
 */
export const setDemoWork = async (table: DemoTable, source: string, now: Date): Promise<readonly PieceItem[]> => {
  const of = (key: string) => personId(source, key)
  const sixA = groupId(source, { uai: bigCollege.uai, kind: 'class', key: '6e A' }, demoYear)
  const teachers = await table.all(directoryPatterns.groupMembers, { group: sixA, role: 'teacher' })
  const authors = [...new Set([of(known.teacher), ...teachers.map(({ person }) => person)])]
  const college = await piecesOf(table, source, { uai: bigCollege.uai, name: '6e A', week: collegeWeek, authors }, now)
  const primary = { uai: ecole.uai, name: 'CM1', week: ecoleWeek, authors: [of(known.schoolTeacher)] }
  const pieces = [...college, ...(await piecesOf(table, source, primary, now))]
  await table.writeMany(
    pieces.flatMap((piece): Write[] => [put('piece', workPatterns.piece, { piece: piece.id }, piece), ownRow(piece)]),
  )
  await table.writeMany([...ticksOf(college, of(known.pupil), now), ...(await budgetOf(table, source, now))])
  return pieces
}
