import { problem } from '../../../shared/kernel/problem.ts'
import { fail, ok } from '../../../shared/kernel/result.ts'
import type { AnswerOf } from '../../platform/request.ts'
import { type FactorItem, isSet } from '../factor-patterns.ts'
import { needsFactor } from './needed.ts'
import { beginChange, changed, type FactorPlatform, ownerOf, type Request, type Routes } from './owner.ts'
import { givenBefore, recoveryCodes, recoveryHash } from './recovery.ts'
import { factorProblem } from './step.ts'

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

/** True if somebody has what a request asks to remove. */
const isHeld = ({ totp, passkeys }: FactorItem, what: Request<'remove'>['body']['what']): boolean =>
  what === 'totp' ? totp !== undefined : passkeys.some(({ id }) => id === what.passkey)

/** Removes the app's codes or a passkey. */
export const removeFactor =
  (platform: FactorPlatform) =>
  async (request: Request<'remove'>): Promise<AnswerOf<Routes['remove']>> => {
    const { caller, body, now, repeat, commit } = request
    if (repeat) {
      const owner = await ownerOf(platform, caller.person)
      if (!owner.ok) return owner
      return isHeld(owner.value.factor, body.what) ? fail(problem('idempotency-key-reused')) : ok(undefined)
    }
    const change = await beginChange(platform, request)
    if (!change.ok) return change
    const { person, factor: held, after: proved } = change.value
    const { what } = body
    const { totp, totpSince, ...withoutTotp } = proved
    const rest =
      what === 'totp' ? withoutTotp : { ...proved, passkeys: proved.passkeys.filter(({ id }) => id !== what.passkey) }
    const left = isSet(rest)
    if (!left && needsFactor(person, platform.config)) return fail(factorProblem('factor-needed'))
    const next = left ? rest : { ...rest, recovery: [] }
    return commit(changed(person.id, held, next, { kind: 'factor-removed', now }), undefined, { remember: false })
  }

/** Makes recovery codes anew. A repeat is told those that are still good; where there are none any more, it is a conflict. */
export const renewRecovery =
  (platform: FactorPlatform) =>
  async (request: Request<'renewRecovery'>): Promise<AnswerOf<Routes['renewRecovery']>> => {
    const { caller, repeat, commit, key } = request
    const keys = await platform.keys.current()
    if (repeat) {
      const owner = await ownerOf(platform, caller.person)
      if (!owner.ok) return owner
      const recovery = givenBefore(keys, owner.value.factor, caller.person, key)
      return recovery ? ok({ recovery }) : fail(problem('conflict'))
    }
    const codes = recoveryCodes(keys, caller.person, key)
    const change = await beginChange(platform, request)
    if (!change.ok) return change
    const { person, factor: held, after: proved } = change.value
    if (!isSet(held)) return fail(problem('conflict'))
    const recovery = codes.map(code => recoveryHash(person.id, code))
    return commit(changed(person.id, held, { ...proved, recovery }), { recovery: codes }, { remember: false })
  }
