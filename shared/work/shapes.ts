import * as z from 'zod/mini'
import { Attachment, SentAttachments } from '../kernel/attachment.ts'
import { Count, Version } from '../kernel/count.ts'
import { Instant } from '../kernel/dates.ts'
import { GroupId, PersonId, TimeId, Uai } from '../kernel/ids.ts'
import { PersonName } from '../kernel/person-name.ts'
import { typedLine, typedText } from '../kernel/typed.ts'
import { Correction } from './correction.ts'
import { Assignment, HandInMark } from './hand-in.ts'

/** The most characters (code points) of what is typed, and the most classes and minutes of one piece of work. */
export const workLimits = { title: 120, subject: 60, text: 10_000, minutes: 600, groups: 12, tasks: 100 } as const

/**
 * What a piece of the notebook is. `session`: what was done in a lesson, on its day. `task`: what is to be done for a day.
 */
export const pieceKinds = ['session', 'task'] as const

/** A day of the territory's calendar: `2026-11-26`. */
export const Day = z.iso.date()

/** The form of a week's name: that of ISO 8601, `2026-W48`. */
export const Week = z.string().check(z.regex(/^\d{4}-W\d{2}$/))

/** The class or teaching group that a piece is for. */
export const PieceGroup = z.object({ id: GroupId, name: z.string() })

/** A piece of the notebook of one class or group, without its text. */
export const PieceSummary = z.object({
  id: TimeId,
  uai: Uai,
  kind: z.enum(pieceKinds),
  group: PieceGroup,
  subject: z.string(),
  title: z.string(),
  /** Of a session when it took place, of a task for when it is to be done. */
  day: Day,
  /** How long it is expected to take. Absent: nothing is said of it. */
  minutes: z.optional(z.int()),
  author: z.object({ id: PersonId, name: z.string() }),
  /** Since when its class can see it. */
  publishedAt: Instant,
  editedAt: z.optional(Instant),
  /** It has a text beside its title. */
  hasText: z.boolean(),
  /** Of a task that is handed in. */
  assignment: z.optional(Assignment),
})
export type PieceSummary = z.infer<typeof PieceSummary>

/** A piece with its text. */
export const Piece = z.extend(PieceSummary, {
  text: z.optional(z.string()),
  /** Files that hang on it. */
  attachments: z.optional(z.array(Attachment)),
  /** For the whole class, once it is given. */
  correction: z.optional(Correction),
})
export type Piece = z.infer<typeof Piece>

/** Where a piece is in its life. */
export const pieceStates = ['scheduled', 'published', 'removed'] as const
export type PieceState = (typeof pieceStates)[number]

/** What the path of a route about one piece holds. */
export const PiecePath = z.object({ piece: TimeId })

/** A piece as whoever set it sees it. `done`: how many pupils ticked it. */
export const SetPiece = z.extend(Piece, { state: z.enum(pieceStates), done: Count, version: Version })
export type SetPiece = z.infer<typeof SetPiece>

/** A row of a teacher's own list. */
export const SetSummary = z.extend(PieceSummary, { state: z.enum(pieceStates), done: Count })
export type SetSummary = z.infer<typeof SetSummary>

/** What a teacher writes of a piece. `text` absent: the title says it all. */
const written = {
  subject: typedLine({ most: workLimits.subject }),
  title: typedLine({ most: workLimits.title }),
  text: z.optional(typedText({ most: workLimits.text })),
  minutes: z.optional(z.int().check(z.minimum(1), z.maximum(workLimits.minutes))),
  /** When the class sees it. Absent, or past: at once. */
  publishAt: z.optional(Instant),
  attachments: SentAttachments,
  /** Whoever sets it was told that it passes the school's budget of minutes, and sets it all the same. */
  overBudget: z.optional(z.boolean()),
}

/** A piece of work for several classes at once, for each on a day of its own. */
export const SentWork = z.object({
  ...written,
  uai: Uai,
  kind: z.enum(pieceKinds),
  /** A piece of the caller's own that this is a copy of: the files of it may hang here too. */
  copiedFrom: z.optional(TimeId),
  to: z
    .array(z.object({ group: GroupId, day: Day, assignment: z.optional(Assignment) }))
    .check(z.minLength(1), z.maxLength(workLimits.groups)),
})
export type SentWork = z.infer<typeof SentWork>

/** What an edit sends: the whole piece, and the version that was read. */
export const SentEdit = z.object({ ...written, day: Day, assignment: z.optional(Assignment), version: Version })
export type SentEdit = z.infer<typeof SentEdit>

/** That a task was ticked or unticked, at `at` by the pupil's own doing: the later of two counts. */
export const Tick = z.object({ piece: TimeId, done: z.boolean(), at: Instant })
export type Tick = z.infer<typeof Tick>

/** A task that a pupil set for themselves. `doneAt` absent: it is to be done. */
export const OwnTask = z.object({
  id: TimeId,
  title: typedLine({ most: workLimits.title }),
  day: Day,
  doneAt: z.optional(Instant),
})
export type OwnTask = z.infer<typeof OwnTask>

/** What a pupil did: their ticks of some weeks, their own tasks, and what they handed in. */
export const PupilWork = z.object({
  pupil: PersonId,
  ticks: z.array(Tick),
  tasks: z.array(OwnTask),
  handIns: z.optional(z.array(HandInMark)),
})
export type PupilWork = z.infer<typeof PupilWork>

/** A pupil who ticked a piece. `hasLeft`: not of the class any more. */
export const TickedBy = z.extend(PersonName, { at: Instant, hasLeft: z.optional(z.literal(true)) })
export type TickedBy = z.infer<typeof TickedBy>
