import { type ReactNode, useEffect } from 'react'
import { matchRoute, Route, Router, type RouterObject, useRouter } from 'wouter'
import { usePathname } from 'wouter/use-browser-location'
import type { Role } from '../../shared/kernel/role.ts'
import { useSession } from '../platform/api.ts'
import type { Path } from '../platform/navigation.ts'
import { Boundary } from './boundary.tsx'
import { Arriving, type Chunk, chunk } from './chunk.tsx'
import { NotFound } from './fallbacks.tsx'
import { Inside, Only } from './guard.tsx'
import { consultants } from './places.ts'
import { aroundNav } from './scroll.ts'
import { Shell } from './shell.tsx'

type Screen = {
  readonly chunk: Chunk
  /** Who finds it. Absent: everybody signed in. `anyone`: also who is not. */
  readonly for?: 'anyone' | readonly Role[]
}

const publishers: readonly Role[] = ['teacher', 'pupil-life', 'head', 'administrator']

/** The list, and beside it or in its place the item that is read: one screen, which stays from item to item. */
const news = chunk(async () => (await import('../news/news-screen.tsx')).NewsScreen)

/**
 * The screens, each its own chunk, in the order in which their paths are tried. A feature's screen is a component
 * without properties: it finds its parameters by useParams(), its search by useSearch() and who is signed in by useMe().
 */
const screens: { readonly [At in Path]: Screen } = {
  '/': { chunk: chunk(async () => (await import('../home/home-screen.tsx')).HomeScreen) },
  '/news': { chunk: news },
  '/news/write': {
    chunk: chunk(async () => (await import('../news/compose/compose-screen.tsx')).ComposeScreen),
    for: publishers,
  },
  '/news/write/:news': {
    chunk: chunk(async () => (await import('../news/compose/edit-screen.tsx')).EditScreen),
    for: publishers,
  },
  '/news/mine': {
    chunk: chunk(async () => (await import('../news/published/published-screen.tsx')).PublishedScreen),
    for: publishers,
  },
  '/news/:news/readers': {
    chunk: chunk(async () => (await import('../news/published/readers-screen.tsx')).ReadersScreen),
    for: publishers,
  },
  '/news/:audience/:news': { chunk: news },
  '/directory': {
    chunk: chunk(async () => (await import('../directory/directory-screen.tsx')).DirectoryScreen),
    for: consultants,
  },
  '/account': { chunk: chunk(async () => (await import('../session/account/account.tsx')).Account) },
  '/sign-in': { chunk: chunk(async () => (await import('../session/sign-in.tsx')).SignIn), for: 'anyone' },
  '/activate': {
    chunk: chunk(async () => (await import('../session/activation/activate.tsx')).Activate),
    for: 'anyone',
  },
}

const paths = Object.keys(screens) as Path[]

const pathOf = ({ parser }: RouterObject, pathname: string): Path | undefined =>
  paths.find(path => matchRoute(parser, path, pathname)[0])

/** Fetches a screen when a link to it is pointed at, touched or reached by the keyboard. */
const usePreload = (router: RouterObject) => {
  useEffect(() => {
    const onIntent = ({ target }: Event) => {
      const link = target instanceof Element ? target.closest('a') : null
      const path = link?.origin === location.origin ? pathOf(router, link.pathname) : undefined
      if (path) screens[path].chunk.load()
    }
    const events = ['pointerover', 'focusin'] as const
    for (const event of events) addEventListener(event, onIntent, { passive: true })
    return () => {
      for (const event of events) removeEventListener(event, onIntent)
    }
  }, [router])
}

const Found = ({ screen, pathname }: { readonly screen: Screen; readonly pathname: string }) => {
  // It comes while it is found out who is signed in.
  useEffect(() => screen.chunk.load(), [screen.chunk])
  const arriving = <Arriving of={screen.chunk} />
  if (screen.for === 'anyone') return arriving
  return (
    <Inside>
      <Boundary at={pathname}>{screen.for ? <Only roles={screen.for}>{arriving}</Only> : arriving}</Boundary>
    </Inside>
  )
}

/** An address of no screen: what can be reached stands around it for who is signed in. */
const Nowhere = () => {
  const isSignedIn = useSession().state === 'signed-in'
  return isSignedIn ? (
    <Shell>
      <NotFound />
    </Shell>
  ) : (
    <NotFound />
  )
}

const Screens = (): ReactNode => {
  const router = useRouter()
  const pathname = usePathname()
  usePreload(router)
  const path = pathOf(router, pathname)
  return (
    <Boundary at={pathname}>
      {path ? (
        <Route path={path}>
          <Found screen={screens[path]} pathname={pathname} />
        </Route>
      ) : (
        <Nowhere />
      )}
    </Boundary>
  )
}

/** The web app: the screen of the address where one is. */
export const App = () => (
  <Router aroundNav={aroundNav}>
    <Screens />
  </Router>
)
