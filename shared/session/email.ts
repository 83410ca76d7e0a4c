import * as z from 'zod/mini'

/** An e-mail address; its length after RFC 5321. */
export const Email = z.email().check(z.maxLength(254))
