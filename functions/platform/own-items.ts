import * as z from 'zod/mini'
import { uses } from './access.ts'
import { type ArgsOf, argsOf, type ItemOf, type ItemPattern, many } from './pattern.ts'
import type { Entry, Table } from './table.ts'

/**
 * All that features keep of a person in the partition `ME#{person}`, of which each parses its own items. One Query for
 * several features: a unit is counted for each 4 KB of them together, and not for each kind of item.
 */
export const ownPatterns = {
  ownItems: many('ME#{person}', '', z.looseObject({}), {
    reads: '0.5 to 1 for the marks of 7 audiences and nine weeks of work: the private read of Home',
    hottest: 'none: one partition a person',
  }),
} as const

/** The access of reading them. */
export const ownItemsAccess = uses({ query: [ownPatterns.ownItems] })

export type OwnItems = readonly Entry<typeof ownPatterns.ownItems>[]

/** What features keep of a person. */
export const readOwnItems = async (table: Table<typeof ownItemsAccess>, person: string): Promise<OwnItems> => {
  const items = []
  for await (const page of table.pages(ownPatterns.ownItems, { person })) items.push(...page)
  return items
}

/** Those of one pattern, each with what stands in its key. */
export const itemsOf = <Of extends ItemPattern>(
  items: OwnItems,
  pattern: Of,
): readonly { readonly args: ArgsOf<Of>; readonly item: ItemOf<Of> }[] =>
  items.flatMap(({ key, item }) => {
    const args = argsOf(pattern, key)
    return args ? [{ args, item: z.parse(pattern.item, item) as ItemOf<Of> }] : []
  })
