import { ok, type Result } from '../../../shared/kernel/result.ts'
import { authorized, type Network, type Sessions } from '../client.ts'
import { type Failure, failureOf } from '../failure.ts'

/** Milliseconds: the edge itself gives up after one. A slow network may take longer. */
const timeout = 10_000

/** What came of asking for an index or a board's file. */
export type BoardReply =
  /** `age`: milliseconds since the bucket last confirmed it. */
  | { readonly outcome: 'found'; readonly content: unknown; readonly age: number }
  /** The bucket has no such file (it says 403 or 404), or the reader does not hold its audience. */
  | { readonly outcome: 'gone' }
  | { readonly outcome: 'failed'; readonly failure: Failure }

/** Asks the edge for a path below /boards/. */
export type AskBoards = (path: string) => Promise<BoardReply>

type Raw = { readonly status: number; readonly content: unknown; readonly age: number }

/** Asks once, as whoever the cookie says; `status` is 200 or 404. */
export const askPath = async (network: Network, path: string): Promise<Result<Raw, Failure>> => {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), timeout)
  try {
    const response = await network.fetch(path, {
      credentials: 'same-origin',
      // The edge says what is current, and the app keeps what it has read in a store of its own.
      cache: 'no-store',
      headers: { accept: 'application/json' },
      signal: abort.signal,
    })
    if (response.status === 403 || response.status === 404) return ok({ status: 404, content: undefined, age: 0 })
    if (!response.ok) return { ok: false, problem: await failureOf(response) }
    const age = Number.parseInt(response.headers.get('age') ?? '', 10)
    return ok({ status: 200, content: await response.json(), age: age > 0 ? age * 1000 : 0 })
  } catch {
    return { ok: false, problem: { type: 'unreachable' } }
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Asks for indexes and boards, once: the next poll repeats what failed. A token that has ended for the API is still good
 * here, so it is renewed only where the edge says so.
 */
export const boardAsker =
  (network: Network, sessions: Sessions): AskBoards =>
  async path => {
    const replied = await authorized(network, sessions, () => askPath(network, path), { ahead: false })
    if (!replied.ok) return { outcome: 'failed', failure: replied.problem }
    const { status, content, age } = replied.value
    return status === 404 ? { outcome: 'gone' } : { outcome: 'found', content, age }
  }
