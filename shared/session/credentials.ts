import * as z from 'zod/mini'
import { atMost } from '../kernel/length.ts'
import { typedLogin } from './login.ts'

/** A login is made at activation-code time: letters, digits, dots, hyphens. However it is typed, it is folded: login.ts. */
export const Login = z.string().check(z.maxLength(200), z.overwrite(typedLogin), z.minLength(2), z.maxLength(80))
/** Length only: what may be refused besides is decided by rules.ts, after NIST SP 800-63B. */
export const Password = z.string().check(z.minLength(1), atMost(256))
