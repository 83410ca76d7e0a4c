import type { KeysItem } from './items.ts'
import { patterns } from './patterns.ts'
import type { Table } from './table.ts'

const good = 5 * 60_000
const patience = 10_000

/** The territory's keys, kept in memory for five minutes. */
export type Keys = {
  /** The keys as last read. */
  readonly current: () => Promise<KeysItem>
  /** The keys read anew, at most every ten seconds: for a token whose key is not known yet. */
  readonly anew: () => Promise<KeysItem>
}

/** Reads the keys that the `keys` function made at deploy. Throws if there are none: the deploy did not finish. */
export const openKeys = (table: Table, now: () => Date): Keys => {
  let held: { keys: KeysItem; at: number } | undefined
  const read = async () => {
    const keys = await table.get(patterns.keys, [])
    if (!keys) throw new Error('the territory has no keys yet')
    held = { keys, at: now().getTime() }
    return keys
  }
  const within = (age: number) => (held && now().getTime() - held.at < age ? held.keys : undefined)
  return {
    current: async () => within(good) ?? read(),
    anew: async () => within(patience) ?? read(),
  }
}
