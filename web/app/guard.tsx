import { type ReactNode, useEffect, useState } from 'react'
import type { Role } from '../../shared/kernel/role.ts'
import { findSession, useSession } from '../platform/api.ts'
import { keepContent } from '../platform/content.ts'
import { here, navigate } from '../platform/navigation.ts'
import type { Session } from '../platform/session.ts'
import { NoPermission, Pending, Unreachable } from './fallbacks.tsx'
import { Shell } from './shell.tsx'

/** Finds out what is not known of the session, and brings back what its person read last. */
const settle = async (session: Session): Promise<void> => {
  if (session.state === 'unknown') await findSession()
  if (session.state === 'signed-in' && session.personal) await keepContent(session.me.person.id)
}

/** Sends to sign in, and from there back to where one was going. */
const ToSignIn = () => {
  const [asked] = useState(here)
  useEffect(() => {
    navigate({ to: '/sign-in', search: { next: asked === '/' ? undefined : asked }, replace: true })
  }, [asked])
  return <Pending />
}

/** What people signed in see, and they alone. */
export const Inside = ({ children }: { readonly children: ReactNode }) => {
  const session = useSession()
  const [settled, setSettled] = useState<Session>()
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again for another state, or when the person asks.
  useEffect(() => {
    let isLeft = false
    void settle(session).then(() => {
      if (!isLeft) setSettled(session)
    })
    return () => {
      isLeft = true
    }
  }, [session.state, tries])
  const isSettled = settled?.state === session.state
  if (session.state === 'signed-in') return <Shell>{isSettled ? children : <Pending />}</Shell>
  if (session.state === 'signed-out') return <ToSignIn />
  return isSettled ? <Unreachable onRetry={() => setTries(tries + 1)} /> : <Pending />
}

/** Shows a screen to those who hold one of these roles; the API decides for itself. */
export const Only = ({ roles, children }: { readonly roles: readonly Role[]; readonly children: ReactNode }) => {
  const session = useSession()
  const isHeld = session.state === 'signed-in' && session.me.roles.some(({ role }) => roles.includes(role))
  return isHeld ? children : <NoPermission />
}
