import * as z from 'zod/mini'

/**
 * Where the next page begins: opaque to clients, made from the last key read (functions/platform/pattern.ts); in private
 * lists encrypted, since keys hold names (functions/platform/cursor.ts).
 */
export const Cursor = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,640}$/))

/** The query of a paginated list. */
export const PageQuery = z.object({ cursor: z.optional(Cursor) })

/** One page of a list: `next` is absent on the last one. */
export const pageOf = <Item extends z.core.$ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.optional(Cursor) })

export type Page<Item> = { items: Item[]; next?: string | undefined }
