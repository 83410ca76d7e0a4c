import * as z from 'zod/mini'
import { Count } from './count.ts'
import { TimeId } from './ids.ts'

/**
 * What a scan for malware has found. `waiting`: nothing yet, and it is served to nobody. `unscannable`: the scanner cannot
 * look into it; adults may have it, and it is never called safe. `infected`: it is served to nobody.
 */
export const scanStates = ['waiting', 'clean', 'unscannable', 'infected'] as const

export type ScanState = (typeof scanStates)[number]

/** The most files that hang on one item. */
export const mostAttachments = 5

/** A file that hangs on an item of a feature, as its readers see it. */
export const Attachment = z.object({
  file: TimeId,
  name: z.string(),
  /** Bytes. */
  length: Count,
  type: z.string(),
  scan: z.enum(scanStates),
  /** The address at which it is fetched, of a clean file. */
  link: z.optional(z.string()),
})
export type Attachment = z.infer<typeof Attachment>

/** A file as an item of one person keeps it: what never changes of it. */
export const KeptFile = z.extend(z.omit(Attachment, { scan: true, link: true }), {
  /** In hexadecimal; of a file that was sent in parts that of the SHA-256s of its parts one after another. */
  sha256: z.string(),
})
export type KeptFile = z.infer<typeof KeptFile>

/** True if two lists of ids name the same files, in whatever order. */
export const areSameFiles = (some: readonly string[], others: readonly string[]): boolean => {
  const [one, other] = [new Set(some), new Set(others)]
  return one.size === other.size && [...one].every(id => other.has(id))
}

/**
 * The files that are to hang on an item: documents of the sender's own space, and files that hang there already. Absent:
 * those that hang there stay.
 */
export const SentAttachments = z.optional(z.array(TimeId).check(z.maxLength(mostAttachments)))
