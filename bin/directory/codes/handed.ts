import type { IssuedCode } from '../../../shared/directory/contract.ts'
import type { Role } from '../../../shared/kernel/role.ts'

/** A code to be handed to a person, and in which role they are in the school. */
export type Handed = { readonly role: Role; readonly code: IssuedCode }

/** In the order codes are handed out in: class by class for pupils, then those who answer for them, then the staff. */
const order = ['pupil', 'guardian', 'teacher', 'pupil-life', 'staff', 'head', 'administrator'] as const satisfies Role[]

/** Where a role stands in that order. */
export const placeOf = (role: Role): number => order.indexOf(role)
