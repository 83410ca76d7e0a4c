import { type EdgeStore, mostKeys, type StoreChanges } from '../platform/edge-store.ts'

/** Secrets as the edge looks them up: those of signing keys by key id, and that of media addresses. */
export type EdgeKeys = Readonly<Record<string, string>>

/** Whether a name in the store is a key id. Other entries of the store are not changed. */
const isKeyId = (name: string) => /^k[0-9a-z]{1,15}$/.test(name)

/** What makes the published keys `keys`, as far as one call takes it: first puts, then deletes. */
const changesTo = (keys: EdgeKeys, stored: ReadonlyMap<string, string>): StoreChanges => {
  const puts = Object.entries(keys)
    .filter(([kid, secret]) => stored.get(kid) !== secret)
    .slice(0, mostKeys)
  const deletes = [...stored.keys()].filter(name => isKeyId(name) && !(name in keys))
  return { puts: new Map(puts), deletes: deletes.slice(0, mostKeys - puts.length) }
}

/** Makes the signing keys in the edge's store exactly `keys`, and changes no other entry. Throws what the store throws. */
export const publishKeys = async (store: EdgeStore, keys: EdgeKeys): Promise<void> => {
  for (;;) {
    const { puts, deletes } = await store.update(async () => changesTo(keys, await store.list()))
    if (puts.size + deletes.length < mostKeys) return
  }
}
