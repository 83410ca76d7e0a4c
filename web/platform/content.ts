import { QueryClient, type QueryKey } from '@tanstack/react-query'
import { createStore, del, get, set, type UseStore } from 'idb-keyval'
import { onReturn } from './attention.ts'

/**
 * What was read, kept in memory and, on a personal device, on the device: the last known content, with its age, is
 * shown at once and without a network. It belongs to one person and is gone when they sign out.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 4_000,
      gcTime: 24 * 3_600_000,
      // call() has tried again by itself.
      retry: false,
      refetchOnReconnect: 'always',
    },
  },
})

/** Milliseconds: older content than this is not shown again. */
const oldest = 14 * 86_400_000
/** Milliseconds between two savings. */
const pause = 1_000

/** What was read, and when. */
type Read = { readonly key: QueryKey; readonly data: unknown; readonly at: number }
type Kept = { readonly person: string; readonly shapes: string; readonly at: number; readonly reads: readonly Read[] }

/** Of the replies this version reads (vite.config.ts). */
const shapes: string = import.meta.env.VITE_CONTRACTS

let database: UseStore | undefined
const store = (): UseStore => {
  database ??= createStore('preau', 'content')
  return database
}

const keptAs = 'content'
let saving: ReturnType<typeof setTimeout> | undefined
let unsubscribe: (() => void) | undefined
let owner: string | undefined

const save = async () => {
  saving = undefined
  if (!owner) return
  const reads = queryClient
    .getQueryCache()
    .findAll({ predicate: query => query.state.status === 'success' })
    .map(({ queryKey: key, state: { data, dataUpdatedAt: at } }): Read => ({ key, data, at }))
  await set(keptAs, { person: owner, shapes, at: Date.now(), reads } satisfies Kept, store()).catch(() => undefined)
}

/** Shows what `person` read last, and keeps what they read from now on. A device that keeps nothing is no failure. */
export const keepContent = async (person: string): Promise<void> => {
  if (owner === person) return
  const kept = await get<Kept>(keptAs, store()).catch(() => undefined)
  if (kept?.person === person && kept.shapes === shapes && Date.now() - kept.at < oldest) {
    // What has been read already is younger.
    for (const { key, data, at } of kept.reads)
      if (queryClient.getQueryData(key) === undefined) queryClient.setQueryData(key, data, { updatedAt: at })
    // However young: it may have been kept before what the person did last.
    await queryClient.invalidateQueries({ refetchType: 'none' })
  }
  owner = person
  unsubscribe?.()
  unsubscribe = queryClient.getQueryCache().subscribe(event => {
    if (event.type === 'updated' && event.action.type === 'success') saving ??= setTimeout(() => void save(), pause)
  })
}

/** Forgets all that was read, here and on the device. */
export const forgetContent = async (): Promise<void> => {
  owner = undefined
  unsubscribe?.()
  unsubscribe = undefined
  clearTimeout(saving)
  saving = undefined
  queryClient.clear()
  await del(keptAs, store()).catch(() => undefined)
}

/** Asks again, at once, for what is polled when the person comes back to the page. */
export const refreshOnReturn = (): void =>
  onReturn(() => {
    void queryClient.refetchQueries({
      type: 'active',
      predicate: query => query.meta?.live === true && query.isStale(),
    })
  })
