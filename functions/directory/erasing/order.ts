import { fail, ok, type Result } from '../../../shared/kernel/result.ts'
import { chunks } from '../../platform/concurrent.ts'
import { erasingPatterns, type Order } from '../../platform/erasing/patterns.ts'
import { put, remove, removeByKey } from '../../platform/operation.ts'
import type { OperationOf, Table } from '../../platform/table.ts'
import { accountPatterns } from '../../session/accounts.ts'
import { directoryPatterns, type PersonItem } from '../audiences.ts'
import { keyOfText } from '../import/keys.ts'
import { describedRecord } from '../import/people/kept.ts'
import { importPatterns, type SourceItem } from '../patterns.ts'
import { type erasingAccess, orderingAccess } from './access.ts'

/**
 * Why somebody cannot be erased: a source describes them, or a record of a pupil names them as their guardian, so that
 * the next delivery would bring them back; or an import asks whether they are who has their key now.
 */
export type NotErasable =
  | { readonly why: 'described'; readonly sources: readonly string[] }
  | { readonly why: 'named'; readonly pupils: number }
  | { readonly why: 'asked'; readonly source: string }

type OrderingTable = Table<typeof orderingAccess>
type ErasingTable = Table<typeof erasingAccess>

const consistent = { consistent: true } as const

/** Whether somebody can be erased: undefined if so. */
export const notErasable = async (
  table: OrderingTable,
  person: PersonItem,
  sources: readonly SourceItem[],
): Promise<NotErasable | undefined> => {
  const describing = sources.filter(item => describedRecord(item) !== undefined).map(({ source }) => source)
  if (describing.length > 0) return { why: 'described', sources: describing }
  if (person.status === 'active') return { why: 'described', sources: person.sources ?? [person.source] }
  const { length } = await table.all(importPatterns.awaiting, { guardian: person.id }, consistent)
  if (length > 0) return { why: 'named', pupils: length }
  const keys = sources.map(({ source }) => ({ source, first: person.id }))
  const handed = await table.getMany(importPatterns.handedKey, keys, consistent)
  const asking = sources.find((_, at) => handed[at]?.held)
  return asking && { why: 'asked', source: asking.source }
}

/** What else tells who somebody is, in items that do not name them by their id. */
export const whom = async (
  table: OrderingTable,
  id: string,
  sources: readonly SourceItem[],
): Promise<Pick<Order, 'decided' | 'also'>> => {
  const events = await table.all(accountPatterns.events, { person: id }, consistent)
  const also: string[] = []
  // Only of people of several sources does a key mean somebody whom another source described first.
  for (const { source } of sources.length > 1 ? sources : [])
    for (const item of await table.all(importPatterns.handedKeys, { source }, consistent))
      if (item.person === id) also.push(item.first)
  return { decided: events.filter(one => one.about !== undefined).map(({ at }) => at), also }
}

/** An erasure that may be ordered: what orders it, in one transaction, and the sources that described the person. */
export type Ordering = {
  readonly operations: readonly OperationOf<typeof orderingAccess>[]
  readonly sources: readonly SourceItem[]
}

/**
 * What ends somebody's account: what is left of them, a sweep erases (platform/erasing). The order, the end of the account
 * and of the person are one transaction, whose condition `person` fails where they came back meanwhile. A later delivery that
 * describes them again makes a person without any account.
 */
export const prepareErasure = async (
  table: OrderingTable,
  person: PersonItem,
  why: Order['why'],
  now: Date,
): Promise<Result<Ordering, NotErasable>> => {
  const { id } = person
  const sources = await table.all(importPatterns.allSources, { person: id }, consistent)
  const not = await notErasable(table, person, sources)
  if (not) return fail(not)
  const [account] = await table.getMany(accountPatterns.account, [{ person: id }], consistent)
  const order = { person: id, at: now.toISOString(), why, ...(await whom(table, id, sources)) }
  return ok({
    operations: [
      // Whoever came back meanwhile has another fingerprint of their access.
      remove(
        'person',
        directoryPatterns.person,
        { person: id },
        { is: { status: 'suspended', access: person.access } },
      ),
      put('order', erasingPatterns.order, { person: id }, order),
      ...(account ? [remove('account', accountPatterns.account, { person: id })] : []),
      ...(account ? [remove('login', accountPatterns.login, { login: account.login })] : []),
    ],
    sources,
  })
}

/**
 * Orders somebody's erasure, on its own, and takes their own items away; the sweep does that too, if this is interrupted.
 * @returns why they cannot be erased; undefined: they are no more
 */
export const orderErasure = async (
  table: ErasingTable,
  person: PersonItem,
  why: Order['why'],
  now: Date,
): Promise<NotErasable | undefined> => {
  const ordering = await prepareErasure(table, person, why, now)
  if (!ordering.ok) return ordering.problem
  const done = await table.transact(ordering.value.operations)
  if (!done.ok) return { why: 'described', sources: person.sources ?? [person.source] }
  await removeItems(table, person.id, ordering.value.sources)
  return undefined
}

/** Takes somebody out of the lists that imports wrote them into: rosters, and rows by which they are found. */
export const removeRows = async (
  table: OrderingTable,
  person: string,
  sources: readonly SourceItem[],
): Promise<void> => {
  const rows = sources.flatMap(item => Object.keys(item.rows)).map(keyOfText)
  const own = rows.filter(({ pk, sk }) => pk !== `P#${person}` && !sk.startsWith('AWAITED#'))
  for (const keys of chunks([...new Map(own.map(key => [`${key.pk} ${key.sk}`, key])).values()], 100))
    await table.writeMany(keys.map(key => removeByKey('row', orderingAccess.batch, key)))
}

/** Removes what imports made of somebody: their source items name the keys of their rows, and go last. */
const removeItems = async (table: ErasingTable, person: string, sources: readonly SourceItem[]): Promise<void> => {
  const parts = await table.all(importPatterns.parts, { person }, consistent)
  await removeRows(table, person, sources)
  const [first] = sources
  await table.writeMany([
    ...parts.map(({ source }) => remove('part', importPatterns.part, { person, source })),
    ...(first ? [remove('source', importPatterns.source, { person })] : []),
    ...sources.map(({ source }) => remove('source', importPatterns.furtherSource, { person, source })),
    remove('joined', importPatterns.joined, { person }),
  ])
}
