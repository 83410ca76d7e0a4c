import type { LeakedPasswords } from '../../functions/session/leaked-passwords.ts'

/** No leaked passwords: what is refused then is refused by the rules that the browser knows too. */
export const nothingLeaked: LeakedPasswords = { has: () => false }
