import type { PersonItem } from '../../../functions/directory/audiences.ts'
import { randomId } from '../../../shared/kernel/ids.ts'
import { dayIn } from '../../../shared/kernel/territory-day.ts'
import { inlineText } from '../../../shared/work/board.ts'
import { workContract } from '../../../shared/work/contract.ts'
import { dayAfter } from '../../../shared/work/rules.ts'
import type { SentWork } from '../../../shared/work/shapes.ts'
import { openRandom } from '../../support/random.ts'
import { openDevice } from './device.ts'
import { textOf } from './publications.ts'
import type { BenchTerritory } from './territory.ts'

/** Pieces of work set for a class in a week: what was done in lessons, and as many tasks. */
export const piecesAWeek = 30

/** One text in so many is too long to stand in its board; half of the pieces have one. */
const longTexts = 5

/** A class, and a teacher who sets work for it. */
export type TaughtClass = { readonly group: string; readonly teacher: PersonItem }

/** The classes of a school that have pupils and a teacher, in a fixed order. */
export const taughtClasses = (people: readonly PersonItem[], uai: string): readonly TaughtClass[] => {
  const teachers = people.filter(({ roles }) => roles.some(held => held.uai === uai && held.role === 'teacher'))
  const groups = people
    .filter(({ roles }) => roles.some(held => held.uai === uai && held.role === 'pupil'))
    .flatMap(one => one.groups.filter(({ kind }) => kind === 'class').map(({ id }) => id))
  return [...new Set(groups)].sort().flatMap(group => {
    const teacher = teachers.find(one => one.groups.some(({ id }) => id === group))
    return teacher ? [{ group, teacher }] : []
  })
}

/** The `at`th piece for a class: for one of the days from `from` on, `days` of them. Every second one is a task. */
export const pieceOf = (uai: string, group: string, at: number, from: string, days: number): SentWork => {
  const isLong = at % longTexts === longTexts - 1
  // No two pieces have the same text, whose file would be the same one.
  const random = openRandom(Number.parseInt(group.slice(0, 6), 36) + at)
  const text = textOf(isLong ? 2 * inlineText : inlineText * (0.3 + 0.6 * random()), random)
  return {
    uai,
    kind: at % 2 === 0 ? 'session' : 'task',
    subject: ['Mathématiques', 'Français', 'Histoire-géographie', 'Anglais', 'Physique-chimie'][at % 5] ?? '',
    title: `Chapitre ${at + 1} : exercices ${at + 3} à ${at + 5}, page ${at + 40}`,
    ...((at % 4 < 2 || isLong) && { text: text.trim() }),
    minutes: 20,
    to: [{ group, day: dayAfter(from, at % days) }],
  }
}

/** Sets work as its teacher does, by the API. Gives the records that follow, which are not delivered yet. */
export const setter = async (territory: BenchTerritory, teacher: PersonItem) => {
  const { url, simulation, followUps } = territory
  const signed = await territory.signIn(teacher, new Date(simulation.now()))
  const device = openDevice({ url, simulation, signed })
  return async (body: SentWork) => {
    const reply = await device.call(workContract.routes.set, { body }, { key: randomId() })
    if (!reply.ok) throw new Error(`work was refused: ${reply.problem.type}`)
    return followUps.take()
  }
}

/** The notebooks of a school as they are on an ordinary day: of each class a week of work behind it and one ahead. */
export const fillNotebooks = async (territory: BenchTerritory, people: readonly PersonItem[], uai: string) => {
  const { simulation, followUps } = territory
  const today = dayIn(new Date(simulation.now()), undefined)
  for (const { group, teacher } of taughtClasses(people, uai)) {
    const set = await setter(territory, teacher)
    const records = []
    for (let at = 0; at < 2 * piecesAWeek; at++)
      records.push(...(await set(pieceOf(uai, group, at, dayAfter(today, -7), 14))))
    await followUps.toTheEnd('rendering', records)
  }
}
