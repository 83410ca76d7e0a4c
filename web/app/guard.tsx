import { type ReactNode, useEffect, useState } from 'react'
import type { Role } from '../../shared/kernel/role.ts'
import { featureList } from '../features.ts'
import { currentSession, resolveSession, useSession } from '../platform/api.ts'
import { atMost } from '../platform/at-most.ts'
import { persistContent, type TakeOver } from '../platform/content.ts'
import { navigate, wayBack } from '../platform/navigation.ts'
import type { Session } from '../platform/session.ts'
import type { Screen } from '../ui/feature.ts'
import { NoPermission, Pending, Unreachable } from './fallbacks.tsx'
import { Shell } from './shell.tsx'

/** Milliseconds for which a screen waits for the API to say who is signed in, and then for the edge. */
const patience = 1_500
const edgePatience = 2_000
/** Milliseconds between two attempts to reach the API where it has not yet said who is signed in. */
const retryInterval = 20_000

const askByEdge = async () => (await import('../platform/boards/reader.ts')).readByEdge()

/** Has each feature take over what its earlier versions left, before anything stored is judged or replaced. */
const takeOver: TakeOver = async content => {
  const changed = await Promise.all(featureList.map(feature => feature.takeOver?.(content)))
  return changed.includes(true)
}

/**
 * Resolves an unknown session: the API says who it is, else the edge, so that one can read while the API is down. Then
 * restores what this device has stored for that person.
 */
const restorePerson = async (session: Session): Promise<void> => {
  if (session.state === 'unknown') {
    await atMost(patience, resolveSession())
    if (currentSession().state === 'unknown') await atMost(edgePatience, askByEdge())
  }
  if (session.state !== 'signed-in') return
  if (session.personal) await persistContent(session.me.person.id, takeOver)
  else await takeOver(undefined).catch(() => undefined)
}

/** Asks the API from time to time, as long as it has not said who is signed in. */
const useRetry = (session: Session): void => {
  const isOpen = session.state === 'unknown' || (session.state === 'signed-in' && session.isReader === true)
  useEffect(() => {
    if (!isOpen) return undefined
    const ask = () => {
      if (document.visibilityState === 'visible') void resolveSession()
    }
    const timer = setInterval(ask, retryInterval)
    for (const event of ['online', 'focus']) addEventListener(event, ask)
    return () => {
      clearInterval(timer)
      for (const event of ['online', 'focus']) removeEventListener(event, ask)
    }
  }, [isOpen])
}

/** Redirects to sign-in, which leads back to the address that was asked for. */
const ToSignIn = () => {
  const [next] = useState(wayBack)
  useEffect(() => {
    navigate({ to: '/sign-in', search: { next }, replace: true })
  }, [next])
  return <Pending />
}

/** Redirects somebody whose role needs a second factor, and who has none, to where it is set up. */
const ToSecondFactor = () => {
  useEffect(() => {
    navigate({ to: '/second-factor', replace: true })
  }, [])
  return <Pending />
}

type RequireSessionProps = { readonly layout?: Screen['layout']; readonly children: ReactNode }

/** Shows a screen in the shell to people signed in, and redirects others to sign-in. */
export const RequireSession = ({ layout, children }: RequireSessionProps) => {
  const session = useSession()
  const [resolved, setResolved] = useState<Session>()
  const [tries, setTries] = useState(0)
  useRetry(session)
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
  if (session.state === 'signed-in' && session.me.factorMissing) return <ToSecondFactor />
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
