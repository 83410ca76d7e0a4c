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
