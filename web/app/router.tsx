import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  useRouterState,
} from '@tanstack/react-router'
import type { Role } from '../../shared/kernel/role.ts'
import { currentSession, findSession } from '../platform/api.ts'
import { keepContent } from '../platform/content.ts'
import { Broken, NoPermission, NotFound, Pending, Unreachable } from './fallbacks.tsx'
import { consultants } from './places.ts'
import { Shell } from './shell.tsx'

/** A screen's search parameter that is a text, or nothing. */
const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined)

const root = createRootRoute({ component: Outlet })

/** What people signed in see: others are sent to sign in, and come back to where they were going. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ location }) => {
    const session = await findSession()
    if (session.state === 'signed-out') {
      const next = location.href === '/' ? undefined : location.href
      throw redirect({ to: '/sign-in', search: { next }, replace: true })
    }
    if (session.state === 'signed-in' && session.personal) await keepContent(session.me.person.id)
  },
  component: () => {
    // Asked again whenever the router has moved, because what it found out is not the router's own state.
    useRouterState({ select: state => state.resolvedLocation?.href })
    return currentSession().state === 'signed-in' ? <Shell /> : <Unreachable />
  },
})

/** Lets a screen show for these roles only; the API decides for itself. */
const only = (...roles: readonly Role[]) => ({
  beforeLoad: () => {
    const session = currentSession()
    if (session.state === 'signed-in' && !session.me.roles.some(({ role }) => roles.includes(role)))
      throw new Forbidden()
  },
})

class Forbidden extends Error {}

/*
 * One route a screen, each its own chunk. A feature's screen is a component without properties: it finds its
 * parameters by `useParams({ strict: false })` or `getRouteApi(path)`, and who is signed in by useMe().
 */
const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: lazyRouteComponent(() => import('../home/home-screen.tsx'), 'HomeScreen'),
})
/** The list, and within it the item that is read: one screen, which stays while one goes from item to item. */
const news = createRoute({
  getParentRoute: () => inside,
  path: '/news',
  validateSearch: (search): { show?: string | undefined; of?: string | undefined } => ({
    show: text(search.show),
    of: text(search.of),
  }),
  component: lazyRouteComponent(() => import('../news/news-screen.tsx'), 'NewsScreen'),
})
const newsItem = createRoute({ getParentRoute: () => news, path: '/$audience/$news' })
const publishers = only('teacher', 'pupil-life', 'head', 'administrator')
const newsWrite = createRoute({
  getParentRoute: () => inside,
  path: '/news/write',
  ...publishers,
  component: lazyRouteComponent(() => import('../news/compose/compose-screen.tsx'), 'ComposeScreen'),
})
const newsEdit = createRoute({
  getParentRoute: () => inside,
  path: '/news/write/$news',
  ...publishers,
  component: lazyRouteComponent(() => import('../news/compose/edit-screen.tsx'), 'EditScreen'),
})
const newsMine = createRoute({
  getParentRoute: () => inside,
  path: '/news/mine',
  validateSearch: (search): { of?: string | undefined } => ({ of: text(search.of) }),
  ...publishers,
  component: lazyRouteComponent(() => import('../news/published/published-screen.tsx'), 'PublishedScreen'),
})
const newsReaders = createRoute({
  getParentRoute: () => inside,
  path: '/news/$news/readers',
  ...publishers,
  component: lazyRouteComponent(() => import('../news/published/readers-screen.tsx'), 'ReadersScreen'),
})
const directory = createRoute({
  getParentRoute: () => inside,
  path: '/directory',
  ...only(...consultants),
  component: lazyRouteComponent(() => import('../directory/directory-screen.tsx'), 'DirectoryScreen'),
})
const account = createRoute({
  getParentRoute: () => inside,
  path: '/account',
  component: lazyRouteComponent(() => import('../session/account.tsx'), 'Account'),
})
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { next?: string | undefined; why?: string | undefined } => ({
    next: text(search.next),
    why: text(search.why),
  }),
  component: lazyRouteComponent(() => import('../session/sign-in.tsx'), 'SignIn'),
})
const activate = createRoute({
  getParentRoute: () => root,
  path: '/activate',
  component: lazyRouteComponent(() => import('../session/activate.tsx'), 'Activate'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    inside.addChildren([
      home,
      news.addChildren([newsItem]),
      newsWrite,
      newsEdit,
      newsMine,
      newsReaders,
      directory,
      account,
    ]),
    signIn,
    activate,
  ]),
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: props => (props.error instanceof Forbidden ? <NoPermission /> : <Broken {...props} />),
  defaultPendingComponent: Pending,
  defaultPreload: 'intent',
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
