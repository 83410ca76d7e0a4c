import { randomBytes } from 'node:crypto'
import { after, epochSeconds, minute } from '../../../shared/kernel/dates.ts'
import { problem } from '../../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../../shared/kernel/result.ts'
import type { factorContract, Proof } from '../../../shared/session/factor-contract.ts'
import { directoryPatterns, type PersonItem } from '../../directory/audiences.ts'
import { put, remove, update } from '../../platform/operation.ts'
import type { Platform } from '../../platform/platform.ts'
import type { AnswerOf, RequestOf } from '../../platform/request.ts'
import type { factorAccess } from '../access.ts'
import { type AccountItem, accountPatterns, eventOf } from '../accounts.ts'
import { type FactorItem, factorPatterns, isSet } from '../factor-patterns.ts'
import { guessWithin } from '../guesses.ts'
import { sessionPatterns } from '../patterns.ts'
import { derived } from '../secrets.ts'
import { mayHaveFactor, needsFactor } from './needed.ts'
import { creationOf, madePasskey, newChallenge, requestOf } from './passkeys.ts'
import { afterProof } from './prove.ts'
import { recoveryCodes, recoveryHash } from './recovery.ts'
import { seal, unseal } from './seal.ts'
import { factorProblem } from './step.ts'
import { addressOf, base32Of, periodOfCode, secretLength } from './totp.ts'

type Routes = (typeof factorContract)['routes']
type FactorPlatform = Platform<typeof factorAccess>
type Request<Name extends keyof Routes> = RequestOf<Routes[Name], typeof factorAccess>

/** Seconds for which what is being set up waits for its confirmation. */
const enrolmentLifetime = 10 * minute
const mostPasskeys = 10
const consistent = { consistent: true } as const
const nothing: FactorItem = { passkeys: [], recovery: [], version: 0 }

/** Somebody to whom a second factor is offered, their account, and what they have. */
type Owner = { readonly person: PersonItem; readonly account: AccountItem; readonly factor: FactorItem }

const ownerOf = async ({ table }: FactorPlatform, id: string): Promise<Result<Owner>> => {
  const [person, account, factor] = await Promise.all([
    table.get(directoryPatterns.person, { person: id }),
    table.get(accountPatterns.account, { person: id }),
    table.get(factorPatterns.factor, { person: id }, consistent),
  ])
  if (!person || !account) return fail(problem('session-ended'))
  return mayHaveFactor(person) ? ok({ person, account, factor: factor ?? nothing }) : fail(problem('not-allowed'))
}

/** Writes a factor on condition of the version it was made of. */
const written = (person: string, before: FactorItem, next: FactorItem) =>
  put(
    'factor',
    factorPatterns.factor,
    { person },
    { ...next, version: before.version + 1 },
    before.version === 0 ? { absent: true } : { is: { version: before.version } },
  )

const noted = (person: string, kind: 'factor-added' | 'factor-removed', now: Date) =>
  eventOf(person, { at: now.toISOString(), kind })

/** The caller's second factor. */
export const factor =
  (platform: FactorPlatform) =>
  async ({ caller }: Request<'factor'>): Promise<AnswerOf<Routes['factor']>> => {
    const owner = await ownerOf(platform, caller.person)
    if (!owner.ok) return owner
    const { person, factor: held } = owner.value
    return ok({
      required: needsFactor(person, platform.config),
      ...(held.totp !== undefined && held.totpSince !== undefined && { totp: held.totpSince }),
      passkeys: held.passkeys.map(({ id, label, since, lastUsed }) => {
        return { id, label, since, ...(lastUsed !== undefined && { lastUsed }) }
      }),
      recovery: held.recovery.length,
      ...(held.reset && { reset: held.reset }),
    })
  }

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
    const before = await platform.table.get(factorPatterns.enrolment, { person: person.id }, consistent)
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
    const before = await platform.table.get(factorPatterns.enrolment, { person: id }, consistent)
    const what = { totp: seal(secret, id, keys), challenge: before?.challenge ?? randomBytes(16).toString('base64url') }
    const issuer = `Préau ${client.host}`.trim()
    return commit(
      [enrolment(id, now, what)],
      { secret: base32Of(secret), address: addressOf(secret, { issuer, login: account.login }) },
      { remember: false },
    )
  }

type Changing = Pick<Request<'remove'>, 'caller' | 'client' | 'key' | 'now' | 'commit'>

/**
 * The factor after a proof of the present one, of which there must be one where there is a factor: so that nobody at an
 * unlocked screen adds their own or removes the owner's.
 */
const proved = async (
  platform: FactorPlatform,
  { caller, client, now }: Changing,
  held: FactorItem,
  proof: Proof | undefined,
  asked: string | undefined,
): Promise<Result<FactorItem, ReturnType<typeof factorProblem<'wrong-factor'>>>> => {
  if (!isSet(held)) return ok(held)
  const keys = await platform.keys.current()
  const proving = { person: caller.person, keys, now, host: client.host, challenge: asked }
  const next = proof && (await afterProof(held, proof, proving))
  return next ? ok(next) : fail(factorProblem('wrong-factor'))
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
      written(person, before, item),
      remove('enrolment', factorPatterns.enrolment, { person }),
      noted(person, 'factor-added', now),
      ...(caller.pending
        ? [update('session', sessionPatterns.session, { person, session }, { remove: ['pending'] }, { present: true })]
        : []),
    ],
    codes ? { recovery: codes } : {},
    // The session's item is one of the operations, where it waited.
    { remember: false, checkSession: caller.pending !== true },
  )
}

