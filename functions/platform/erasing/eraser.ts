import type { Access } from '../access.ts'
import type { Change } from '../operation.ts'
import type { ArgsOf, ItemOf, ItemPattern } from '../pattern.ts'
import type { OperationOf, Table } from '../table.ts'

/**
 * How people are erased from the table. Each feature declares for each of its items in what way it names people, and what
 * becomes of it, in `functions/<feature>/erasure.ts`; or that it names nobody. A sweep (sweep.ts) reads the whole table,
 * since what others hold of a person cannot be found from the person: what they have read, in whose lists they stand.
 * Decision: docs/decisions/0051-erasing-people.md
 */

/** Stands where an item needs somebody who is erased: nobody has this id. */
export const nobody = '0'.repeat(16)

/** What stands in place of the name of whoever did something, in any language. */
export const nameless = '—'

/** Those who are erased. `decided`: instants of decisions about them, which name them in words elsewhere. */
export type Gone = Ids & { readonly decided: Ids }
type Ids = { readonly has: (id: string) => boolean }

/**
 * What becomes of an item: it is removed; attributes change, on condition that they are what was read; operations, in a
 * transaction; or nothing. `kept`: it may go on naming the id, as what it names is somebody else by now.
 */
export type Erased<Item = Readonly<Record<string, unknown>>, Uses extends Access = Access> =
  | 'remove'
  | 'kept'
  | Pick<Change<Item>, 'set' | 'remove'>
  | readonly OperationOf<Uses>[]
  | undefined

export type Eraser = {
  readonly of: ItemPattern
  /** What it is, for whoever is told what would be erased: a plural. */
  readonly what: string
  /** It names people in another form than by their ids as text: it is looked at whether or not one is seen in it. */
  readonly opaque: boolean
  readonly erase: (table: Table<Access>, args: never, item: never, gone: Gone) => Erased<never> | Promise<Erased<never>>
}

/** What a feature's items name of people. `nobody`: items that name none. */
export type Erasure = {
  readonly access: Access
  readonly erasers: readonly Eraser[]
  readonly nobody: readonly ItemPattern[]
  /** Orders that people are erased who left long ago. */
  readonly expiring?: Expiring
}

/** `expire` gets each item of `of` that a sweep reads. @returns whether an erasure was ordered for it. */
type Expiring = {
  readonly of: ItemPattern
  readonly expire: (
    table: Table<Access>,
    item: never,
    at: { readonly now: Date; readonly leftUntil: string },
  ) => Promise<boolean>
}

type Batched<Uses extends Access> = Uses extends { readonly batch: readonly (infer Of extends ItemPattern)[] }
  ? Of
  : never
type Updated<Uses extends Access> = Uses extends { readonly update: readonly (infer Of extends ItemPattern)[] }
  ? Of
  : never

/**
 * Declares what is done with items of a feature, within its access: `removed` where they are of somebody who is erased,
 * `erased` where more has to be decided. Both remove under `batch`; attributes change under `get` and `update`.
 */
export const openErasers = <const Uses extends Access>(_access: Uses) => ({
  /** @param whose the ids of those whose item it is: of one of them is enough */
  removed: <const Of extends Batched<Uses>>(
    what: string,
    of: Of,
    whose: (args: ArgsOf<Of>, item: ItemOf<Of>) => readonly string[],
  ): Eraser => ({
    of,
    what,
    opaque: false,
    erase: (_table, args, item, gone) => (whose(args, item).some(id => gone.has(id)) ? 'remove' : undefined),
  }),
  erased: <const Of extends Batched<Uses> | Updated<Uses> | ItemPattern>(
    what: string,
    of: Of,
    erase: (given: {
      readonly args: ArgsOf<Of>
      readonly item: ItemOf<Of>
      readonly gone: Gone
      readonly table: Table<Uses>
    }) => Erased<ItemOf<Of>, Uses> | Promise<Erased<ItemOf<Of>, Uses>>,
    { opaque = false } = {},
  ): Eraser => ({
    of,
    what,
    opaque,
    erase: (table, args, item, gone) => erase({ args, item, gone, table: table as never }) as Erased<never>,
  }),
})

/** Those of a list who are not erased; undefined where that is all of them, so that nothing is written. */
export const withoutGone = <Value>(
  values: readonly Value[] | undefined,
  gone: Pick<Gone, 'has'>,
  idOf: (value: Value) => string,
): Value[] | undefined => {
  const left = values?.filter(value => !gone.has(idOf(value)))
  return left && left.length < (values?.length ?? 0) ? left : undefined
}
