import type * as z from 'zod/mini'
import type { Placeholders } from '../../shared/kernel/route.ts'

export type Key = { readonly pk: string; readonly sk: string }

/** An item's attributes other than its key. */
type Fields = z.core.$ZodObject

/** The cost of an access pattern and its hottest key, for sizing and review of the table. */
export type Cost = {
  /** Read units of one use (eventually consistent by default), 4 KB each. */
  readonly reads?: string
  /** Write units of one use, 1 KB each; within a transaction they count twice. */
  readonly writes?: string
  /** The partition with the most requests on closure day, and how many. */
  readonly hottest: string
}

/** One item, found by its whole key. `pk` and `sk` are templates: `N#{news}`, `SEEN#{person}`. */
export type ItemPattern<Pk extends string = string, Sk extends string = string, Item extends Fields = Fields> = Cost & {
  readonly pk: Pk
  readonly sk: Sk
  readonly item: Item
}

/** Items of one partition whose sort keys share a prefix, empty for all of them: one Query. `pk` and `begins` are templates. */
export type ListPattern<
  Pk extends string = string,
  Begins extends string = string,
  Item extends Fields = Fields,
> = Cost & { readonly pk: Pk; readonly begins: Begins; readonly item: Item }

export type Pattern = ItemPattern | ListPattern

type Args<Template extends string> = { readonly [Name in Placeholders<Template>]: string }

/** The values for the placeholders of a pattern's key templates. */
export type ArgsOf<Of extends Pattern> =
  Of extends ItemPattern<infer Pk, infer Sk>
    ? Args<Pk> & Args<Sk>
    : Of extends ListPattern<infer Pk, infer Begins>
      ? Args<Pk> & Args<Begins>
      : never

/** An item as the pattern reads it: its fields, without its key. */
export type ItemOf<Of extends Pattern> = z.output<Of['item']>

/** Declares an access pattern of one item. */
export const one = <const Pk extends string, const Sk extends string, Item extends Fields>(
  pk: Pk,
  sk: Sk,
  item: Item,
  cost: Cost,
): ItemPattern<Pk, Sk, Item> => ({ pk, sk, item, ...cost })

/** Declares an access pattern of a list within one partition. */
export const many = <const Pk extends string, const Begins extends string, Item extends Fields>(
  pk: Pk,
  begins: Begins,
  item: Item,
  cost: Cost,
): ListPattern<Pk, Begins, Item> => ({ pk, begins, item, ...cost })

/** A template in its parts: the text before each placeholder and after the last one, and the placeholders' names. */
type Parts = { readonly texts: readonly string[]; readonly names: readonly string[] }

const templates = new Map<string, Parts>()

const partsOf = (template: string): Parts => {
  const known = templates.get(template)
  if (known) return known
  const split = template.split(/\{(\w+)\}/)
  const parts = { texts: split.filter((_, at) => at % 2 === 0), names: split.filter((_, at) => at % 2 === 1) }
  templates.set(template, parts)
  return parts
}

/**
 * A template with its placeholders replaced. `#` separates the fields of a key, so only the last value may contain it;
 * throws if another one does.
 */
const filled = (template: string, args: Readonly<Record<string, string>>): string => {
  const { texts, names } = partsOf(template)
  let key = texts[0] ?? ''
  for (const [at, name] of names.entries()) {
    const value = args[name]
    if (value === undefined || (at < names.length - 1 && value.includes('#')))
      throw new Error(`the key ${template} cannot take this ${name}`)
    key += value + texts[at + 1]
  }
  return key
}

/** The key of an item. */
export const keyOf = <Of extends ItemPattern>({ pk, sk }: Of, args: ArgsOf<Of>): Key => ({
  pk: filled(pk, args),
  sk: filled(sk, args),
})

/** The partition key of a list, and the prefix of its items' sort keys. */
export const listOf = <Of extends ListPattern>(
  { pk, begins }: Of,
  args: ArgsOf<Of>,
): { pk: string; begins: string } => ({
  pk: filled(pk, args),
  begins: filled(begins, args),
})

/** The constant prefix of a pattern's partition keys: `N#`. IAM policies use it in `dynamodb:LeadingKeys`. */
export const leadingKey = ({ pk }: Pattern): string => (pk.includes('{') ? pk.slice(0, pk.indexOf('{')) : pk)

const readers = new Map<string, RegExp>()

const readerOf = (template: string): RegExp => {
  const known = readers.get(template)
  if (known) return known
  const last = template.lastIndexOf('{')
  const source = template.replace(/\{(\w+)\}|[.*+?^$()|[\]\\]/g, (part, name: string | undefined, at: number) =>
    name === undefined ? `\\${part}` : at < last ? `(?<${name}>[^#]*)` : `(?<${name}>.*)`,
  )
  const reader = new RegExp(`^${source}$`, 's')
  readers.set(template, reader)
  return reader
}

/** The values for a pattern's placeholders in a key; undefined if the key is of another pattern. */
export const argsOf = <Of extends ItemPattern>({ pk, sk }: Of, key: Key): ArgsOf<Of> | undefined => {
  const matches = [readerOf(pk).exec(key.pk), readerOf(sk).exec(key.sk)]
  return matches.every(Boolean) ? ({ ...matches[0]?.groups, ...matches[1]?.groups } as ArgsOf<Of>) : undefined
}

/** A cursor is the last sort key read. It has no partition, so that a forged one cannot reach another partition. */
export const cursorOf = (sortKey: string): string => Buffer.from(sortKey).toString('base64url')

/** The sort key of a cursor; undefined if it does not begin with the list's prefix. */
export const sortKeyOf = (cursor: string, begins: string): string | undefined => {
  const sortKey = Buffer.from(cursor, 'base64url').toString()
  return sortKey.startsWith(begins) ? sortKey : undefined
}
