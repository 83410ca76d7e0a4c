import type { Contract, Route, SharedRead } from '../../shared/kernel/route.ts'

/** A path pattern of the edge for shared reads, and what their cache key and lifetimes come to. */
export type SharedBehaviour = {
  /** `/api/audiences/*` */
  readonly pattern: string
  /** The query parameters that make another answer. */
  readonly query: readonly string[]
  /** How long the edge may keep a copy at all, stale ones included, in seconds. */
  readonly longest: number
}

const prefixOf = (path: string) => `${path.slice(0, path.indexOf('{'))}*`
const isShared = (route: Route): route is SharedRead => route.kind === 'shared'
const routesOf = (contracts: readonly Contract[]) => contracts.flatMap(one => Object.values<Route>(one.routes))

/** The edge's behaviours for shared reads: one for each beginning their paths have, up to the first placeholder. */
export const sharedBehaviours = (contracts: readonly Contract[]): SharedBehaviour[] => {
  const shared = routesOf(contracts).filter(isShared)
  return [...new Set(shared.map(route => prefixOf(route.path)))].map(pattern => {
    const routes = shared.filter(route => prefixOf(route.path) === pattern)
    const query = routes.flatMap(route => Object.keys(route.query?._zod.def.shape ?? {}))
    return {
      pattern,
      query: [...new Set(query)].sort(),
      longest: Math.max(
        ...routes.map(({ cache }) => cache.ttl + Math.max(cache.staleWhileRevalidate, cache.staleIfError)),
      ),
    }
  })
}

/** The edge's behaviours for all other routes: one for each first part of their paths. */
export const privateBehaviours = (contracts: readonly Contract[]): string[] => [
  ...new Set(
    routesOf(contracts)
      .filter(route => !isShared(route))
      .map(route => `/${route.path.split('/')[1]}/*`),
  ),
]
