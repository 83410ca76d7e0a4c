import { uses } from '../platform/access.ts'
import { type Change, type Condition, type Operation, put, remove, update } from '../platform/operation.ts'
import type { Reading, Table } from '../platform/table.ts'
import { documentsPatterns, type EntryItem, type SpaceItem } from './patterns.ts'

/** A space of documents: a person's own, or that of a class or group, by the audience of its members. */
export type SpaceRef =
  | { readonly kind: 'own'; readonly person: string }
  | { readonly kind: 'class'; readonly audience: string; readonly uai: string }

const { classEntries, classEntry, classSpace, ownEntries, ownEntry, ownSpace } = documentsPatterns

/** As a part of keys and in comparisons. */
export const holderOf = (space: SpaceRef): string =>
  space.kind === 'own' ? `P:${space.person}` : `A:${space.audience}`

/** The space of a holder. `uai`: of an audience's school. */
export const spaceOf = (holder: string, uai = ''): SpaceRef => {
  const of = holder.slice(2)
  return holder.startsWith('P:') ? { kind: 'own', person: of } : { kind: 'class', audience: of, uai }
}

/** What reading spaces does with the table. */
export const readingSpaces = uses({
  get: [classEntry, classSpace, ownEntry, ownSpace],
  query: [classEntries, ownEntries],
})
type ReadTable = Table<typeof readingSpaces>

export const readEntry = (
  table: ReadTable,
  space: SpaceRef,
  entry: string,
  reading?: Reading,
): Promise<EntryItem | undefined> =>
  space.kind === 'own'
    ? table.get(ownEntry, { person: space.person, entry }, reading)
    : table.get(classEntry, { audience: space.audience, entry }, reading)

export const readSpace = async (table: ReadTable, space: SpaceRef): Promise<Required<SpaceItem>> => {
  const found = await (space.kind === 'own'
    ? table.get(ownSpace, { person: space.person }, { consistent: true })
    : table.get(classSpace, { audience: space.audience }, { consistent: true }))
  return { used: found?.used ?? 0, entries: found?.entries ?? 0 }
}

/** A page of a space's entries, newest first. */
export const listEntries = (
  table: ReadTable,
  space: SpaceRef,
  options: {
    readonly limit: number
    readonly cursor?: string | undefined
    readonly keep: (entry: EntryItem) => boolean
  },
) => {
  const all = { ...options, newestFirst: true, consistent: true }
  return space.kind === 'own'
    ? table.list(ownEntries, { person: space.person }, all)
    : table.list(classEntries, { audience: space.audience }, all)
}

/** Every entry of a space, in the order of its ids. */
export const allEntries = (table: ReadTable, space: SpaceRef): Promise<EntryItem[]> =>
  space.kind === 'own'
    ? table.all(ownEntries, { person: space.person }, { consistent: true })
    : table.all(classEntries, { audience: space.audience }, { consistent: true })

type EntryPattern = typeof classEntry | typeof ownEntry
type SpacePattern = typeof classSpace | typeof ownSpace

export const putEntry = (space: SpaceRef, item: EntryItem): Operation<'put', EntryPattern> => {
  const { uai: _, ...own } = item
  return space.kind === 'own'
    ? put('entry', ownEntry, { person: space.person, entry: item.id }, own, { absent: true })
    : put(
        'entry',
        classEntry,
        { audience: space.audience, entry: item.id },
        { ...own, uai: space.uai },
        { absent: true },
      )
}

type OwnFields = Omit<EntryItem, 'uai'>

/** Changes an entry, on condition that it is the one that was read. */
export const changeEntry = (
  space: SpaceRef,
  { id: entry, version }: Pick<EntryItem, 'id' | 'version'>,
  { set, ...change }: Change<OwnFields>,
): Operation<'update', EntryPattern> => {
  const changed = { ...change, set: { ...set, version: version + 1 } }
  const when: Condition<OwnFields> = { is: { version } }
  return space.kind === 'own'
    ? update('entry', ownEntry, { person: space.person, entry }, changed, when)
    : update('entry', classEntry, { audience: space.audience, entry }, changed, when)
}

/** Removes an entry, on condition that it is the one that was read. */
export const removeEntry = (
  space: SpaceRef,
  { id: entry, version }: Pick<EntryItem, 'id' | 'version'>,
): Operation<'remove', EntryPattern> =>
  space.kind === 'own'
    ? remove('entry', ownEntry, { person: space.person, entry }, { is: { version } })
    : remove('entry', classEntry, { audience: space.audience, entry }, { is: { version } })

/** What is counted of a space, and up to which amounts; nothing is required where a limit is absent. */
type Counting = {
  readonly bytes: number
  readonly entries: number
  readonly quota?: number
  readonly most?: number
}

/** Counts on or off. Refused as `space` if a limit would be passed. */
export const countSpace = (
  space: SpaceRef,
  { bytes, entries, quota, most }: Counting,
): Operation<'update', SpacePattern> => {
  const within = (name: 'used' | 'entries', limit: number | undefined, added: number): Condition<SpaceItem>[] =>
    limit === undefined || added <= 0 ? [] : [{ any: [{ lacks: [name] }, { notAbove: { [name]: limit - added } }] }]
  const conditions = [...within('used', quota, bytes), ...within('entries', most, entries)]
  const when = conditions.length > 0 ? conditions.reduce((all, one) => and(all, one)) : undefined
  const change = { add: { used: bytes, entries } }
  return space.kind === 'own'
    ? update('space', ownSpace, { person: space.person }, change, when)
    : update('space', classSpace, { audience: space.audience }, change, when)
}

/** Both of two conditions that are alternatives. */
const and = (a: Condition<SpaceItem>, b: Condition<SpaceItem>): Condition<SpaceItem> => ({
  any: (a.any ?? []).flatMap(one => (b.any ?? []).map(other => ({ ...one, ...other, ...bothLacks(one, other) }))),
})
const bothLacks = (one: Condition<SpaceItem>, other: Condition<SpaceItem>) => ({
  ...((one.lacks || other.lacks) && { lacks: [...(one.lacks ?? []), ...(other.lacks ?? [])] }),
  ...((one.notAbove || other.notAbove) && { notAbove: { ...one.notAbove, ...other.notAbove } }),
})
