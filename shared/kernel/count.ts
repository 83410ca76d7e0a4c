import * as z from 'zod/mini'

/** How many: a whole number, none or more. */
export const Count = z.int().check(z.minimum(0))

/** How often something was written: 1 at first. */
export const Version = z.int().check(z.minimum(1))
