import * as z from 'zod/mini'
import { Entry, Placer, refusals, StoredFile } from '../../shared/documents/shapes.ts'
import { scanStates } from '../../shared/kernel/attachment.ts'
import { Instant } from '../../shared/kernel/dates.ts'
import { Uai } from '../../shared/kernel/ids.ts'
import { many, one } from '../platform/pattern.ts'

/** What the table holds of documents. */

/** A file where it hangs. `copy`: which copy of its object is served; absent: the one that was put. */
export const HungFile = z.extend(StoredFile, { copy: z.optional(z.number()) })
export type HungFile = z.infer<typeof HungFile>

/** A document or folder of somebody's own space. */
export const OwnEntryItem = z.extend(z.omit(Entry, { versions: true }), {
  file: z.optional(HungFile),
  /** Earlier versions, the newest first. */
  former: z.optional(z.array(z.object({ file: HungFile, by: Placer, at: Instant }))),
  version: z.number(),
})
/** A document or folder of a class's or group's space. */
export const ClassEntryItem = z.extend(OwnEntryItem, { uai: Uai })
export type EntryItem = z.infer<typeof OwnEntryItem> & { readonly uai?: string | undefined }

/** How full a space is. */
const SpaceItem = z.object({
  /** Bytes: of the current versions that are not in the trash, and of what is announced. */
  used: z.optional(z.number()),
  /** Entries, those in the trash included, and what is announced. */
  entries: z.optional(z.number()),
})
export type SpaceItem = z.infer<typeof SpaceItem>

/** Where an announced file goes: the space (an audience, or absent: its announcer's own), folder, and what it replaces. */
const Target = z.object({
  audience: z.optional(z.string()),
  uai: z.optional(Uai),
  name: z.string(),
  folder: z.optional(z.string()),
  replaces: z.optional(z.string()),
  /** Bytes that are counted for it before it is there. */
  reserved: z.number(),
})

/** A file: announced, then stored or refused. Its object is `documents/{file}`, or `documents/{file}.{copy}`. */
export const FileItem = z.extend(HungFile, {
  by: Placer,
  state: z.enum(['announced', 'stored', 'refused']),
  reason: z.optional(z.enum(refusals)),
  at: Instant,
  /** Of a file that is sent in parts: the id of the upload, and the SHA-256 of each part in base64. */
  uploadId: z.optional(z.string()),
  parts: z.optional(z.array(z.string())),
  target: Target,
  /** The entry that it became. */
  entry: z.optional(z.string()),
  /** Where it hangs: how many `place` items there are. */
  places: z.number(),
  /** Epoch seconds, TTL: of what was refused. */
  expiresAt: z.optional(z.number()),
})
export type FileItem = z.infer<typeof FileItem>

/**
 * A place where a file hangs. `holder`: `A:` and an audience, `P:` and a person, or `F:` and a feature, of which `entry` is
 * an item; of an item that is one person's alone, `F:`, the feature, `:` and the person. `scan` and `copy`: what the feature was told of the file last.
 */
const PlaceItem = z.object({
  holder: z.string(),
  entry: z.string(),
  scan: z.optional(z.enum(scanStates)),
  copy: z.optional(z.number()),
})

/** A file that hangs nowhere any more: its object is to be deleted. */
const GoneItem = z.object({ file: z.string(), copy: z.optional(z.number()) })

/** A file that was taken away from people at an instant while it may hang elsewhere: its object is to get another name. */
const WithdrawalItem = z.object({ file: z.string(), at: Instant })

export const documentsPatterns = {
  ownSpace: one('DP#{person}', 'SPACE', SpaceItem, {
    reads: '0.5',
    writes: '2 a document',
    hottest: 'none: one a person',
  }),
  ownEntry: one('DP#{person}', 'E#{entry}', OwnEntryItem, {
    reads: '1 (consistent)',
    writes: '2',
    hottest: 'none: one a person',
  }),
  ownEntries: many('DP#{person}', 'E#', OwnEntryItem, {
    reads: '1 for 12 entries (consistent); 2,000 at most',
    hottest: 'none: one a person',
  }),
  classSpace: one('DA#{audience}', 'SPACE', SpaceItem, {
    reads: '0.5',
    writes: '2 a document',
    hottest: 'a class that hands in photos there: 30 in a minute',
  }),
  classEntry: one('DA#{audience}', 'E#{entry}', ClassEntryItem, {
    reads: '1 (consistent)',
    writes: '2',
    hottest: 'none: a class',
  }),
  classEntries: many('DA#{audience}', 'E#', ClassEntryItem, {
    reads: '1 for 12 entries (consistent), at each rendering of the board; 2,000 at most',
    hottest: 'none: renderings, some a minute',
  }),
  file: one('DF#{file}', 'FILE', FileItem, {
    reads: '1 (consistent), at each notification of the bucket, and of each file of a hand-in that is read',
    writes: '2 to 6, as it is announced, stored and scanned',
    hottest: 'none: one a file',
  }),
  place: one('DF#{file}', 'AT#{holder}#{entry}', PlaceItem, { writes: '2 a place', hottest: 'none: one a file' }),
  places: many('DF#{file}', 'AT#', PlaceItem, { reads: '1 (consistent), as it is scanned', hottest: 'none' }),
  gone: one('DGONE', 'F#{file}', GoneItem, {
    writes: '2, as the last place of a file goes; 1 to remove it',
    hottest: 'one partition: some a minute, at a rollover some hundred',
  }),
  allGone: many('DGONE', 'F#', GoneItem, { reads: '1 for 60 files, every five minutes', hottest: 'none: one reader' }),
  withdrawal: one('DWITHDRAWN', 'F#{file}', WithdrawalItem, {
    reads: '0.5',
    writes: '1, as a document of a class is removed; 1 as its object has moved',
    hottest: 'one partition: some a minute',
  }),
  withdrawals: many('DWITHDRAWN', 'F#', WithdrawalItem, {
    reads: '1 every five minutes: it is empty',
    hottest: 'none: one reader',
  }),
} as const
