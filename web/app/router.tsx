import { lazy, type ReactNode, useEffect } from 'react'
import { matchRoute, Route, Router, type RouterObject, useRouter } from 'wouter'
import { usePathname } from 'wouter/use-browser-location'
import { featureList } from '../features.ts'
import { useSession } from '../platform/api.ts'
import { FileChooserProvider } from '../ui/files/file-chooser.ts'
import { LazyScreen } from './chunk.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { NotFound } from './fallbacks.tsx'
import { RequireRole, RequireSession } from './guard.tsx'
import { type RoutedScreen, screensOf } from './screens.ts'
import { aroundNav } from './scroll.ts'
import { Shell } from './shell.tsx'

const screens = screensOf(featureList)

/** The chooser of files of the feature that has one, fetched with the first form that shows it. */
const loadChooser = featureList.find(({ fileChooser }) => fileChooser)?.fileChooser
const FileChooser =
  loadChooser &&
  lazy(() =>
    loadChooser().then(
      chooser => ({ default: chooser }),
      // A form without it can be written and sent.
      () => ({ default: () => null }),
    ),
  )

const screenAt = ({ parser }: RouterObject, pathname: string): RoutedScreen | undefined =>
  screens.find(({ path }) => matchRoute(parser, path, pathname)[0])

/** Preloads a screen's chunk when a link to it is pointed at, touched or focused. */
const usePreload = (router: RouterObject) => {
  useEffect(() => {
    const onIntent = ({ target }: Event) => {
      const link = target instanceof Element ? target.closest('a') : null
      if (link?.origin === location.origin) screenAt(router, link.pathname)?.chunk.load()
    }
    const events = ['pointerover', 'focusin'] as const
    for (const event of events) addEventListener(event, onIntent, { passive: true })
    return () => {
      for (const event of events) removeEventListener(event, onIntent)
    }
  }, [router])
}

const MatchedScreen = ({ screen, pathname }: { readonly screen: RoutedScreen; readonly pathname: string }) => {
  const router = useRouter()
  const { state } = useSession()
  // What is likely to be shown is fetched while the session is resolved: the screen to somebody whom this device knows,
  // and sign-in to anybody else, for whom nothing of the screen is fetched before it is known who they are.
  useEffect(() => {
    if (screen.for === 'anyone' || state === 'signed-in') screen.chunk.load()
    else screenAt(router, '/sign-in')?.chunk.load()
  }, [screen, state, router])
  const shown = <LazyScreen chunk={screen.chunk} />
  if (screen.for === 'anyone') return screen.layout === 'open' && state === 'signed-in' ? <Shell>{shown}</Shell> : shown
  return (
    <RequireSession layout={screen.layout}>
      <ErrorBoundary at={pathname}>
        {screen.for ? <RequireRole roles={screen.for}>{shown}</RequireRole> : shown}
      </ErrorBoundary>
    </RequireSession>
  )
}

/** An address that no screen has: within the shell for who is signed in. */
const UnmatchedAddress = () => {
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
  const screen = screenAt(router, pathname)
  return (
    <ErrorBoundary at={pathname}>
      {screen ? (
        <Route path={screen.path}>
          <MatchedScreen screen={screen} pathname={pathname} />
        </Route>
      ) : (
        <UnmatchedAddress />
      )}
    </ErrorBoundary>
  )
}

/** The web app: the screen at the current address. */
export const App = () => (
  <Router aroundNav={aroundNav}>
    <FileChooserProvider value={FileChooser}>
      <Screens />
    </FileChooserProvider>
  </Router>
)
