import * as z from 'zod/mini'
import { KeptFile } from '../../../shared/kernel/attachment.ts'
import { Instant } from '../../../shared/kernel/dates.ts'
import { Drawn, DrawnPage } from '../../../shared/work/drawing.ts'
import { Collecting, HandInMark, HandInReminder, HandInVersion, Returned } from '../../../shared/work/hand-in.ts'
import { handInStates } from '../../../shared/work/hand-in-states.ts'
import { many, one } from '../../platform/pattern.ts'

/** What the table holds of hand-ins. */

/**
 * The photos, and the pages of PDFs, that are drawn on: `drawing` is the id of what is drawn, absent where it was taken away.
 */
const DrawnOn = z.object({
  version: z.string(),
  file: z.string(),
  page: z.optional(DrawnPage),
  at: Instant,
  drawing: z.optional(z.string()),
})
export type DrawnOn = z.infer<typeof DrawnOn>

/** A pupil's hand-in of an assignment: its state, and the version that counts, without its text and files. */
export const HandInItem = z.object({
  person: z.string(),
  state: z.enum(handInStates),
  /** How many versions are kept. */
  versions: z.number(),
  /** The id of `current`: what conditions compare. */
  version: z.optional(z.string()),
  current: z.optional(HandInVersion),
  startedAt: z.optional(Instant),
  extendedUntil: z.optional(Instant),
  comment: z.optional(z.string()),
  mark: z.optional(z.string()),
  /** When comment and mark were typed. */
  notedAt: z.optional(Instant),
  /** Those that go with the comment. */
  files: z.optional(z.array(KeptFile)),
  /** The ids of all that hang here: of `files`, and of what was given back. */
  hung: z.optional(z.array(z.string())),
  drawn: z.optional(z.array(DrawnOn)),
  /** How often photos were drawn on: what conditions compare. */
  drawings: z.optional(z.number()),
  /** The ids of all drawings that are kept: of `drawn`, and of what was given back. */
  inked: z.optional(z.array(z.string())),
  returned: z.optional(
    z.extend(z.omit(Returned, { files: true, drawings: true }), {
      files: z.optional(z.array(KeptFile)),
      drawn: z.optional(z.array(DrawnOn)),
    }),
  ),
})
export type HandInItem = z.infer<typeof HandInItem>

/** A version with its text, empty if there is none, and files. It is written once and never changed. */
export const VersionItem = z.extend(HandInVersion, {
  pupil: z.string(),
  text: z.string(),
  files: z.optional(z.array(KeptFile)),
})
export type VersionItem = z.infer<typeof VersionItem>

/** What is drawn on one photo or page. It is written once: drawing further makes another one. */
export const DrawingItem = Drawn

/** A hand-in in the pupil's own list, which their guardians read too. */
export const OwnHandInItem = z.extend(HandInMark, {
  /** The reminder is for guardians as well. */
  remindsGuardians: z.optional(z.boolean()),
  /** Epoch seconds: TTL. The hand-in itself stays. */
  expiresAt: z.number(),
})
export type OwnHandInItem = z.infer<typeof OwnHandInItem>

/** The last reminder of an assignment. The stream carries it out. */
const ReminderItem = z.extend(HandInReminder, { piece: z.string() })

/** An assignment in the list of whoever set it. It follows from the hand-ins, and can be made of them anew. */
const CollectingItem = z.extend(Collecting, {
  /** Epoch seconds: TTL. */
  expiresAt: z.number(),
})
export type CollectingItem = z.infer<typeof CollectingItem>

/** An interval in which the territory could not be reached. */
const OutageItem = z.object({ from: Instant, to: Instant, reason: z.string(), enteredAt: Instant })

export const handInPatterns = {
  handIn: one('W#{piece}', 'HANDIN#{person}', HandInItem, {
    reads: '1 (consistent)',
    writes: '2 to 12 on handing in, marking, giving back',
    hottest: 'a class whose work is due: 30 people over an hour',
  }),
  handInsOf: many('W#{piece}', 'HANDIN#', HandInItem, {
    reads: '6 for 35 pupils (consistent), 40 with long comments',
    hottest: 'none: a teacher',
  }),
  version: one('W#{piece}', 'VERSION#{person}#{version}', VersionItem, {
    reads: '1 to 20 (consistent), before it is written',
    writes: '2 to 180: a text of 20,000 characters is 20 to 80 KB, 20 files are 5 to 10',
    hottest: 'a class whose work is due: 30 people over an hour',
  }),
  versionsOf: many('W#{piece}', 'VERSION#{person}#', VersionItem, {
    reads: '1 to 40 (consistent)',
    hottest: 'none: a pupil and their teacher',
  }),
  drawing: one('W#{piece}', 'DRAWING#{person}#{drawing}', DrawingItem, {
    reads: '1 to 60 (consistent), beside the hand-in',
    writes: '2 to 130: a point is some 10 bytes, of 6,000 at most',
    hottest: 'none: a teacher',
  }),
  ownHandIn: one('ME#{person}', 'HANDIN#{piece}', OwnHandInItem, {
    writes: '2, with the hand-in',
    hottest: 'none: one a person',
  }),
  reminder: one('W#{piece}', 'REMINDER', ReminderItem, {
    reads: '1 (consistent)',
    writes: '2, by the teacher',
    hottest: 'none: a teacher',
  }),
  collecting: one('ME#{person}', 'COLLECTING#{piece}', CollectingItem, {
    writes: '1 by the stream, for hand-ins that come together',
    hottest: 'none: one a person',
  }),
  outages: many('OUTAGES', 'AT#', OutageItem, {
    reads: '0.5',
    hottest: 'all hand-ins of a minute: some hundred reads',
  }),
  outage: one('OUTAGES', 'AT#{from}', OutageItem, { writes: '2, by an operator', hottest: 'none' }),
} as const
