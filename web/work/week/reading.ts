import type { HandInMark } from '../../../shared/work/hand-in.ts'
import type { OwnTask } from '../../../shared/work/shapes.ts'
import type { Waiting } from '../../platform/outbox/waiting.ts'
import type { ReaderPiece } from '../data/pieces.ts'
import type { Done } from '../data/ticks.ts'

/** A thing of one day and one person: a task of a class, or one of the pupil's own. */
export type ToDo =
  | {
      readonly kind: 'task'
      readonly piece: ReaderPiece
      readonly doneAt: string | undefined
      /** That it was ticked or handed in here, and waits or was refused. */
      readonly unsent: Waiting | undefined
      /** Of an assignment what is known of its hand-in. */
      readonly handIn: HandInMark | undefined
    }
  | {
      readonly kind: 'own'
      readonly task: OwnTask
      readonly doneAt: string | undefined
      /** That it was written, ticked or removed here, and waits or was refused. */
      readonly unsent: Waiting | undefined
    }

/** What one person has on a day. `left`: expected minutes of what is not done. */
export type PersonDay = {
  readonly person: string
  readonly toDo: readonly ToDo[]
  readonly done: number
  readonly left: number
}

/** A day: what each person has to do, and what was done in class. */
export type WorkDay = {
  readonly day: string
  readonly people: readonly PersonDay[]
  readonly sessions: readonly ReaderPiece[]
}

/** What is known of an assignment that nobody has begun. */
const none = (piece: string): HandInMark => ({ piece, state: 'assigned' })

/** True if a piece concerns somebody: a pupil themselves, or a guardian for the sake of this child. */
const concerns = (piece: ReaderPiece, person: string, self: string): boolean =>
  person === self || piece.children.includes(person)

/**
 * The days of a week as those of `people` have them.
 * @param self who reads: a pupil is among `people`, a guardian is not.
 */
export const workDays = (
  days: readonly string[],
  pieces: readonly ReaderPiece[],
  people: readonly string[],
  self: string,
  done: ReadonlyMap<string, Done> | undefined,
): WorkDay[] =>
  days.map(day => {
    const ofDay = pieces.filter(piece => piece.day === day)
    const found = people.map((person): PersonDay => {
      const known = done?.get(person)
      const tasks = ofDay
        .filter(piece => piece.kind === 'task' && concerns(piece, person, self))
        .map((piece): ToDo => {
          const tick = known?.ticks.get(piece.id)
          const handIn = piece.assignment && (known?.handIns.get(piece.id) ?? none(piece.id))
          const doneAt = handIn ? handIn.at : tick?.done ? tick.at : undefined
          return { kind: 'task', piece, doneAt, unsent: known?.unsent.get(piece.id), handIn }
        })
      const own = (known?.tasks ?? [])
        .filter(task => task.day === day)
        .map((task): ToDo => ({ kind: 'own', task, doneAt: task.doneAt, unsent: known?.unsent.get(task.id) }))
      const toDo = [...tasks, ...own]
      const open = toDo.filter(({ doneAt }) => doneAt === undefined)
      const left = open.reduce((sum, one) => sum + (one.kind === 'task' ? (one.piece.minutes ?? 0) : 0), 0)
      return { person, toDo, done: toDo.length - open.length, left }
    })
    const sessions = ofDay.filter(
      piece => piece.kind === 'session' && people.some(person => concerns(piece, person, self)),
    )
    return { day, people: found, sessions }
  })
