import * as z from 'zod/mini'
import { Attachment, KeptFile, SentAttachments } from '../kernel/attachment.ts'
import { Count } from '../kernel/count.ts'
import { Instant } from '../kernel/dates.ts'
import { PersonId, TimeId } from '../kernel/ids.ts'
import { PersonName } from '../kernel/person-name.ts'
import { typedLine, typedText } from '../kernel/typed.ts'
import { Correction } from './correction.ts'
import { Drawing } from './drawing.ts'
import { handInStates } from './hand-in-states.ts'

/**
 * The most characters (code points) of what is handed in and said of it, files of a version (a photo for each page), and
 * pupils of one request.
 */
export const handInLimits = { text: 20_000, files: 20, comment: 4_000, mark: 20, pupils: 45 } as const

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

/** What is handed in: a text, files, or both. */
export const SentHandIn = z
  .object({
    text: z.optional(typedText({ most: handInLimits.text })),
    /** Documents of the sender's own space, and files of earlier versions that they handed in. */
    attachments: z.optional(z.array(TimeId).check(z.maxLength(handInLimits.files))),
    /** When it was done, by the server's time as the device knew it then. */
    at: Instant,
    /** The server's time now, by what the device knew when it was done: it differs where the device's clock was changed. */
    sentAt: Instant,
    /** When the device had last heard of the server before. */
    contactAt: z.optional(Instant),
  })
  .check(
    z.refine(({ text, attachments = [] }) => text !== undefined || attachments.length > 0, {
      path: ['text'],
      message: 'is needed where there are no files',
    }),
  )
export type SentHandIn = z.infer<typeof SentHandIn>

/** As whom somebody handed in. */
export const handers = ['pupil', 'guardian'] as const

/** How a hand-in stands to its deadline. `outage`: it passed while the territory could not be reached. */
export const judgements = ['in-time', 'outage', 'late'] as const

/** Who handed in, and as whom. */
export const HandedInBy = z.object({ id: PersonId, name: z.string(), as: z.enum(handers) })

/** A file of a hand-in or a return, for a reader: with what its scan found, and its address for some minutes if it is clean. */
export const ReadFile = z.extend(Attachment, { sha256: z.string() })
export type ReadFile = z.infer<typeof ReadFile>

/** What is known of a version without its text and files. */
export const HandInVersion = z.object({
  id: TimeId,
  /** When it was done: what counts. */
  at: Instant,
  receivedAt: Instant,
  by: HandedInBy,
  /** Bytes of the text in UTF-8, and their SHA-256 in hexadecimal. */
  size: Count,
  sha256: z.string(),
  /** How many files it has. Absent: none. */
  fileCount: z.optional(Count),
  /** Seconds by which the device's clock was wrong, where that was noticed: negative if it was behind. */
  clockOff: z.optional(z.int()),
})
export type HandInVersion = z.infer<typeof HandInVersion>

const Judged = { judgement: z.enum(judgements) }

/** The receipt of a hand-in, which its pupil keeps. */
export const Receipt = z.extend(HandInVersion, {
  piece: TimeId,
  pupil: PersonId,
  files: z.optional(z.array(KeptFile)),
  ...Judged,
})
export type Receipt = z.infer<typeof Receipt>

/** What a teacher says of a hand-in. Both absent: it was emptied. */
const said = {
  comment: z.optional(typedText({ most: handInLimits.comment })),
  mark: z.optional(typedLine({ most: handInLimits.mark })),
}

/** Files that go with it. */
const readFiles = { files: z.optional(z.array(ReadFile)) }

/** What a teacher sends of a hand-in, as typed at `at`: of two the later one counts, whichever comes first. */
export const SentNote = z.object({ ...said, attachments: SentAttachments, at: Instant })

/** What a teacher wrote of a hand-in at `at`, with the files that go with it. */
export const Note = z.object({ ...said, ...readFiles, at: Instant })
export type Note = z.infer<typeof Note>

/** A note without its files: they are read with the hand-in. */
export const SavedNote = z.omit(Note, { files: true })

/** What was given back, of which version, with what was written on photos of the versions. */
export const Returned = z.object({
  ...said,
  ...readFiles,
  drawings: z.optional(z.array(Drawing)),
  at: Instant,
  version: TimeId,
})
export type Returned = z.infer<typeof Returned>

/** What a pupil and all their guardians know of a hand-in in their lists. */
export const HandInMark = z.object({
  piece: TimeId,
  state: z.enum(handInStates),
  /** When it was handed in last. */
  at: z.optional(Instant),
  extendedUntil: z.optional(Instant),
  /** When the teacher last reminded the pupil of it; of a guardian, where the teacher reminded guardians too. */
  remindedAt: z.optional(Instant),
})
export type HandInMark = z.infer<typeof HandInMark>

/**
 * A pupil's hand-in as its pupil, a guardian or the teacher reads it. A guardian gets the versions that they handed in
 * themselves, and of what was drawn on others the remarks alone; `note` and `drawings`, what is to be given back, are the
 * teacher's alone.
 */
export const HandIn = z.extend(HandInMark, {
  pupil: PersonId,
  versions: z.array(z.extend(HandInVersion, { text: z.string(), ...readFiles, ...Judged })),
  returned: z.optional(Returned),
  note: z.optional(Note),
  drawings: z.optional(z.array(Drawing)),
  /** For the whole class. */
  correction: z.optional(Correction),
})
export type HandIn = z.infer<typeof HandIn>

/**
 * How far an assignment is handed in, for whoever set it: by how many, and how many are to be given back. Of how many pupils is
 * not in it: a class changes, and nothing that happened to the assignment says so.
 */
export const Collecting = z.object({
  piece: TimeId,
  title: z.string(),
  /** Name of the class or group. */
  group: z.string(),
  dueAt: Instant,
  handedIn: Count,
  toReturn: Count,
})
export type Collecting = z.infer<typeof Collecting>

/** Seconds before the pupils who have not handed in can be reminded again. */
export const handInReminderPause = 4 * 3_600

/** The last reminder of those who had not handed in: how many, and whether their guardians as well. */
export const HandInReminder = z.object({ at: Instant, people: Count, guardians: z.boolean() })
export type HandInReminder = z.infer<typeof HandInReminder>

/** A pupil in the teacher's list of hand-ins. `hasLeft`: not of the class any more. */
export const CollectedHandIn = z.extend(PersonName, {
  state: z.enum(handInStates),
  versions: Count,
  current: z.optional(z.extend(HandInVersion, Judged)),
  extendedUntil: z.optional(Instant),
  note: z.optional(SavedNote),
  /** How often photos were drawn on. Absent: never. */
  drawings: z.optional(Count),
  returned: z.optional(z.omit(Returned, { files: true, drawings: true })),
  hasLeft: z.optional(z.literal(true)),
})
export type CollectedHandIn = z.infer<typeof CollectedHandIn>
