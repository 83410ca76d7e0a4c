import { type ReactNode, useEffect, useState } from 'react'
import type { Role } from '../../shared/kernel/role.ts'
import { resolveSession, useSession } from '../platform/api.ts'
import { persistContent } from '../platform/content.ts'
import { here, navigate } from '../platform/navigation.ts'
import type { Session } from '../platform/session.ts'
import type { Screen } from '../ui/feature.ts'
import { NoPermission, Pending, Unreachable } from './fallbacks.tsx'
import { Shell } from './shell.tsx'

/** Resolves an unknown session with GET /api/me, then restores that person's cached queries from IndexedDB. */
const restorePerson = async (session: Session): Promise<void> => {
  if (session.state === 'unknown') await resolveSession()
  if (session.state === 'signed-in' && session.personal) await persistContent(session.me.person.id)
}

/** Redirects to sign-in, which leads back to the address that was asked for. */
const ToSignIn = () => {
  const [asked] = useState(here)
  useEffect(() => {
    navigate({ to: '/sign-in', search: { next: asked === '/' ? undefined : asked }, replace: true })
  }, [asked])
  return <Pending />
}

type RequireSessionProps = { readonly layout?: Screen['layout']; readonly children: ReactNode }

/** Shows a screen in the shell to people signed in, and redirects others to sign-in. */
export const RequireSession = ({ layout, children }: RequireSessionProps) => {
  const session = useSession()
  const [resolved, setResolved] = useState<Session>()
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again for another state, or when the person asks.
  useEffect(() => {
    let isUnmounted = false
    void restorePerson(session).then(() => {
      if (!isUnmounted) setResolved(session)
    })
    return () => {
      isUnmounted = true
    }
  }, [session.state, tries])
  const isResolved = resolved?.state === session.state
  if (session.state === 'signed-in') return <Shell layout={layout}>{isResolved ? children : <Pending />}</Shell>
  if (session.state === 'signed-out') return <ToSignIn />
  return isResolved ? <Unreachable onRetry={() => setTries(tries + 1)} /> : <Pending />
}

/** Shows a screen to people with one of these roles. The API checks for itself. */
export const RequireRole = ({ roles, children }: { readonly roles: readonly Role[]; readonly children: ReactNode }) => {
  const session = useSession()
  const isAllowed = session.state === 'signed-in' && session.me.roles.some(({ role }) => roles.includes(role))
  return isAllowed ? children : <NoPermission />
}
