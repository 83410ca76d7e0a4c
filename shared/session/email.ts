import * as z from 'zod/mini'

/** An e-mail address; its length, and that of what stands before the @, after RFC 5321 (4.5.3.1). */
export const Email = z.email().check(z.regex(/^[^@]{1,64}@/), z.maxLength(254))
