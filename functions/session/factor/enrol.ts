import { randomBytes } from 'node:crypto'
import { after, epochSeconds, minute } from '../../../shared/kernel/dates.ts'
import { problem } from '../../../shared/kernel/problem.ts'
import { fail, ok } from '../../../shared/kernel/result.ts'
import { put, update } from '../../platform/operation.ts'
import type { AnswerOf } from '../../platform/request.ts'
import { type FactorItem, factorPatterns, isSet } from '../factor-patterns.ts'
import { sessionPatterns } from '../patterns.ts'
import { derived } from '../secrets.ts'
import {
  beginChange,
  type Changing,
  changed,
  enrolmentOf,
  type FactorPlatform,
  ownerOf,
  type Request,
  type Routes,
} from './owner.ts'
import { creationOf, madePasskey, newChallenge, requestOf } from './passkeys.ts'
import { givenBefore, recoveryCodes, recoveryHash } from './recovery.ts'
import { readSealing, seal, unseal } from './seal.ts'
import { factorProblem } from './step.ts'
import { addressOf, base32Of, periodOfCode, secretLength } from './totp.ts'

/** Seconds for which what is being set up waits for its confirmation. */
const enrolmentLifetime = 10 * minute
const mostPasskeys = 10

/** Stores what is being set up, in place of what was before. */
const enrolment = (person: string, now: Date, what: { readonly totp?: string; readonly challenge: string }) =>
  put(
    'enrolment',
    factorPatterns.enrolment,
    { person },
    { ...what, expiresAt: epochSeconds(after(now, enrolmentLifetime)) },
  )

/** What a new passkey is made with, and what an old one answers. */
export const challenge =
  (platform: FactorPlatform) =>
  async ({ caller, client, now, commit }: Request<'challenge'>): Promise<AnswerOf<Routes['challenge']>> => {
    const owner = await ownerOf(platform, caller.person)
    if (!owner.ok) return owner
    const { person, account, factor: held } = owner.value
    const before = await enrolmentOf(platform, person.id)
    const asked = { host: client.host, challenge: newChallenge() }
    const name = `${person.givenName} ${person.familyName}`
    return commit(
      [
        enrolment(person.id, now, {
          ...(before?.totp !== undefined && { totp: before.totp }),
          challenge: asked.challenge,
        }),
      ],
      {
        create: creationOf(held.passkeys, asked, { id: person.id, login: account.login, name }),
        prove: requestOf(held.passkeys, asked),
      },
    )
  }

/** A new secret for an app. It is derived, so that a repeat answers the same one, and stored sealed. */
export const beginTotp =
  (platform: FactorPlatform) =>
  async ({ caller, client, key, now, commit }: Request<'beginTotp'>): Promise<AnswerOf<Routes['beginTotp']>> => {
    const owner = await ownerOf(platform, caller.person)
    if (!owner.ok) return owner
    const { person, account } = owner.value
    const keys = await platform.keys.current()
    const secret = derived(keys, 'totp', person.id, key).subarray(0, secretLength)
    const { id } = person
    const before = await enrolmentOf(platform, id)
    const what = {
      totp: seal(secret, id, await readSealing(platform.table)),
      challenge: before?.challenge ?? randomBytes(16).toString('base64url'),
    }
    const issuer = `Préau ${client.host}`.trim()
    return commit(
      [enrolment(id, now, what)],
      { secret: base32Of(secret), address: addressOf(secret, { issuer, login: account.login }) },
      { remember: false },
    )
  }

/**
 * Writes what was added. With the first factor come recovery codes, which are not stored but derived; the session goes on
 * as a full one.
 */
