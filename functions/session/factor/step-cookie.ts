import { timingSafeEqual } from 'node:crypto'
import { minute } from '../../../shared/kernel/dates.ts'
import { stepCookie } from '../../platform/caller.ts'
import type { KeysItem } from '../../platform/patterns.ts'
import { derived } from '../secrets.ts'

/** Seconds for which a sign-in waits for its second step. */
export const stepLifetime = 10 * minute

/** A sign-in that waits for its second step. */
export type Step = { readonly person: string; readonly step: string }

const proofOf = (keys: KeysItem, { person, step }: Step) => derived(keys, 'step', person, step).toString('base64url')

const cookieOf = (value: string, maxAge: number) =>
  `${stepCookie}=${value}; Path=/api/session; Secure; HttpOnly; SameSite=Strict; Max-Age=${maxAge}`

/** The cookie of a step: the person, the step and an HMAC of both. */
export const stepCookieOf = (keys: KeysItem, step: Step): string =>
  cookieOf([step.person, step.step, proofOf(keys, step)].join('.'), stepLifetime)

/** Removes it from the browser. */
export const clearedStepCookie = (): string => cookieOf('', 0)

/** The step that the cookie names; undefined if it is not one of ours. The stored step says whether it waits still. */
export const readStep = (text: string | undefined, keys: KeysItem): Step | undefined => {
  const match = /^([0-9a-z]{16})\.([0-9a-z]{20})\.([A-Za-z0-9_-]{43})$/.exec(text ?? '')
  if (!match) return undefined
  const [, person = '', step = '', proof = ''] = match
  const isOurs = timingSafeEqual(Buffer.from(proof), Buffer.from(proofOf(keys, { person, step })))
  return isOurs ? { person, step } : undefined
}
