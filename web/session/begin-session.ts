import { useEffect } from 'react'
import { navigate } from 'wouter/use-browser-location'
import type { Me } from '../../shared/session/contract.ts'
import { openSession, useSession } from '../platform/api.ts'
import { forgetContent } from '../platform/content.ts'
import { initialLanguage, setLanguage } from '../platform/language.ts'
import { navigate as goTo, isDoor } from '../platform/navigation.ts'

/** The address to go to after signing in: `asked` if it is one of this app, else Home. Prevents open redirects. */
export const nextAddress = (asked: string | undefined): string => {
  // Browsers treat \ like / and ignore tabs and line ends in addresses.
  if (!asked || !/^\/(?![/\\\t\n\r])/.test(asked)) return '/'
  return isDoor(asked) ? '/' : asked
}

/** Opens the session on this device: deletes what another person left, and activates the person's language. */
export const beginSession = async (me: Me, personal: boolean): Promise<void> => {
  await forgetContent()
  openSession(me, personal, { isNew: true })
  // Not waited for: Home is not to hang for the texts of another language.
  void setLanguage(initialLanguage(me))
}

/** The form is for who is not signed in: somebody who is goes on to the address that was asked for. */
export const useAlreadyIn = (asked?: string, isMine = true): void => {
  const isIn = useSession().state === 'signed-in' && isMine
  useEffect(() => {
    if (isIn) leaveForm(asked)
  }, [isIn, asked])
}

/** After signing in: replaces the form by the address that the person asked for. */
export const leaveForm = (asked?: string): void => navigate(nextAddress(asked), { replace: true })

/** After the password, where there is a second factor: replaces the form by the second step. */
export const toSecondStep = (next?: string): void => goTo({ to: '/sign-in/step', search: { next }, replace: true })
