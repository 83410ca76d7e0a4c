import { day } from './dates.ts'

/** Seconds for which the API remembers a write's first answer, by its Idempotency-Key. */
export const answerLifetime = 30 * day

/** Seconds after which a device no longer sends a write again: earlier than answers are forgotten. */
export const resendLifetime = 28 * day

/** The header in which a write names the person by whom it is to be done: it is refused where somebody else is signed in. */
export const personHeader = 'preau-person'
