import { lastContact, serverDate, serverNow } from '../../../platform/server-time.ts'

/** When something was done, as the server judges it: SentHandIn of shared/work/hand-in.ts. */
export type Moment = {
  readonly at: string
  /** Milliseconds that were added to the device's clock for the server's time. */
  readonly offset: number
  readonly contactAt?: string | undefined
}

/** This moment. What is handed in once its files have arrived was done when the button was touched. */
export const thisMoment = (): Moment => {
  const contact = lastContact()
  return {
    at: serverDate().toISOString(),
    offset: serverNow() - Date.now(),
    ...(contact !== undefined && { contactAt: new Date(contact).toISOString() }),
  }
}
