import { navigate } from 'wouter/use-browser-location'
import type { Me } from '../../shared/session/contract.ts'
import { openSession } from '../platform/api.ts'
import { forgetContent } from '../platform/content.ts'
import { speak, startingLanguage } from '../platform/language.ts'

/** An address of this app to go to after signing in; home for anything else, another site's above all. */
export const nextAddress = (asked: string | undefined): string => {
  // Browsers read \ as /, and leave tabs and line ends out.
  if (!asked || !/^\/(?![/\\\t\n\r])/.test(asked)) return '/'
  return /^\/(sign-in|activate)\b/.test(asked) ? '/' : asked
}

/** Begins the session on this device, and goes where the person was going. */
export const enter = async (me: Me, personal: boolean, asked?: string): Promise<void> => {
  // Whatever somebody else read here is not this person's.
  await forgetContent()
  openSession(me, personal)
  speak(startingLanguage(me))
  navigate(nextAddress(asked), { replace: true })
}
