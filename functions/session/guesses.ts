import { isIPv6 } from 'node:net'
import { after, epochSeconds, hour, minute } from '../../shared/kernel/dates.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import { type Operation, put, remove, update } from '../platform/operation.ts'
import { patterns } from '../platform/patterns.ts'
import type { Platform } from '../platform/platform.ts'
import { derived } from './secrets.ts'

/** Somebody about to say a secret. `account` is the login typed, whether it exists or not. */
export type Guess = {
  readonly secret: 'password' | 'code'
  readonly account: string
  readonly address: string
  /** The id of a device where this person has signed in before. */
  readonly device: string | undefined
}

/** Leave to try. `wrong` counts the guess against its address and account; `clear` forgets the earlier ones. */
export type Attempt = { readonly wrong: () => Promise<void>; readonly clear: Operation }

/** Guesses an hour before each further one has to wait: from an address, and on a device known for the account. */
const free = { address: 5, device: 10 }
/** The wait doubles from 15 seconds up to 5 minutes. */
const delays = { first: 15, longest: 5 * minute }
/** Wrong guesses an hour at one account, from anywhere, after which an address has one free guess at it. */
const accountAlarm = 50
/** Wrong guesses a minute from one address, at any accounts: a school behind one address stays well below. */
const addressLimit = 60

/** Of an IPv6 address the network (its first 64 bits), since a subscriber has all of its addresses. */
const networkOf = (address: string): string => {
  if (!isIPv6(address)) return address
  const [left = '', right] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const groups = left.split(':').filter(Boolean)
  const after = right?.split(':').filter(Boolean) ?? []
  while (right !== undefined && groups.length + after.length < 8) groups.push('0')
  return [...groups, ...after].slice(0, 4).join(':')
}

const waitAfter = (attempts: number, allowed: number): number =>
  attempts < allowed ? 0 : Math.min(delays.longest, delays.first * 2 ** (attempts - allowed))

/**
 * Lets a guess through or says how long to wait, before any hash is computed. Nobody is ever locked out: an address
 * that has not guessed at this account is heard whatever others do, and so is a device known for it.
 * Decision: docs/decisions/0005-slowing-guesses.md
 */
export const guess = async (
  platform: Platform,
  { secret, account, address, device }: Guess,
): Promise<Result<Attempt>> => {
  const { table } = platform
  const keys = await platform.keys.current()
  const now = epochSeconds(platform.now())
  // Neither a login nor an address can be read back from what is stored.
  const name = (window: number, ...of: string[]) =>
    derived(keys, 'guesses', secret, Math.floor(now / window), ...of)
      .toString('base64url')
      .slice(0, 22)
  const network = networkOf(address)
  const ofAddress = name(minute, 'address', network)
  const ofAccount = name(hour, 'account', account)

  let allowed = free.device
  if (!device) {
    const counted = await table.getMany(patterns.throttle, [[ofAddress], [ofAccount]])
    const count = (what: string) => counted.find(one => one.pk === `T#${what}`)?.attempts ?? 0
    if (count(ofAddress) >= addressLimit)
      return fail(problem('too-many-attempts', { retryAfter: minute - (now % minute) }))
    allowed = count(ofAccount) >= accountAlarm ? 1 : free.address
  }
  const own = device ? name(hour, 'device', account, device) : name(hour, 'pair', account, network)
  const reserved = await reserve(platform, own, allowed)
  if (!reserved.ok) return reserved

  const add = (what: string, window: number) =>
    table.apply(
      update('wrong guess', patterns.throttle, [what], {
        add: { attempts: 1 },
        set: { expiresAt: epochSeconds(after(platform.now(), window)) },
      }),
    )
  return ok({
    wrong: async () => {
      if (!device) await Promise.all([add(ofAddress, 2 * minute), add(ofAccount, 2 * hour)])
    },
    clear: remove('guesses', patterns.throttle, [own]),
  })
}

/**
 * Counts an attempt before it is made, so that a thousand at once are not all the first one. `what` names a counter
 * of one hour. Fails with `too-many-attempts` while the last attempt's wait lasts.
 */
const reserve = async ({ table, now }: Platform, what: string, allowed: number): Promise<Result<undefined>> => {
  const at = epochSeconds(now())
  for (let race = 0; race < 6; race++) {
    const held = await table.get(patterns.throttle, [what], { consistent: true })
    const blockedUntil = held?.blockedUntil ?? 0
    if (blockedUntil > at) return fail(problem('too-many-attempts', { retryAfter: blockedUntil - at }))
    const attempts = (held?.attempts ?? 0) + 1
    const wait = waitAfter(attempts, allowed)
    const done = await table.transact([
      put(
        'attempt',
        patterns.throttle,
        [what],
        { attempts, ...(wait > 0 && { blockedUntil: at + wait }), expiresAt: at + 2 * hour },
        held ? { is: { attempts: held.attempts } } : { absent: true },
      ),
    ])
    if (done.ok) return ok(undefined)
  }
  return fail(problem('too-many-attempts', { retryAfter: 1 }))
}

/**
 * Slows guesses at the password from within a session: that session alone. Whoever is at somebody's open screen
 * guesses no faster than at the door, and does not slow the owner elsewhere.
 */
export const guessWithin = async (platform: Platform, session: string): Promise<Result<Attempt>> => {
  const own = `${session}|${Math.floor(epochSeconds(platform.now()) / hour)}`
  const reserved = await reserve(platform, own, free.device)
  if (!reserved.ok) return reserved
  return ok({ wrong: async () => {}, clear: remove('guesses', patterns.throttle, [own]) })
}
