import * as z from 'zod/mini'
import { atMost } from '../kernel/length.ts'
import { typedLogin } from './login.ts'

/** No login is as long. */
const tooLong = 81

/**
 * A login is made at activation-code time: letters, digits, dots, hyphens. However it is typed, it is folded: login.ts. What
 * can be no login is one that nobody has: whoever mistypes is told so, not that the form is wrong.
 */
export const Login = z.string().check(
  z.minLength(1),
  z.maxLength(200),
  z.overwrite(typed => typedLogin(typed).slice(0, tooLong)),
)
/** Length only: what may be refused besides is decided by rules.ts, after NIST SP 800-63B. */
export const Password = z.string().check(z.minLength(1), atMost(256))
