import { randomId } from '../../shared/kernel/ids.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import type { Me } from '../../shared/session/contract.ts'
import type { Failure } from './failure.ts'
import { safely } from './storage.ts'

/** A session renewed, and the API's clock when it was. */
type Renewed = { readonly value: Me; readonly at: number | undefined }

export type RenewalParts = {
  /** Calls the route `renew` with this Idempotency-Key. */
  readonly exchange: (key: string) => Promise<Result<Renewed, Failure>>
  /** What is shared by the tabs of this browser. */
  readonly storage: Storage
  /** Runs `work` while no other tab runs its own. */
  readonly alone: <Value>(work: () => Promise<Value>) => Promise<Value>
  readonly now: () => number
  readonly renewed: (me: Me, at: number | undefined) => void
}

const keyKept = 'preau.renewal'
const lastKept = 'preau.renewed'

/**
 * Renews the session: once, however many requests and tabs find it stale at the same moment, because a refresh token
 * presented twice ends the session. The Idempotency-Key is kept until an answer came, so that a reply lost on the way,
 * even with the page itself, is asked for again and not taken for a theft.
 */
export const renewal = ({ exchange, storage, alone, now, renewed }: RenewalParts) => {
  const once = async (): Promise<Result<undefined, Failure>> => {
    const kept = storage.getItem(keyKept)
    const key = kept ?? randomId()
    safely(() => storage.setItem(keyKept, key))
    const reply = await exchange(key)
    if (!reply.ok && (reply.problem.type === 'unreachable' || reply.problem.type === 'unavailable')) return reply
    storage.removeItem(keyKept)
    // The answer to this key came once, and the page was closed before it could forget the key.
    if (!reply.ok && kept && reply.problem.type === 'idempotency-key-reused') return once()
    if (!reply.ok) return reply
    safely(() => storage.setItem(lastKept, String(now())))
    renewed(reply.value.value, reply.value.at)
    return ok(undefined)
  }
  let running: Promise<Result<undefined, Failure>> | undefined
  /** Renews, unless it was done, here or in another tab, after `sentAt` (milliseconds). */
  return (sentAt: number): Promise<Result<undefined, Failure>> => {
    running ??= alone(async () => {
      const last = Number(storage.getItem(lastKept) ?? 0)
      // One that is still to come was noted by a clock since put right.
      if (last >= sentAt && last <= now()) return ok(undefined)
      return once()
    })
      .catch((): Result<undefined, Failure> => fail({ type: 'unreachable' }))
      .finally(() => {
        running = undefined
      })
    return running
  }
}
