import type { KeysItem } from '../../platform/patterns.ts'
import { activationCode, codeHash } from '../accounts.ts'
import { derived } from '../secrets.ts'

/** Recovery codes of a person: each is good once, in place of the app or passkey that is lost. */
const howMany = 10

/** The codes that the write of this key gives: the same ones for a repeat. Each has the 60 bits of an activation code. */
export const recoveryCodes = (keys: KeysItem, person: string, key: string): string[] =>
  Array.from({ length: howMany }, (_, at) => activationCode(derived(keys, 'recovery', person, key, at)))

/** The stored hash of a recovery code. */
export const recoveryHash = (person: string, code: string): string => codeHash(`recovery|${person}`, code)

/**
 * Those codes of a write's key that are stored, for a repeat of it: a first answer may have given none, and some may have been
 * used, or all made anew since. Undefined: there are none.
 */
export const givenBefore = (
  keys: KeysItem,
  { recovery }: { readonly recovery: readonly string[] },
  person: string,
  key: string,
): string[] | undefined => {
  const stored = new Set(recovery)
  const codes = recoveryCodes(keys, person, key).filter(code => stored.has(recoveryHash(person, code)))
  return codes.length > 0 ? codes : undefined
}
