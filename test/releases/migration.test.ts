import { isDeepStrictEqual } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { orderMigrationsHandler } from '../../functions/delivery/order-migrations.ts'
import { uses } from '../../functions/platform/access.ts'
import { type Migration, migration } from '../../functions/platform/migration.ts'
import { put, remove, update } from '../../functions/platform/operation.ts'
import { one } from '../../functions/platform/pattern.ts'
import { accountPatterns } from '../../functions/session/accounts.ts'
import { itemGenerations } from '../../shared/kernel/item-generation.ts'
import { folderOf, readStored, type Stored, type StoredItem } from './stored.ts'
import { deployed, openTerritory, type Release, type Territory } from './territory.ts'

/*
 * Two migrations that no release has: logins move into partitions of another name, with a field that is new; then that
 * field is renamed, which finds nothing to do unless all logins have moved before.
 */

const base = itemGenerations.current
const cost = { hottest: 'none' }
const Moved = z.object({ person: z.string(), checked: z.optional(z.boolean()), proven: z.optional(z.boolean()) })
const moved = one('LOGIN#{login}', 'OF#{person}', Moved, cost)
const { login } = accountPatterns

const moves = (before: () => void = () => {}): Migration =>
  migration({
    generation: base + 1,
    access: uses({ get: [login], put: [moved], remove: [login] }),
    of: login,
    change: (_, args, { person }) => {
      before()
      return [
        put('moved', moved, { ...args, person }, { person, checked: true }, { absent: true }),
        remove('login', login, args, { is: { person } }),
      ]
    },
  })

const renames = migration({
  generation: base + 2,
  access: uses({ get: [moved], update: [moved] }),
  of: moved,
  change: (_, args, { checked }) =>
    checked === undefined
      ? []
      : [update('renamed', moved, args, { set: { proven: checked }, remove: ['checked'] }, { is: { checked } })],
})

const releaseOf = (...migrations: readonly Migration[]): Release => ({
  migrations,
  generations: { oldest: base, current: base + migrations.length },
})

const stored = readStored(folderOf(`items-${base}`))
const start = new Date(Date.parse(stored.known.madeAt) + 60_000)

let territory: Territory
afterEach(() => territory?.close())

const keyOf = ({ pk, sk }: StoredItem): string => `${pk?.S} ${sk?.S}`
/** Items by key, without the mechanism's own, and what a deploy puts that an earlier one of this generation did not. */
const itemsOf = ({ items }: Pick<Stored, 'items'>): Map<string, StoredItem> =>
  new Map(
    items
      .filter(item => !/^(MIGRATE#|ITEMS |FACTORS KEY$|DUE#.*#erasures#weekly$)/.test(keyOf(item)))
      .map(item => [keyOf(item), item]),
  )

/** The items as both migrations leave them. */
const migrated = (): Map<string, StoredItem> => {
  const expected = itemsOf(stored)
  for (const [key, { pk, person }] of [...expected].filter(([one]) => one.startsWith('L#'))) {
    expected.delete(key)
    if (!person?.S || !pk?.S) throw new Error(`${key} is no login`)
    const item = { pk: { S: `LOGIN#${pk.S.slice(2)}` }, sk: { S: `OF#${person.S}` }, person, proven: { BOOL: true } }
    expected.set(keyOf(item), item)
  }
  return expected
}
const generationOf = async () => {
  const { items } = await territory.stored()
  return Number(items.find(item => keyOf(item) === 'ITEMS GENERATION')?.generation?.N)
}

describe('migrations of a kept territory', () => {
  it('bring every item to the current generation, one after the other, and change no other', async () => {
    territory = await openTerritory(stored, start, releaseOf(moves(), renames))
    expect(await generationOf()).toBe(base)
    await territory.follow()
    expect(itemsOf(await territory.stored())).toEqual(migrated())
    expect(await generationOf()).toBe(base + 2)
  })

  it('do nothing when they are ordered again', async () => {
    territory = await openTerritory(stored, start, releaseOf(moves(), renames))
    await territory.follow()
    await territory.deploy()
    // Of a put that changes nothing DynamoDB writes no record; the embedded one does.
    const changes = (await territory.stream.fresh()).filter(
      ({ dynamodb }) => !isDeepStrictEqual(dynamodb?.OldImage, dynamodb?.NewImage),
    )
    expect(changes).toEqual([])
  })

  it('go on where they were interrupted, whatever was given up on, repeated or done twice', async () => {
    let changes = 0
    const failing = () => {
      changes++
      if (changes === 9) throw new Error('the function ended in the middle')
    }
    territory = await openTerritory(stored, start, releaseOf(moves(failing), renames))
    const orders = await territory.stream.fresh()
    const { batchItemFailures } = await territory.stream.deliver(orders)
    expect(batchItemFailures).toHaveLength(1)
    const logins = [...itemsOf(await territory.stored()).keys()].filter(key => /^L#|^LOGIN#/.test(key))
    expect(new Set(logins.map(key => key.split('#')[0]))).toEqual(new Set(['L', 'LOGIN']))
    // The retries are given up on: the records are in the dead-letter queue. What was done is delivered once more.
    const others = orders.filter(({ dynamodb }) => dynamodb?.SequenceNumber !== batchItemFailures[0]?.itemIdentifier)
    await Promise.all([territory.stream.deliver(others), territory.stream.deliver(others)])
    await territory.follow()
    expect(await generationOf()).toBe(base)
    // The next deploy orders again what is not done.
    await territory.deploy()
    await territory.follow()
    expect(itemsOf(await territory.stored())).toEqual(migrated())
    expect(await generationOf()).toBe(base + 2)
  })

  it('read an item anew that somebody else changes meanwhile', async () => {
    const [first] = [...itemsOf(stored).values()].filter(item => keyOf(item).startsWith('L#'))
    const args = { login: first?.pk?.S?.slice(2) ?? '' }
    let changed: Promise<void> | undefined
    const { change, ...others } = moves()
    const racing: Migration = {
      ...others,
      change: async (background, key, item) => {
        const operations = await change(background, key, item)
        if (JSON.stringify(key) === JSON.stringify(args)) {
          changed ??= territory.platform.table.apply(update('other', login, args, { set: { person: 'somebody' } }))
          await changed
        }
        return operations
      },
    }
    territory = await openTerritory(stored, start, releaseOf(racing))
    await territory.follow()
    const keys = [...itemsOf(await territory.stored()).keys()]
    expect(keys).toContain(`LOGIN#${args.login} OF#somebody`)
    expect(keys.filter(key => key.startsWith('L#'))).toEqual([])
  })

  it('are refused with a sentence where one that this release no longer has was not finished', async () => {
    territory = await openTerritory(stored, start)
    const later = orderMigrationsHandler(territory.platform, { oldest: base + 1, current: base + 1 })
    await expect(deployed(later)).rejects.toThrow('deploy the release before this one first')
  })
})
