import * as z from 'zod/mini'
import { Count } from '../kernel/count.ts'
import { Instant } from '../kernel/dates.ts'
import { PersonId, TimeId } from '../kernel/ids.ts'
import { PersonName } from '../kernel/person-name.ts'
import { typedLine, typedText } from '../kernel/typed.ts'
import { handInStates } from './hand-in-states.ts'

/** The most characters (code points) of what is handed in and said of it, and the most pupils of one request. */
export const handInLimits = { text: 20_000, comment: 4_000, mark: 20, pupils: 45 } as const

/**
 * What makes a task an assignment: it is handed in. `opensAt` absent: from when it is published. `late`: also after
 * `dueAt`, until `closesAt` where that is given.
 */
export const Assignment = z
  .object({ opensAt: z.optional(Instant), dueAt: Instant, late: z.boolean(), closesAt: z.optional(Instant) })
  .check(
    z.refine(({ opensAt, dueAt }) => opensAt === undefined || opensAt < dueAt, {
      path: ['opensAt'],
      message: 'must be before dueAt',
    }),
    z.refine(({ dueAt, late, closesAt }) => closesAt === undefined || (late && closesAt > dueAt), {
      path: ['closesAt'],
      message: 'must be after dueAt, of an assignment that is taken late',
    }),
  )
export type Assignment = z.infer<typeof Assignment>

/** What is handed in; a list of files is to stand beside the text. */
export const SentHandIn = z.object({
  text: typedText({ most: handInLimits.text }),
  /** When it was done, by the server's time as the device knew it then. */
  at: Instant,
  /** The server's time now, by what the device knew when it was done: it differs where the device's clock was changed. */
  sentAt: Instant,
  /** When the device had last heard of the server before. */
  contactAt: z.optional(Instant),
})
export type SentHandIn = z.infer<typeof SentHandIn>

/** As whom somebody handed in. */
export const handers = ['pupil', 'guardian'] as const

/** How a hand-in stands to its deadline. `outage`: it passed while the territory could not be reached. */
export const judgements = ['in-time', 'outage', 'late'] as const

/** Who handed in, and as whom. */
export const HandedInBy = z.object({ id: PersonId, name: z.string(), as: z.enum(handers) })

/** What is known of a version without its text: the receipt. */
export const HandInVersion = z.object({
  id: TimeId,
  /** When it was done: what counts. */
  at: Instant,
  receivedAt: Instant,
  by: HandedInBy,
  /** Bytes of the text in UTF-8, and their SHA-256 in hexadecimal. */
  size: Count,
  sha256: z.string(),
  /** Seconds by which the device's clock was wrong, where that was noticed: negative if it was behind. */
  clockOff: z.optional(z.int()),
})
export type HandInVersion = z.infer<typeof HandInVersion>

const Judged = { judgement: z.enum(judgements) }

/** The receipt of a hand-in, which its pupil keeps. */
export const Receipt = z.extend(HandInVersion, { piece: TimeId, pupil: PersonId, ...Judged })
export type Receipt = z.infer<typeof Receipt>

/** What a teacher says of a hand-in. Both absent: it was emptied. */
const said = {
  comment: z.optional(typedText({ most: handInLimits.comment })),
  mark: z.optional(typedLine({ most: handInLimits.mark })),
}

/** A comment and mark, as typed at `at`: of two the later one counts, whichever comes first. */
export const Note = z.object({ ...said, at: Instant })
export type Note = z.infer<typeof Note>

/** What was given back, of which version. */
export const Returned = z.object({ ...said, at: Instant, version: TimeId })
export type Returned = z.infer<typeof Returned>

/** What a pupil and all their guardians know of a hand-in in their lists. */
export const HandInMark = z.object({
  piece: TimeId,
  state: z.enum(handInStates),
  /** When it was handed in last. */
  at: z.optional(Instant),
  extendedUntil: z.optional(Instant),
})
export type HandInMark = z.infer<typeof HandInMark>

/**
 * A pupil's hand-in as its pupil, a guardian or the teacher reads it. A guardian gets the versions that they handed in
 * themselves; `note` is the teacher's alone.
 */
export const HandIn = z.extend(HandInMark, {
  pupil: PersonId,
  versions: z.array(z.extend(HandInVersion, { text: z.string(), ...Judged })),
  returned: z.optional(Returned),
  note: z.optional(Note),
})
export type HandIn = z.infer<typeof HandIn>

/** A pupil in the teacher's list of hand-ins. `hasLeft`: not of the class any more. */
export const CollectedHandIn = z.extend(PersonName, {
  state: z.enum(handInStates),
  versions: Count,
  current: z.optional(z.extend(HandInVersion, Judged)),
  extendedUntil: z.optional(Instant),
  note: z.optional(Note),
  returned: z.optional(Returned),
  hasLeft: z.optional(z.literal(true)),
})
export type CollectedHandIn = z.infer<typeof CollectedHandIn>
