import * as z from 'zod/mini'
import type { StoredRead } from './stored-reads.ts'

/**
 * Reads that an earlier version of the app stored, by their address, until a screen asks for them: each is taken if its
 * route's reply still has that form. So a device that was updated during an outage goes on showing what it knows.
 */
const former = new Map<string, StoredRead>()

export const noteFormerReads = (reads: readonly StoredRead[]): void => {
  for (const read of reads) if (read.key[0] === 'read') former.set(String(read.key[1]), read)
}

export const forgetFormerReads = (): void => former.clear()

/** What an earlier version stored of a read, if `reply` takes it, and when that was read (milliseconds since 1970). */
export const formerRead = <Schema extends z.core.$ZodType>(
  reply: Schema,
  address: string,
): { readonly data: z.output<Schema>; readonly at: number } | undefined => {
  const stored = former.get(address)
  if (!stored) return undefined
  const read = z.safeParse(reply, stored.data)
  return read.success ? { data: read.data, at: stored.at } : undefined
}
