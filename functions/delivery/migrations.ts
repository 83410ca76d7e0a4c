import { type Access, type migrationOrderAccess, migrationsAccess } from '../platform/access.ts'
import { type Change, type Deliveries, deliveries, subscription } from '../platform/delivery.ts'
import { job } from '../platform/job.ts'
import { type Migration, migrateSome, migrationLanes } from '../platform/migration.ts'
import { put, update } from '../platform/operation.ts'
import { platformPatterns } from '../platform/patterns.ts'
import type { Background } from '../platform/platform.ts'
import type { Scan } from '../platform/scan.ts'
import type { Table } from '../platform/table.ts'

/** Generations of items: see shared/kernel/item-generation.ts. */
export type Generations = { readonly oldest: number; readonly current: number }

/** The territory is of a generation that this release does not migrate from. */
export class TooOldError extends Error {
  override readonly name = 'TooOldError'
}

const consistent = { consistent: true } as const
const lanes = Array.from({ length: migrationLanes }, (_, lane) => String(lane))

/** Orders one migration, or that it goes on where it stands: its lanes that are not done. */
const orderOne = async (
  table: Table<Pick<typeof migrationOrderAccess, 'update'>>,
  generation: number,
  now: Date,
): Promise<void> => {
  for (const lane of lanes)
    await table.applyIf(
      update(
        'order',
        platformPatterns.migration,
        { lane, generation: String(generation) },
        { set: { at: now.toISOString() } },
        { lacks: ['doneAt'] },
      ),
    )
}

/**
 * Orders what brings the table's items to the current generation, one migration after the other. The stream carries it
 * out. Ordering again continues what was given up on. A territory that says no generation is new.
 * @throws TooOldError where a migration that this release no longer has was not finished.
 * @returns the generation of all items now.
 */
export const orderMigrations = async (
  table: Table<typeof migrationOrderAccess>,
  { oldest, current }: Generations,
  now: Date,
): Promise<number> => {
  const known = await table.get(platformPatterns.itemGeneration, {}, consistent)
  const generation = known?.generation ?? oldest
  if (generation < oldest) throw new TooOldError(`the items are of generation ${generation}, not ${oldest} or later`)
  if (!known)
    await table.transact([put('first', platformPatterns.itemGeneration, {}, { generation }, { absent: true })])
  if (generation < current) await orderOne(table, generation + 1, now)
  return generation
}

/** Where all lanes of a migration are done: notes its generation, and orders the next one. */
const noteDone = async (
  { table, now }: Background<typeof migrationsAccess>,
  { current }: Generations,
  generation: number,
): Promise<void> => {
  const keys = lanes.map(lane => ({ lane, generation: String(generation) }))
  const orders = await table.getMany(platformPatterns.migration, keys, consistent)
  if (orders.some(order => order?.doneAt === undefined)) return
  const before = { notAbove: { generation: generation - 1 } }
  await table.applyIf(update('generation', platformPatterns.itemGeneration, {}, { set: { generation } }, before))
  if (generation < current) await orderOne(table, generation + 1, now())
}

/**
 * What carries out migrations: each is a job of some lanes, and the next one begins when all lanes of it are done, so that
 * it finds the items as the one before makes them.
 * @param open opens the clients of a migration, for the access that it declares.
 */
export const migrationDeliveries = (
  scan: Scan,
  migrations: readonly Migration[],
  generations: Generations,
  open: (access: Access) => Background,
): Deliveries => {
  const opened = migrations.map(of => ({ of, background: open(of.access) }))
  return deliveries(
    migrationsAccess,
    job({
      name: 'migration',
      of: platformPatterns.migration,
      step: async (_: Background<typeof migrationsAccess>, { lane, generation }, { cursor }) => {
        const found = opened.find(({ of }) => of.generation === Number(generation))
        // Ordered by a newer release while this one still runs: the record is delivered again until that one does.
        if (!found) throw new Error(`this release has no migration to generation ${generation}`)
        return migrateSome(scan, found.of, found.background, Number(lane), cursor)
      },
    }),
    subscription({
      name: 'migration done',
      of: [platformPatterns.migration],
      on: ['MODIFY'],
      deliver: async (background: Background<typeof migrationsAccess>, changes) => {
        const done = (changes as readonly Change<typeof platformPatterns.migration>[]).filter(
          ({ after }) => after?.doneAt,
        )
        for (const generation of new Set(done.map(({ args }) => Number(args.generation))))
          await noteDone(background, generations, generation)
      },
    }),
  )
}