/** Confirms the app's secret by a code of it. */
export const confirmTotp =
  (platform: FactorPlatform) =>
  async (request: Request<'confirmTotp'>): Promise<AnswerOf<Routes['confirmTotp']>> => {
    const { caller, body, now, repeat, key } = request
    const keys = await platform.keys.current()
    if (repeat) return ok({ recovery: recoveryCodes(keys, caller.person, key) })
    const attempt = await guessWithin(platform, caller.session)
    if (!attempt.ok) return attempt
    const owner = await ownerOf(platform, caller.person)
    if (!owner.ok) return owner
    const { factor: held } = owner.value
    const begun = await platform.table.get(factorPatterns.enrolment, { person: caller.person }, consistent)
    if (begun?.totp === undefined) return fail(factorProblem('step-ended'))
    const before = await proved(platform, request, held, body.proof, begun.challenge)
    if (!before.ok) return before
    const totpStep = periodOfCode(unseal(begun.totp, caller.person, keys), body.code, now, undefined)
    if (totpStep === undefined) return fail(factorProblem('wrong-factor'))
    const next = { ...before.value, totp: begun.totp, totpSince: now.toISOString(), totpStep }
    return added(platform, request, held, next)
  }

/** Adds a passkey. */
export const addPasskey =
  (platform: FactorPlatform) =>
  async (request: Request<'addPasskey'>): Promise<AnswerOf<Routes['addPasskey']>> => {
    const { caller, client, body, now, repeat, key } = request
    if (repeat) return ok({ recovery: recoveryCodes(await platform.keys.current(), caller.person, key) })
    const attempt = await guessWithin(platform, caller.session)
    if (!attempt.ok) return attempt
    const owner = await ownerOf(platform, caller.person)
    if (!owner.ok) return owner
    const { factor: held } = owner.value
    if (held.passkeys.length >= mostPasskeys) return fail(factorProblem('too-many-passkeys'))
    const begun = await platform.table.get(factorPatterns.enrolment, { person: caller.person }, consistent)
    if (!begun) return fail(factorProblem('step-ended'))
    const before = await proved(platform, request, held, body.proof, begun.challenge)
    if (!before.ok) return before
    const asked = { host: client.host, challenge: begun.challenge }
    const made = await madePasskey(body.passkey, asked, { label: body.label, now })
    if (!made) return fail(factorProblem('wrong-factor'))
    const others = before.value.passkeys.filter(({ id }) => id !== made.id)
    return added(platform, request, held, { ...before.value, passkeys: [...others, made] })
  }

/** The challenge that a passkey proves itself by within a session, if one was asked for. */
const challengeOf = async ({ table }: FactorPlatform, person: string) =>
  (await table.get(factorPatterns.enrolment, { person }, consistent))?.challenge

/** Removes the app's codes or a passkey. */
export const removeFactor =
  (platform: FactorPlatform) =>
  async (request: Request<'remove'>): Promise<AnswerOf<Routes['remove']>> => {
    const { caller, body, now, repeat, commit } = request
    if (repeat) return ok(undefined)
    const attempt = await guessWithin(platform, caller.session)
    if (!attempt.ok) return attempt
    const owner = await ownerOf(platform, caller.person)
    if (!owner.ok) return owner
    const { person, factor: held } = owner.value
    const asked = await challengeOf(platform, caller.person)
    const before = await proved(platform, request, held, body.proof, asked)
    if (!before.ok) return before
    const { what } = body
    const { totp, totpSince, ...withoutTotp } = before.value
    const rest =
      what === 'totp'
        ? withoutTotp
        : { ...before.value, passkeys: before.value.passkeys.filter(({ id }) => id !== what.passkey) }
    const left = isSet(rest)
    if (!left && needsFactor(person, platform.config)) return fail(factorProblem('factor-needed'))
    return commit(
      [
        written(person.id, held, left ? rest : { ...rest, recovery: [] }),
        remove('enrolment', factorPatterns.enrolment, { person: person.id }),
        noted(person.id, 'factor-removed', now),
      ],
      undefined,
      { remember: false },
    )
  }

/** Makes recovery codes anew. */
export const renewRecovery =
  (platform: FactorPlatform) =>
  async (request: Request<'renewRecovery'>): Promise<AnswerOf<Routes['renewRecovery']>> => {
    const { caller, body, repeat, commit, key } = request
    const codes = recoveryCodes(await platform.keys.current(), caller.person, key)
    if (repeat) return ok({ recovery: codes })
    const attempt = await guessWithin(platform, caller.session)
    if (!attempt.ok) return attempt
    const owner = await ownerOf(platform, caller.person)
    if (!owner.ok) return owner
    const { person, factor: held } = owner.value
    if (!isSet(held)) return fail(problem('conflict'))
    const before = await proved(platform, request, held, body.proof, await challengeOf(platform, person.id))
    if (!before.ok) return before
    const recovery = codes.map(code => recoveryHash(person.id, code))
    return commit(
      [
        written(person.id, held, { ...before.value, recovery }),
        remove('enrolment', factorPatterns.enrolment, { person: person.id }),
      ],
      { recovery: codes },
      { remember: false },
    )
  }
