import { epochSeconds, hour, minute } from '../../shared/kernel/dates.ts'
import type { Problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import { sessionProblem } from '../../shared/session/contract.ts'
import { update } from '../platform/operation.ts'
import type { Platform } from '../platform/platform.ts'
import type { signInAccess } from './access.ts'
import { sessionPatterns } from './patterns.ts'

/** Why an attempt has to wait. */
export type TooMany = Problem<'too-many-attempts'>
type Reserving = Pick<Platform<typeof signInAccess>, 'table' | 'now'>

/** Seconds of delay after the free attempts: it doubles with each one. */
export type Delays = { readonly first: number; readonly longest: number }
const usual: Delays = { first: 15, longest: 5 * minute }

/** Attempts to count an attempt while other requests change the same counter. */
const mostRaces = 6

/** One of the counts of a counter, by its name in the item, and how many attempts it has without delay. */
export type Count = { readonly name: string; readonly allowed: number }

/** Seconds to wait after so many attempts. */
const waitAfter = (attempts: number, allowed: number, { first, longest }: Delays): number =>
  attempts < allowed ? 0 : Math.min(longest, first * 2 ** Math.min(attempts - allowed, 20))

/**
 * Counts an attempt in each of `counts`, before the secret is verified, so that concurrent attempts cannot all be the
 * first one. All are in one item, so that they are counted by one write, or none is. Fails with `too-many-attempts` during
 * the delay after the last attempt.
 * @param window seconds for which the counter is for.
 */
export const reserve = async (
  { table, now }: Reserving,
  counter: string,
  counts: readonly Count[],
  { delays = usual, window = hour }: { readonly delays?: Delays; readonly window?: number } = {},
): Promise<Result<undefined, TooMany>> => {
  const at = epochSeconds(now())
  for (let race = 0; race < mostRaces; race++) {
    const stored = await table.get(sessionPatterns.throttle, { counter }, { consistent: true })
    const held = stored?.counts ?? {}
    const blockedUntil = Math.max(0, ...counts.map(({ name }) => held[name]?.[1] ?? 0))
    if (blockedUntil > at) return fail(sessionProblem('too-many-attempts', { retryAfter: blockedUntil - at }))
    const counted = counts.map(({ name, allowed }) => {
      const attempts = (held[name]?.[0] ?? 0) + 1
      const wait = waitAfter(attempts, allowed, delays)
      const count: [number, ...number[]] = wait > 0 ? [attempts, at + wait] : [attempts]
      return [name, count] as const
    })
    const attempts = (stored?.attempts ?? 0) + 1
    // An update whose reply is lost may count twice, never not at all.
    const done = await table.applyIf(
      update(
        'attempt',
        sessionPatterns.throttle,
        { counter },
        { set: { attempts, counts: { ...held, ...Object.fromEntries(counted) }, expiresAt: at + window + hour } },
        stored ? { is: { attempts: stored.attempts } } : { absent: true },
      ),
    )
    if (done) return ok(undefined)
  }
  return fail(sessionProblem('too-many-attempts', { retryAfter: 1 }))
}
