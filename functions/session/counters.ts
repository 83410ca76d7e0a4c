import type { KeysItem } from '../platform/patterns.ts'
import { derived } from './secrets.ts'

/** What is guessed at a login: a password, or an activation code. */
export const guessedSecrets = ['password', 'code'] as const
/** And a second factor, at the person whose login and password were right. */
type Guessed = (typeof guessedSecrets)[number] | 'factor'

/** Names of counters are HMACs: neither a login nor an address can be derived from what is stored. */
export const counterOf = (keys: KeysItem, secret: Guessed, ...of: readonly (string | number)[]): string =>
  derived(keys, 'guesses', secret, ...of)
    .toString('base64url')
    .slice(0, 22)
