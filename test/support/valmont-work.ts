import { dayIn } from '../../shared/kernel/territory-day.ts'
import { workContract } from '../../shared/work/contract.ts'
import { dayAfter, mondayOf } from '../../shared/work/rules.ts'
import type { SentWork } from '../../shared/work/shapes.ts'
import { accepted } from './accepted.ts'
import type { Valmont } from './populate.ts'
import { classes, college, ecole } from './valmont.ts'

/** The Monday of the week that the app shows first. */
export const shownMonday = (): string => {
  const today = dayIn(new Date())
  const monday = mondayOf(today)
  return today > dayAfter(monday, 4) ? dayAfter(monday, 7) : monday
}

const sixA = { uai: college.uai, group: classes.sixA }
const cm1 = { uai: ecole.uai, group: classes.cm1 }

type Piece = Omit<SentWork, 'uai' | 'to'> & {
  readonly of: typeof sixA
  readonly by: 'helene' | 'elodie'
  readonly on: number
}

/** A week of work in 6e A and CM1; `on`: days from Monday. */
const pieces: readonly Piece[] = [
  {
    of: sixA,
    by: 'helene',
    on: 0,
    kind: 'session',
    subject: 'Mathématiques',
    title: 'Fractions : simplifier, comparer',
  },
  {
    of: sixA,
    by: 'helene',
    on: 1,
    kind: 'task',
    subject: 'Mathématiques',
    title: 'Exercices 4 à 6, page 52',
    minutes: 20,
    text: 'Posez les calculs.\nLa leçon est là : https://exemple.fr/fractions.',
  },
  { of: sixA, by: 'helene', on: 3, kind: 'task', subject: 'Mathématiques', title: 'Tables de 7 et de 8', minutes: 10 },
  {
    of: sixA,
    by: 'helene',
    on: 3,
    kind: 'task',
    subject: 'Sciences et technologie',
    title: 'Fiche sur les volcans, avec le schéma légendé et les trois questions du bas de la page',
    minutes: 30,
  },
  {
    of: cm1,
    by: 'elodie',
    on: 1,
    kind: 'task',
    subject: 'Français',
    title: 'Poésie : « Le cancre »',
    minutes: 20,
    text: 'À réciter.',
  },
]

/** Titles that tests look for. */
export const workTitles = {
  exercises: 'Exercices 4 à 6, page 52',
  tables: 'Tables de 7 et de 8',
  poem: 'Poésie : « Le cancre »',
} as const

/** Sets Valmont's work; Inès ticks one task. @returns the ids by title. */
export const setWork = async (valmont: Valmont): Promise<Map<string, string>> => {
  const { set, tick } = workContract.routes
  const ids = new Map<string, string>()
  for (const { of, by, on, ...piece } of pieces) {
    const teacher = await valmont.as(by)
    const to = [{ group: of.group, day: dayAfter(shownMonday(), on) }]
    const reply = await accepted(teacher.ask(set, { body: { ...piece, uai: of.uai, to } }))
    ids.set(piece.title, reply.body.items[0].id)
  }
  const ines = await valmont.as('ines')
  const ticks = [{ piece: ids.get(workTitles.tables) ?? '', done: true, at: new Date().toISOString() }]
  await accepted(ines.ask(tick, { body: { ticks } }))
  return ids
}
