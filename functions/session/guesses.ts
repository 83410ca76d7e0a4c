import { isIPv6 } from 'node:net'
import { after, epochSeconds, hour, minute } from '../../shared/kernel/dates.ts'
import type { Problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import { sessionProblem } from '../../shared/session/contract.ts'
import { type Operation, remove, update } from '../platform/operation.ts'
import type { Platform } from '../platform/platform.ts'
import type { passwordAccess } from './access.ts'
import { sessionPatterns } from './patterns.ts'
import { derived } from './secrets.ts'

/** A sign-in or activation attempt, before the secret is verified. `account` is the login typed, known or not. */
export type Guess = {
  readonly secret: 'password' | 'code'
  readonly account: string
  readonly address: string
  /** The id of a device where this person has signed in before. */
  readonly device: string | undefined
}

/** An attempt that was admitted. `wrong` counts it against its address and account; `clear` deletes its counter. */
export type Attempt = {
  readonly wrong: () => Promise<void>
  readonly clear: Operation<'remove', typeof sessionPatterns.throttle>
}

/** Why an attempt has to wait. */
type TooMany = Problem<'too-many-attempts'>
type PasswordPlatform = Platform<typeof passwordAccess>

/** Attempts an hour without delay: from an address, and on a device known for the account. */
const free = { address: 5, device: 10 }
/** Seconds of delay after the free attempts: it doubles with each one. */
const delays = { first: 15, longest: 5 * minute }
/** Wrong guesses an hour at one account, from all addresses, after which each address has one free attempt at it. */
const accountAlarm = 50
/** Wrong guesses a minute from one address, at all accounts. A whole school that shares an address stays well below. */
const addressLimit = 60
/** Attempts to count an attempt while other requests change the same counter. */
const mostRaces = 6

/** The first 64 bits of an IPv6 address, since a subscriber has all addresses with this prefix; an IPv4 address whole. */
const networkOf = (address: string): string => {
  if (!isIPv6(address)) return address
  const [left = '', right] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const groups = left.split(':').filter(Boolean)
  const after = right?.split(':').filter(Boolean) ?? []
  while (right !== undefined && groups.length + after.length < 8) groups.push('0')
  return [...groups, ...after].slice(0, 4).join(':')
}

/** Seconds to wait after so many attempts. */
const waitAfter = (attempts: number, allowed: number): number =>
  attempts < allowed ? 0 : Math.min(delays.longest, delays.first * 2 ** (attempts - allowed))

/**
 * Admits an attempt or fails with the seconds to wait, before any hash is computed. Nobody can lock others out of their
 * account: an address without attempts at this account, or a device known for it, is admitted whatever others do.
 * Decision: docs/decisions/0005-slowing-guesses.md
 */
export const guess = async (
  platform: PasswordPlatform,
  { secret, account, address, device }: Guess,
): Promise<Result<Attempt, TooMany>> => {
  const { table } = platform
  const keys = await platform.keys.current()
  const now = epochSeconds(platform.now())
  // The counters' names are HMACs: neither a login nor an address can be derived from what is stored.
  const name = (window: number, ...of: string[]) =>
    derived(keys, 'guesses', secret, Math.floor(now / window), ...of)
      .toString('base64url')
      .slice(0, 22)
  const network = networkOf(address)
  const ofAddress = name(minute, 'address', network)
  const ofAccount = name(hour, 'account', account)

  let allowed = free.device
  if (!device) {
    const counters = [{ counter: ofAddress }, { counter: ofAccount }]
    const [atAddress, atAccount] = await table.getMany(sessionPatterns.throttle, counters)
    if ((atAddress?.attempts ?? 0) >= addressLimit)
      return fail(sessionProblem('too-many-attempts', { retryAfter: minute - (now % minute) }))
    allowed = (atAccount?.attempts ?? 0) >= accountAlarm ? 1 : free.address
  }
  const own = device ? name(hour, 'device', account, device) : name(hour, 'pair', account, network)
  const reserved = await reserve(platform, own, allowed)
  if (!reserved.ok) return reserved

  const add = (counter: string, window: number) =>
    table.apply(
      update(
        'wrong guess',
        sessionPatterns.throttle,
        { counter },
        {
          add: { attempts: 1 },
          set: { expiresAt: epochSeconds(after(platform.now(), window)) },
        },
      ),
    )
  return ok({
    wrong: async () => {
      if (!device) await Promise.all([add(ofAddress, 2 * minute), add(ofAccount, 2 * hour)])
    },
    clear: remove('guesses', sessionPatterns.throttle, { counter: own }),
  })
}

/**
 * Counts an attempt before the secret is verified, so that concurrent attempts cannot all be the first one. `counter` is
 * for one hour. Fails with `too-many-attempts` during the delay after the last attempt.
 */
const reserve = async (
  { table, now }: PasswordPlatform,
  counter: string,
  allowed: number,
): Promise<Result<undefined, TooMany>> => {
  const at = epochSeconds(now())
  for (let race = 0; race < mostRaces; race++) {
    const stored = await table.get(sessionPatterns.throttle, { counter }, { consistent: true })
    const blockedUntil = stored?.blockedUntil ?? 0
    if (blockedUntil > at) return fail(sessionProblem('too-many-attempts', { retryAfter: blockedUntil - at }))
    const attempts = (stored?.attempts ?? 0) + 1
    const wait = waitAfter(attempts, allowed)
    // An update whose reply is lost may count twice, never not at all.
    const done = await table.applyIf(
      update(
        'attempt',
        sessionPatterns.throttle,
        { counter },
        {
          set: { attempts, expiresAt: at + 2 * hour, ...(wait > 0 && { blockedUntil: at + wait }) },
          ...(wait === 0 && { remove: ['blockedUntil'] }),
        },
        stored ? { is: { attempts: stored.attempts } } : { absent: true },
      ),
    )
    if (done) return ok(undefined)
  }
  return fail(sessionProblem('too-many-attempts', { retryAfter: 1 }))
}

/**
 * Slows guesses at the password from within a session, counted by session: somebody at an unlocked screen guesses no
 * faster than at sign-in, and does not delay the owner on other devices.
 */
export const guessWithin = async (platform: PasswordPlatform, session: string): Promise<Result<Attempt, TooMany>> => {
  const own = `${session}|${Math.floor(epochSeconds(platform.now()) / hour)}`
  const reserved = await reserve(platform, own, free.device)
  if (!reserved.ok) return reserved
  return ok({ wrong: async () => {}, clear: remove('guesses', sessionPatterns.throttle, { counter: own }) })
}
