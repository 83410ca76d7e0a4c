import * as z from 'zod/mini'
import type { Access } from './access.ts'
import { forEachConcurrent } from './concurrent.ts'
import { type ArgsOf, argsOf, type ItemOf, type ItemPattern, type Key, leadingKey } from './pattern.ts'
import type { Background } from './platform.ts'
import type { Scan } from './scan.ts'
import type { OperationOf } from './table.ts'

/**
 * How items of one generation become those of the next one. The release that brings a migration reads items of both
 * generations, because it runs while the migration is under way, and writes items that the release before can read,
 * because that one runs until the deploy has ended and again if the deploy goes back.
 */
export type Migration<Of extends ItemPattern = ItemPattern, Uses extends Access = Access> = {
  /** The generation that it makes: one more than that of the migration before it. */
  readonly generation: number
  /** What it does with the table. */
  readonly access: Uses
  /** The items that it changes, as they were. The schema takes them as they are afterwards too if their keys stay. */
  readonly of: Of
  /**
   * The operations that change an item, one transaction, each on the condition that the item is still what it was;
   * none if it is what it is to be. Asked again where a condition is not met, and for items that were changed before.
   */
  readonly change: (
    background: Background<Uses>,
    args: ArgsOf<Of>,
    item: ItemOf<Of>,
  ) => readonly OperationOf<Uses>[] | Promise<readonly OperationOf<Uses>[]>
}

/** Declares a migration; `change` accepts what `access` declares. */
export const migration = <Of extends ItemPattern, const Uses extends Access & { readonly get: readonly Of[] }>(
  declared: Migration<Of, Uses>,
): Migration => declared as unknown as Migration

/** Lanes of a migration: segments of the table, each in steps one after the other. */
export const migrationLanes = 16
/** Items read in one step of a lane: about a second of work where all are changed. */
const itemsPerStep = 500
/** Items changed at a time. */
const changeConcurrency = 8
/** Times that an item is read anew where something else changed it meanwhile. */
const mostAttempts = 5

const changeItem = async (of: Migration, background: Background, key: Key, stored: unknown): Promise<void> => {
  const args = argsOf(of.of, key)
  if (!args) return
  let item: unknown = z.parse(of.of.item, stored)
  for (let attempt = 1; attempt <= mostAttempts && item !== undefined; attempt++) {
    const operations = await of.change(background, args, item as never)
    if (operations.length === 0 || (await background.table.transact(operations)).ok) return
    item = await background.table.get(of.of, args, { consistent: true })
  }
  if (item !== undefined) throw new Error('an item was changed by others at each attempt to migrate it')
}

/**
 * One step of a lane: changes the items of a page of it. Harmless to repeat.
 * @param cursor the last key of the page before; undefined at the beginning.
 * @returns the last key of this page; undefined after the last one.
 */
export const migrateSome = async (
  scan: Scan,
  of: Migration,
  background: Background,
  lane: number,
  cursor: string | undefined,
): Promise<string | undefined> => {
  const { items, next } = await scan({
    segment: lane,
    segments: migrationLanes,
    limit: itemsPerStep,
    after: cursor === undefined ? undefined : JSON.parse(cursor),
    prefix: leadingKey(of.of),
  })
  await forEachConcurrent(items, ({ key, fields }) => changeItem(of, background, key, fields), changeConcurrency)
  return next && JSON.stringify({ pk: next.pk, sk: next.sk })
}
