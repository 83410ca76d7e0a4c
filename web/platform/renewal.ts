import { randomId } from '../../shared/kernel/ids.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import type { Me } from '../../shared/session/contract.ts'
import type { Failure } from './failure.ts'
import { safely } from './storage.ts'

/** The renewed session. */
type Renewed = { readonly value: Me }

export type RenewalParts = {
  /** Calls the route `renew` with this Idempotency-Key. */
  readonly exchange: (key: string) => Promise<Result<Renewed, Failure>>
  /** Shared by the tabs of this browser. */
  readonly storage: Storage
  /** Runs `work` while no other tab runs its own. */
  readonly alone: <Value>(work: () => Promise<Value>) => Promise<Value>
  readonly now: () => number
  readonly renewed: (me: Me) => void
}

/** After these it is not known whether the token was exchanged. */
const isUnclear = ({ type }: Failure) => type === 'unreachable' || type === 'unavailable' || type === 'unexpected'

const pendingKey = 'preau.renewal'
const lastRenewal = 'preau.renewed'

/**
 * Renews the session once, however many requests and tabs find it stale at the same moment, because a refresh token used
 * twice ends the session. The Idempotency-Key is stored until an answer came: after a lost reply, or a closed page, the
 * renewal is repeated under the same key and not taken for a stolen token.
 */
export const renewal = ({ exchange, storage, alone, now, renewed }: RenewalParts) => {
  const once = async (): Promise<Result<undefined, Failure>> => {
    const pending = storage.getItem(pendingKey)
    const key = pending ?? randomId()
    safely(() => storage.setItem(pendingKey, key))
    const reply = await exchange(key)
    if (!reply.ok && isUnclear(reply.problem)) return reply
    storage.removeItem(pendingKey)
    // An earlier page got the answer to this key and was closed before it could delete the key.
    if (!reply.ok && pending && reply.problem.type === 'idempotency-key-reused') return once()
    if (!reply.ok) return reply
    safely(() => storage.setItem(lastRenewal, String(now())))
    renewed(reply.value.value)
    return ok(undefined)
  }
  let running: Promise<Result<undefined, Failure>> | undefined
  /** Renews, unless it was done, here or in another tab, after `sentAt` (milliseconds). */
  return (sentAt: number): Promise<Result<undefined, Failure>> => {
    running ??= alone(async () => {
      const last = Number(storage.getItem(lastRenewal) ?? 0)
      // A time in the future was stored while the device's clock was ahead.
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
