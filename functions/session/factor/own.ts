import { problem } from '../../../shared/kernel/problem.ts'
import { fail, ok } from '../../../shared/kernel/result.ts'
import type { AnswerOf } from '../../platform/request.ts'
import { isSet } from '../factor-patterns.ts'
import { needsFactor } from './needed.ts'
import { beginChange, changed, type FactorPlatform, ownerOf, type Request, type Routes } from './owner.ts'
import { recoveryCodes, recoveryHash } from './recovery.ts'
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

/** Removes the app's codes or a passkey. */
export const removeFactor =
  (platform: FactorPlatform) =>
  async (request: Request<'remove'>): Promise<AnswerOf<Routes['remove']>> => {
    const { body, now, repeat, commit } = request
    if (repeat) return ok(undefined)
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

/** Makes recovery codes anew. */
export const renewRecovery =
  (platform: FactorPlatform) =>
  async (request: Request<'renewRecovery'>): Promise<AnswerOf<Routes['renewRecovery']>> => {
    const { caller, repeat, commit, key } = request
    const codes = recoveryCodes(await platform.keys.current(), caller.person, key)
    if (repeat) return ok({ recovery: codes })
    const change = await beginChange(platform, request)
    if (!change.ok) return change
    const { person, factor: held, after: proved } = change.value
    if (!isSet(held)) return fail(problem('conflict'))
    const recovery = codes.map(code => recoveryHash(person.id, code))
    return commit(changed(person.id, held, { ...proved, recovery }), { recovery: codes }, { remember: false })
  }
