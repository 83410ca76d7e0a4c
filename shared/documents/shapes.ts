import * as z from 'zod/mini'
import { scanStates } from '../kernel/attachment.ts'
import { Count } from '../kernel/count.ts'
import { Instant } from '../kernel/dates.ts'
import { AudienceId, PersonId, TimeId } from '../kernel/ids.ts'

/** A space: one's own, or that of a class or group, by the audience of its members. */
export const SpaceId = z.union([z.literal('mine'), AudienceId])
export type SpaceId = z.infer<typeof SpaceId>

/** A stored file: its bytes never change. */
export const StoredFile = z.object({
  id: TimeId,
  /** Bytes. */
  length: Count,
  type: z.string(),
  /** Base64 of its SHA-256; of a file sent in parts, of the SHA-256s of its parts one after another. */
  sha256: z.string(),
  scan: z.enum(scanStates),
})
export type StoredFile = z.infer<typeof StoredFile>

/** Who placed a document, as it is shown. */
export const Placer = z.object({ id: PersonId, name: z.string() })

/** A document or a folder of a space, as a list shows it. */
export const Entry = z.object({
  id: TimeId,
  name: z.string(),
  /** The folder it is in. Absent: the space itself. */
  folder: z.optional(TimeId),
  by: Placer,
  at: Instant,
  /** The current version. Absent: it is a folder. */
  file: z.optional(StoredFile),
  /** How many versions there are, the current one included. Absent: one. */
  versions: z.optional(Count),
  /** Since when it is in the trash. */
  trashedAt: z.optional(Instant),
})
export type Entry = z.infer<typeof Entry>

/** An entry with the address at which its current version is fetched, of a clean file. */
export const LinkedEntry = z.extend(Entry, { link: z.optional(z.string()) })
export type LinkedEntry = z.infer<typeof LinkedEntry>

/** A version of a document: the current one first. */
export const FileVersion = z.object({
  file: StoredFile,
  by: Placer,
  at: Instant,
  link: z.optional(z.string()),
})

/** A space with how full it is, in bytes, and the largest file that it takes. */
export const Space = z.object({
  id: SpaceId,
  /** Absent: one's own. */
  label: z.optional(z.string()),
  used: Count,
  quota: Count,
  largest: Count,
})
export type Space = z.infer<typeof Space>

/** Why a file was refused after it was sent. */
export const refusals = ['length', 'checksum', 'type'] as const

/** How an upload stands. `stored`: `entry` is the document. */
export const UploadState = z.object({
  file: TimeId,
  state: z.enum(['announced', 'stored', 'refused']),
  reason: z.optional(z.enum(refusals)),
  entry: z.optional(TimeId),
})
export type UploadState = z.infer<typeof UploadState>
