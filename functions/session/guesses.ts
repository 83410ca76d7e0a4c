import { after, day, epochSeconds, hour, minute } from '../../shared/kernel/dates.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import { sessionProblem } from '../../shared/session/contract.ts'
import { type Operation, remove, update } from '../platform/operation.ts'
import type { Platform } from '../platform/platform.ts'
import type { signInAccess } from './access.ts'
import { counterOf } from './counters.ts'
import { networksOf, placeOf, widths } from './networks.ts'
import { sessionPatterns } from './patterns.ts'
import { reserve, type TooMany } from './reserve.ts'

/**
 * A sign-in or activation attempt, before the secret is verified. `account` is the login typed, known or not; of a second
 * factor the person.
 */
export type Guess = {
  readonly secret: 'password' | 'code' | 'factor'
  readonly account: string
  readonly address: string
  /** The id of a device where this person has signed in before. */
  readonly device: string | undefined
}

/**
 * An attempt that was admitted. `wrong` counts it against its networks; `clear` deletes its counter; `right`, after the
 * sign-in, ends the account's row of failures and remembers the place.
 */
export type Attempt = {
  readonly wrong: () => Promise<void>
  readonly clear: Operation<'remove', typeof sessionPatterns.throttle>
  readonly right: () => Promise<void>
}

type PasswordPlatform = Platform<typeof signInAccess>

/** Attempts an hour without delay: from the narrowest network, and on a device known for the account. */
const free = { network: 5, device: 10 }
/** Consecutive failures at an account from which on the narrowest network has one free attempt at it. */
const accountAlarm = 50
/** The most consecutive failures at an account that NIST allows (SP 800-63B-4, 3.2.2). */
export const mostFailures = 100
/** Beyond them, places where nobody signed in to the account before have one attempt together, and wait as long. */
const beyond = { delays: { first: minute, longest: hour }, window: day }
/** Wrong guesses a minute from the narrowest network, at all accounts. A school that shares an address stays well below. */
const networkLimit = 60
/** Places remembered of an account, and seconds for which its row of failures and they are kept. */
const places = { most: 8, kept: 90 * day }

const openNames = async ({ keys, now }: PasswordPlatform, secret: Guess['secret']) => {
  const current = await keys.current()
  const seconds = epochSeconds(now())
  const name = (...of: (string | number)[]) => counterOf(current, secret, ...of)
  return { name, during: (window: number, ...of: string[]) => name(Math.floor(seconds / window), ...of) }
}

/** Ends an account's row of failures, and puts the place first among those where somebody signed in to it. */
const endRow = ({ table, now }: PasswordPlatform, counter: string, known: readonly string[], place: string) => {
  const remembered = [place, ...known.filter(one => one !== place)].slice(0, places.most)
  const expiresAt = epochSeconds(after(now(), places.kept))
  return table.apply(
    update('row', sessionPatterns.throttle, { counter }, { set: { attempts: 0, known: remembered, expiresAt } }),
  )
}

/**
 * Admits an attempt or fails with the seconds to wait, before any hash is computed. Nobody is locked out of their account
 * by others: a device known for it is admitted whatever others do, and so is a place where they signed in before, unless
 * somebody guesses there.
 * Decision: docs/decisions/0044-guesses-by-network-and-account.md
 */
export const guess = async (
  platform: PasswordPlatform,
  { secret, account, address, device }: Guess,
): Promise<Result<Attempt, TooMany>> => {
  const { table, now } = platform
  const { name, during } = await openNames(platform, secret)
  if (device) {
    const own = during(hour, 'device', account, device)
    const reserved = await reserve(platform, own, [{ name: 'all', allowed: free.device }])
    return reserved.ok ? ok({ wrong: async () => {}, clear: cleared(own), right: async () => {} }) : reserved
  }

  const networks = networksOf(address)
  const ofNetworks = networks.map(network => during(minute, 'address', network))
  const ofAccount = name('account', account)
  const counters = [ofAccount, ...ofNetworks].map(counter => ({ counter }))
  const [atAccount, ...atNetworks] = await table.getMany(sessionPatterns.throttle, counters)
  const seconds = epochSeconds(now())
  if (atNetworks.some((one, at) => (one?.attempts ?? 0) >= networkLimit * (widths[at]?.times ?? 1)))
    return fail(sessionProblem('too-many-attempts', { retryAfter: minute - (seconds % minute) }))

  const place = name('place', account, placeOf(networks)).slice(0, 11)
  const known = atAccount?.known ?? []
  // A code has 60 random bits, and nobody has signed in before the first one is used.
  const isBounded = secret !== 'code' && !known.includes(place)
  const isBeyond = isBounded && (atAccount?.attempts ?? 0) >= mostFailures
  if (isBeyond) {
    const reserved = await reserve(platform, name('beyond', account), [{ name: 'all', allowed: 1 }], beyond)
    if (!reserved.ok) return reserved
  }

  const allowed = (atAccount?.attempts ?? 0) >= accountAlarm ? 1 : free.network
  const own = during(hour, 'pair', account, networks.at(-1) ?? '')
  const counts = networks.map((network, at) => {
    return { name: name('width', network).slice(0, 5), allowed: allowed * (widths[at]?.times ?? 1) }
  })
  const reserved = await reserve(platform, own, counts)
  if (!reserved.ok) return reserved
  // Counted before the hash as well: of a thousand guesses at once, no more than a hundred are verified.
  const { attempts = 0 } = await table.applyAndRead(
    update(
      'attempt at account',
      sessionPatterns.throttle,
      { counter: ofAccount },
      { add: { attempts: 1 }, set: { expiresAt: epochSeconds(after(now(), places.kept)) } },
    ),
  )
  if (isBounded && !isBeyond && attempts > mostFailures)
    return fail(sessionProblem('too-many-attempts', { retryAfter: beyond.delays.first }))

  const add = (counter: string) => {
    const change = { add: { attempts: 1 }, set: { expiresAt: epochSeconds(after(now(), 2 * minute)) } }
    return table.apply(update('wrong guess', sessionPatterns.throttle, { counter }, change))
  }
  return ok({
    wrong: async () => {
      await Promise.all(ofNetworks.map(add))
    },
    clear: cleared(own),
    right: async () => {
      await endRow(platform, ofAccount, known, place)
    },
  })
}

const cleared = (counter: string) => remove('guesses', sessionPatterns.throttle, { counter })

/** Remembers the place of an activation, which no sign-in by password has told yet. */
export const rememberPlace = async (platform: PasswordPlatform, account: string, address: string): Promise<void> => {
  const { name } = await openNames(platform, 'password')
  const counter = name('account', account)
  const stored = await platform.table.get(sessionPatterns.throttle, { counter })
  await endRow(
    platform,
    counter,
    stored?.known ?? [],
    name('place', account, placeOf(networksOf(address))).slice(0, 11),
  )
}

/**
 * Slows guesses at the password from within a session, counted by session: somebody at an unlocked screen guesses no
 * faster than at sign-in, and does not delay the owner on other devices.
 */
export const guessWithin = async (
  platform: PasswordPlatform,
  session: string,
): Promise<Result<Pick<Attempt, 'clear'>, TooMany>> => {
  const own = `${session}|${Math.floor(epochSeconds(platform.now()) / hour)}`
  const reserved = await reserve(platform, own, [{ name: 'all', allowed: free.device }])
  return reserved.ok ? ok({ clear: cleared(own) }) : reserved
}
