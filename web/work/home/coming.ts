import { opennessOf } from '../../../shared/work/hand-in-rules.ts'
import { dayAfter } from '../../../shared/work/rules.ts'
import type { ReaderPiece } from '../data/pieces.ts'
import type { Done } from '../data/ticks.ts'
import { type PersonDay, type ToDo, workDays } from '../week/reading.ts'

/** How many days are looked through for the next one with something to do (holidays are two weeks), and for what is late. */
const reach = { ahead: 16, back: 14 } as const

/** What one person has to do for a day. */
export type ComingDay = PersonDay & { readonly day: string }

type ComingOf = {
  readonly pieces: readonly ReaderPiece[]
  readonly person: string
  /** Who reads: the pupil, or a guardian of theirs. */
  readonly self: string
  readonly done: ReadonlyMap<string, Done> | undefined
  /** Today in the territory, and the server's time (ISO 8601). */
  readonly today: string
  readonly now: string
}

/** True of an assignment of an earlier day that can still be handed in, and was not. */
const isLate = (one: ToDo, now: string): boolean =>
  one.kind === 'task' &&
  one.handIn?.at === undefined &&
  one.piece.assignment !== undefined &&
  opennessOf(one.piece.assignment, one.handIn?.extendedUntil, { at: now, receivedAt: now }, []) === 'open'

/**
 * What somebody has to do next: for today, with what is late and can still be handed in, and for the next day for which there
 * is something.
 */
export const comingDays = ({ pieces, person, self, done, today, now }: ComingOf): ComingDay[] => {
  const of = (from: number, to: number): ComingDay[] =>
    workDays(
      Array.from({ length: to - from }, (_, at) => dayAfter(today, from + at)),
      pieces,
      [person],
      self,
      done,
    ).flatMap(({ day, people }) => people.map(one => ({ ...one, day })))
  const late = of(-reach.back, 0).flatMap(({ toDo }) => toDo.filter(one => isLate(one, now)))
  const [first, ...others] = of(0, reach.ahead)
  const todays = first && { ...first, toDo: [...late, ...first.toDo] }
  const next = others.find(({ toDo }) => toDo.length > 0)
  return [...(todays && todays.toDo.length > 0 ? [todays] : []), ...(next ? [next] : [])]
}
