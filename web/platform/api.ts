import { useSyncExternalStore } from 'react'
import * as z from 'zod/mini'
import { EdgeMe, edgeMePath } from '../../shared/kernel/board.ts'
import type { Result } from '../../shared/kernel/result.ts'
import { type Me, sessionContract } from '../../shared/session/contract.ts'
import { type AskBoards, askPath, boardAsker } from './boards/board-reply.ts'
import { type Call, client, type Network, type Sessions, send } from './client.ts'
import { endsSession, type Failure } from './failure.ts'
import { renewal } from './renewal.ts'
import { noteServerTime, serverNow } from './server-time.ts'
import { type Session, sessionState } from './session.ts'
import { localStore, sessionStore } from './storage.ts'

/** Wires this page's session and API client to the browser. Their logic is in session.ts, renewal.ts and client.ts. */

const network: Network = {
  fetch: async (address, init) => {
    const response = await fetch(address, init)
    noteServerTime(response.headers)
    return response
  },
  wait: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
  random: Math.random,
  now: Date.now,
}

const store = sessionState({ localStore, sessionStore })

/** False from a sign-in on this page until a reply shows that the browser sends the session's cookies. */
let isProven = true

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
    if (store.current().state === 'signed-in') closeHere({ type: 'signed-out-elsewhere' })
  } else if (store.current().state !== 'signed-in' || personOf(store.current()) === data.me.person.id)
    store.open(data.me, data.personal)
  // Another person signed in in another tab, and the cookie is theirs now: this page starts again.
  else location.assign('/')
})

const personOf = (session: Session) => (session.state === 'signed-in' ? session.me.person.id : undefined)

/** Opens the session on this page and in the other tabs. `isNew`: of somebody who has just signed in. */
export const openSession = (me: Me, personal: boolean, { isNew = false } = {}): void => {
  isProven = !isNew
  store.open(me, personal)
  channel?.postMessage({ me, personal } satisfies TabMessage)
}

/** Ends the session on this page and in the other tabs, as the person asked for. */
export const closeSession = (): void => {
  channel?.postMessage('signed-out' satisfies TabMessage)
  closeHere(undefined)
}

/**
 * The session turned out to have ended. Of many requests that find out, the first one counts. Other tabs find out by
 * requests of their own, which keeps their drafts and their way back.
 */
const endedHere = (why: Failure): void => {
  if (store.current().state === 'signed-out') return
  closeHere(isProven ? why : { type: 'cookies-refused' })
}

/**
 * Calls `listener` whenever the session ends; the reason is absent when the person asked for it on this page. Beside the
 * API's problems it may be `signed-out-elsewhere` (asked for in another tab) or `cookies-refused`: the browser sends none.
 */
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
  renewed: me => openSession(me, isPersonal()),
})

/** Renews the session now: the person's access has changed since the token was given. */
export const renewAccess = async (): Promise<void> => void (await renew(Date.now()))

const sessions: Sessions = {
  open: () => store.current().state === 'signed-in',
  stale: () => store.stale(serverNow()),
  renew,
  ended: endedHere,
  answered: () => {
    isProven = true
  },
}

const callAsCookie = client(network, sessions)

/**
 * Calls a route of the API. Screens read by read.ts and write by write.ts. A write is of whoever is signed in on this page,
 * unless `person` names somebody: it is refused where the cookie has become another one's.
 */
export const call: Call = (route, input, options) =>
  callAsCookie(
    route,
    input,
    // By the method: a route's kind is left out of the browser (contracts.plugin.ts).
    route.method === 'GET' ? options : { ...options, person: options?.person ?? personOf(store.current()) },
  )

/** Asks the edge for an index or a board's file. Screens read boards by boards/boards.ts. */
export const askBoards: AskBoards = boardAsker(network, sessions)

/** As call(), for somebody of whom it is not known whether they are signed in: renews a stale token, and ends nothing. */
const askWho = async <Value>(ask: () => Promise<Result<Value, Failure>>): Promise<Result<Value, Failure>> => {
  const found = await ask()
  if (found.ok || found.problem.type !== 'session-stale') return found
  const renewed = await renew(Date.now())
  return renewed.ok ? ask() : renewed
}

/**
 * Asks the API who is signed in where nothing is stored (in a new tab of a shared device), or only the edge has said so.
 * Resolves to the session, whose state stays as it is if the API could not be reached; whoever waits asks again.
 */
export const resolveSession = async (): Promise<Session> => {
  const before = store.current()
  if (before.state === 'signed-in' ? !before.isReader : before.state !== 'unknown') return before
  const found = await askWho(() => send(network, sessionContract.routes.me, {}, { retry: false }))
  if (found.ok) openSession(found.value.value, isPersonal())
  else if (endsSession(found.problem)) store.close()
  return store.current()
}

/** Asks the edge who is signed in; undefined if it cannot say either. */
export const askEdge = async (): Promise<EdgeMe | undefined> => {
  const found = await askWho(() => askPath(network, edgeMePath))
  return found.ok ? z.safeParse(EdgeMe, found.value.content).data : undefined
}

/** Opens the session of somebody whom the edge knows, for reading, on this page only. */
export const openReader = (me: Me): void => {
  const { state } = store.current()
  if (state === 'unknown' || isReader()) store.openReader(me)
}

const isReader = (): boolean => {
  const session = store.current()
  return session.state === 'signed-in' && session.isReader === true
}

export const currentSession = (): Session => store.current()

export const useSession = (): Session => useSyncExternalStore(store.subscribe, store.current)

/** Who is signed in. For screens that the router shows to people signed in only: throws elsewhere. */
export const useMe = (): Me => {
  const session = useSession()
  if (session.state !== 'signed-in') throw new Error('useMe() outside the screens of people signed in')
  return session.me
}