const added = async (
  platform: FactorPlatform,
  { caller, key, now, commit }: Changing,
  before: FactorItem,
  next: FactorItem,
) => {
  const { person, session } = caller
  const codes = isSet(before) ? undefined : recoveryCodes(await platform.keys.current(), person, key)
  const { reset: _, ...kept } = next
  const item = { ...kept, ...(codes && { recovery: codes.map(code => recoveryHash(person, code)) }) }
  return commit(
    [
      ...changed(person, before, item, { kind: 'factor-added', now }),
      ...(caller.pending
        ? [update('session', sessionPatterns.session, { person, session }, { remove: ['pending'] }, { present: true })]
        : []),
    ],
    codes ? { recovery: codes } : {},
    // The session's item is one of the operations, where it waited.
    { remember: false, checkSession: caller.pending !== true },
  )
}

/**
 * The answer to a repeat of what added a factor, whose first answer is not stored. It is a repeat if the factor is as it asks
 * for: nothing made of the request's body is stored.
 */
const addedBefore = async (
  { keys }: FactorPlatform,
  { caller, key }: Pick<Changing, 'caller' | 'key'>,
  held: FactorItem,
  isAsAsked: boolean,
) => {
  if (!isAsAsked) return fail(problem('idempotency-key-reused'))
  const recovery = givenBefore(await keys.current(), held, caller.person, key)
  return ok(recovery ? { recovery } : {})
}

/** True if the app's secret was confirmed by this code. */
const isConfirmedBy = async (
  { table }: FactorPlatform,
  person: string,
  { totp, totpSince }: FactorItem,
  code: string,
): Promise<boolean> => {
  if (totp === undefined || totpSince === undefined) return false
  const secret = unseal(totp, person, await readSealing(table))
  return periodOfCode(secret, code, new Date(totpSince), undefined) !== undefined
}

/** Confirms the app's secret by a code of it. */
export const confirmTotp =
  (platform: FactorPlatform) =>
  async (request: Request<'confirmTotp'>): Promise<AnswerOf<Routes['confirmTotp']>> => {
    const { caller, body, now, repeat } = request
    if (repeat) {
      const owner = await ownerOf(platform, caller.person)
      if (!owner.ok) return owner
      const { factor: held } = owner.value
      return addedBefore(platform, request, held, await isConfirmedBy(platform, caller.person, held, body.code))
    }
    const change = await beginChange(platform, request)
    if (!change.ok) return change
    const { factor: held, after: proved, begun } = change.value
    if (begun?.totp === undefined) return fail(factorProblem('step-ended'))
    const totpStep = periodOfCode(
      unseal(begun.totp, caller.person, await readSealing(platform.table)),
      body.code,
      now,
      undefined,
    )
    if (totpStep === undefined) return fail(factorProblem('wrong-factor'))
    return added(platform, request, held, { ...proved, totp: begun.totp, totpSince: now.toISOString(), totpStep })
  }

/** Adds a passkey. */
export const addPasskey =
  (platform: FactorPlatform) =>
  async (request: Request<'addPasskey'>): Promise<AnswerOf<Routes['addPasskey']>> => {
    const { caller, client, body, now, repeat } = request
    if (repeat) {
      const owner = await ownerOf(platform, caller.person)
      if (!owner.ok) return owner
      const { factor: held } = owner.value
      const isHeld = held.passkeys.some(({ id, label }) => id === body.passkey.id && label === body.label)
      return addedBefore(platform, request, held, isHeld)
    }
    const change = await beginChange(platform, request)
    if (!change.ok) return change
    const { factor: held, after: proved, begun } = change.value
    if (held.passkeys.length >= mostPasskeys) return fail(factorProblem('too-many-passkeys'))
    if (!begun) return fail(factorProblem('step-ended'))
    const asked = { host: client.host, challenge: begun.challenge }
    const made = await madePasskey(body.passkey, asked, { label: body.label, now })
    if (!made) return fail(factorProblem('wrong-factor'))
    const others = proved.passkeys.filter(({ id }) => id !== made.id)
    return added(platform, request, held, { ...proved, passkeys: [...others, made] })
  }
