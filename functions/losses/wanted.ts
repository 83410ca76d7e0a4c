import type { lossesAccess } from '../platform/access.ts'
import { forEachConcurrent } from '../platform/concurrent.ts'
import { composeShard, markKey, shardKey } from '../platform/loss-list.ts'
import { type LossItem, lossPatterns } from '../platform/loss-patterns.ts'
import type { Table } from '../platform/table.ts'

type LossesTable = Table<typeof lossesAccess>

export type Wanted = {
  /** What the edge's store should hold, by key. */
  readonly values: ReadonlyMap<string, string>
  /** The keys and hashes of the entries that are not mere sign-outs: `x0af 3c9k2mq`. */
  readonly losing: ReadonlySet<string>
  /** The losses for which the list has no room. */
  readonly without: readonly LossItem[]
}

const consistent = { consistent: true } as const

const composed = (
  shards: ReadonlyMap<string, readonly LossItem[]>,
  marks: readonly { readonly uai: string; readonly at: number }[],
  now: Date,
): Wanted => {
  const values = new Map<string, string>()
  const losing = new Set<string>()
  const without: LossItem[] = []
  for (const [shard, losses] of shards) {
    const one = composeShard(losses, now)
    if (one.value) values.set(shardKey(shard), one.value)
    without.push(...one.without)
    for (const { kind, hash } of losses) if (kind === 'lost') losing.add(`${shardKey(shard)} ${hash}`)
  }
  for (const { uai, at } of marks) values.set(markKey(uai), String(at))
  return { values, losing, without }
}

/** What some keys should hold, from consistent reads: one Query a shard. */
export const wantedOf = async (table: LossesTable, keys: readonly string[], now: Date): Promise<Wanted> => {
  const shards = new Map<string, LossItem[]>()
  const ofShards = keys.filter(key => key.startsWith('x')).map(key => key.slice(1))
  const ofSchools = keys.filter(key => key.startsWith('s')).map(key => ({ uai: key.slice(1) }))
  const [marks] = await Promise.all([
    table.getMany(lossPatterns.schoolMark, ofSchools, consistent),
    forEachConcurrent(ofShards, async shard => {
      const args = { page: shard.slice(0, 2), shard }
      shards.set(shard, await table.all(lossPatterns.lossesOfShard, args, consistent))
    }),
  ])
  return composed(
    shards,
    marks.flatMap(mark => mark ?? []),
    now,
  )
}

const pages = Array.from({ length: 256 }, (_, page) => page.toString(16).padStart(2, '0'))

/** What the whole list should hold: 256 Queries of 16 shards each, and one for the schools' marks. */
export const allWanted = async (table: LossesTable, now: Date): Promise<Wanted> => {
  const shards = new Map<string, LossItem[]>()
  const [marks] = await Promise.all([
    table.all(lossPatterns.schoolMarks, {}),
    forEachConcurrent(pages, async page => {
      for await (const entries of table.pages(lossPatterns.lossesOfPage, { page }))
        for (const { key, item } of entries) {
          const shard = key.sk.slice(0, 3)
          shards.set(shard, [...(shards.get(shard) ?? []), item])
        }
    }),
  ])
  return composed(shards, marks, now)
}
