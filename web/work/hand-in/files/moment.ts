import { madeNow } from '../../../platform/outbox/keep-write.ts'
import { lastContact } from '../../../platform/server-time.ts'

/** When something was done, and when the device had last heard of the server then: SentHandIn of shared/work/hand-in.ts. */
export type Moment = { readonly at: string; readonly contactAt?: string }

/** This moment. What is handed in once its files have arrived was done when the button was touched. */
export const thisMoment = (): Moment => {
  const [at, contact] = [madeNow(), lastContact()]
  return { at, ...(contact !== undefined && { contactAt: new Date(contact).toISOString() }) }
}
