import { useSyncExternalStore } from 'react'
import { type Me, sessionContract } from '../../shared/session/contract.ts'
import { type Call, client, type Network, send } from './client.ts'
import type { Failure } from './failure.ts'
import { renewal } from './renewal.ts'
import { type Session, sessionState } from './session.ts'
import { localStore, sessionStore } from './storage.ts'

/** Wires this page's session and API client to the browser. Their logic is in session.ts, renewal.ts and client.ts. */

const network: Network = {
  fetch: (address, init) => fetch(address, init),
  wait: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
  random: Math.random,
  now: Date.now,
}

const store = sessionState({ localStore, sessionStore })

/** Messages to the other tabs. Without BroadcastChannel they notice the change at their next request. */
const channel =
  typeof window === 'undefined' || !('BroadcastChannel' in window) ? undefined : new BroadcastChannel('preau')
type TabMessage = { readonly me: Me; readonly personal: boolean } | 'signed-out'

const endListeners = new Set<(why: Failure | undefined) => void>()

const closeHere = (why: Failure | undefined) => {
  store.close()
  for (const listener of endListeners) listener(why)
}

channel?.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => {
  if (data === 'signed-out') {
    if (store.current().state === 'signed-in') closeHere(undefined)
  } else if (store.current().state !== 'signed-in' || personOf(store.current()) === data.me.person.id)
    store.open(data.me, data.personal, Date.now(), undefined)
  // Another person signed in in another tab, and the cookie is theirs now: this page starts again.
  else location.assign('/')
})

const personOf = (session: Session) => (session.state === 'signed-in' ? session.me.person.id : undefined)

/** Opens the session on this page and in the other tabs. `at`: the API's clock, in milliseconds. */
export const openSession = (me: Me, personal: boolean, at?: number): void => {
  store.open(me, personal, Date.now(), at)
  channel?.postMessage({ me, personal } satisfies TabMessage)
}

/** Ends the session on this page and in the other tabs; `why` if that was not asked for. */
export const closeSession = (why?: Failure): void => {
  channel?.postMessage('signed-out' satisfies TabMessage)
  closeHere(why)
}

/** Calls `listener` whenever the session ends; the reason is absent when the person asked for it. */
export const onSessionEnd = (listener: (why: Failure | undefined) => void): (() => void) => {
  endListeners.add(listener)
  return () => endListeners.delete(listener)
}

const isPersonal = () => {
  const session = store.current()
  return session.state === 'signed-in' && session.personal
}

const renew = renewal({
  exchange: key => send(network, sessionContract.routes.renew, {}, { key }),
  storage: localStore,
  alone: work => navigator.locks?.request('preau-renewal', work) ?? work(),
  now: Date.now,
  renewed: (me, at) => openSession(me, isPersonal(), at),
})

/** Calls a route of the API. Screens read by read.ts and write by write.ts. */
export const call: Call = client(network, {
  open: () => store.current().state === 'signed-in',
  stale: () => store.stale(Date.now()),
  renew,
  ended: closeSession,
})

/**
 * Asks the API who is signed in where nothing is stored: in a new tab of a shared device. Resolves to the session, whose
 * state stays `unknown` if the API could not be reached.
 */
export const resolveSession = async (): Promise<Session> => {
  if (store.current().state !== 'unknown') return store.current()
  const ask = () => send(network, sessionContract.routes.me, {})
  let found = await ask()
  if (!found.ok && found.problem.type === 'session-stale' && (await renew(Date.now())).ok) found = await ask()
  if (found.ok) openSession(found.value.value, isPersonal(), found.value.at)
  else if (found.problem.type !== 'unreachable' && found.problem.type !== 'unavailable') store.close()
  return store.current()
}

export const currentSession = (): Session => store.current()

export const useSession = (): Session => useSyncExternalStore(store.subscribe, store.current)

/** Who is signed in. For screens that the router shows to people signed in only: throws elsewhere. */
export const useMe = (): Me => {
  const session = useSession()
  if (session.state !== 'signed-in') throw new Error('useMe() outside the screens of people signed in')
  return session.me
}
