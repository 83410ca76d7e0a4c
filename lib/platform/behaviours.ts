import { boardCache, boardsPrefix, indexCache } from '../../shared/kernel/board.ts'
import { type CachedRead, type Contract, type EdgeCache, isCached, type Route } from '../../shared/kernel/route.ts'

/** A cache behaviour of the edge for cached reads: its path pattern, and the cache settings that their routes need. */
export type CachedBehaviour = {
  readonly kind: CachedRead['kind']
  /** `/api/audiences/*` */
  readonly pattern: string
  /** The query parameters in the cache key. */
  readonly query: readonly string[]
  /** Seconds that the edge may keep a copy, including the time in which it may be served stale. */
  readonly longest: number
}

/** `/api/audiences/*`: the prefix that all cached reads of a kind share, so that each kind has one behaviour. */
const patternOf = (route: CachedRead): string => `${route.path.split('/').slice(0, 3).join('/')}/*`

const longestOf = ({ ttl, staleWhileRevalidate, staleIfError }: EdgeCache) =>
  ttl + Math.max(staleWhileRevalidate, staleIfError)

const routesOf = (contracts: readonly Contract[]) => contracts.flatMap(one => Object.values<Route>(one.routes))

/** The edge's behaviours for cached reads. */
export const cachedBehaviours = (contracts: readonly Contract[]): CachedBehaviour[] => {
  const cached = routesOf(contracts).filter(isCached)
  return [...Map.groupBy(cached, patternOf)].map(([pattern, routes]) => ({
    kind: routes[0]?.kind ?? 'shared',
    pattern,
    query: [...new Set(routes.flatMap(route => Object.keys(route.query?._zod.def.shape ?? {})))].sort(),
    longest: Math.max(...routes.map(({ cache }) => longestOf(cache))),
  }))
}

/** The edge's behaviours for all other routes: one for each first part of their paths. */
export const privateBehaviours = (contracts: readonly Contract[]): string[] => [
  ...new Set(
    routesOf(contracts)
      .filter(route => !isCached(route))
      .map(route => `/${route.path.split('/')[1]}/*`),
  ),
]

/** The edge's behaviour for boards and indexes; undefined if no contract declares a board. */
export const boardsBehaviour = (
  contracts: readonly Contract[],
): Pick<CachedBehaviour, 'pattern' | 'longest'> | undefined =>
  contracts.some(one => one.board)
    ? {
        pattern: `${boardsPrefix}*`,
        longest: Math.max(...[boardCache, indexCache].map(longestOf)),
      }
    : undefined
