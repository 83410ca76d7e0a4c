import type { InfiniteData } from '@tanstack/react-query'
import * as z from 'zod/mini'
import type { StoredRead } from './stored-reads.ts'

/**
 * Reads that an earlier version of the app stored, by the key of their query, until a screen asks for them: each is taken if
 * its route's reply still has that form. So a device that was updated during an outage goes on showing what it knows.
 */
const former = new Map<string, StoredRead>()

const nameOf = ([kind, address]: StoredRead['key']): string => `${kind} ${address}`

export const noteFormerReads = (reads: readonly StoredRead[]): void => {
  for (const read of reads) if (['read', 'pages'].includes(String(read.key[0]))) former.set(nameOf(read.key), read)
}

export const forgetFormerReads = (): void => former.clear()

type Former<Data> = { readonly data: Data; readonly at: number }

/** What an earlier version stored of a read, if `reply` takes it, and when that was read (milliseconds since 1970). */
export const formerRead = <Schema extends z.core.$ZodType>(
  reply: Schema,
  address: string,
): Former<z.output<Schema>> | undefined => {
  const stored = former.get(nameOf(['read', address]))
  if (!stored) return undefined
  const read = z.safeParse(reply, stored.data)
  return read.success ? { data: read.data, at: stored.at } : undefined
}

/** As formerRead(), of a paginated read: if `reply` takes all its pages. */
export const formerPages = <Schema extends z.core.$ZodType>(
  reply: Schema,
  address: string,
): Former<InfiniteData<z.output<Schema>, string | undefined>> | undefined => {
  const stored = former.get(nameOf(['pages', address]))
  const { pages, pageParams } = (stored?.data ?? {}) as Partial<InfiniteData<unknown, string | undefined>>
  if (!stored || !Array.isArray(pages) || !Array.isArray(pageParams)) return undefined
  const read = z.safeParse(z.array(reply), pages)
  return read.success ? { data: { pages: read.data, pageParams }, at: stored.at } : undefined
}
