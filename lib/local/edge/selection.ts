import type { Headers } from '../http.ts'
import type { CachePolicyProperties, OriginRequestPolicyProperties } from './configuration.ts'

type Names = readonly string[] | undefined

/** Whether a policy includes the cookie, query parameter or header of this name. */
type Includes = (name: string) => boolean

const includes = (behaviour: string, names: Names): Includes => {
  const listed = new Set(names)
  if (behaviour === 'none') return () => false
  if (behaviour === 'whitelist') return name => listed.has(name)
  if (behaviour === 'allExcept') return name => !listed.has(name)
  return () => true
}

const lower = (names: Names) => names?.map(name => name.toLowerCase())

/** The parts of a request that a policy includes. Header names are lower-case. */
export type Selection = {
  readonly query: Includes
  readonly cookie: Includes
  readonly header: Includes
  /** Whether it may include any cookie. */
  readonly cookies: boolean
}

/** The parts of a request that belong to the cache key, beside its path. */
export const keySelection = (policy: CachePolicyProperties): Selection => {
  const { CookiesConfig, HeadersConfig, QueryStringsConfig } = policy.ParametersInCacheKeyAndForwardedToOrigin
  return {
    query: includes(QueryStringsConfig.QueryStringBehavior, QueryStringsConfig.QueryStrings),
    cookie: includes(CookiesConfig.CookieBehavior, CookiesConfig.Cookies),
    header: includes(HeadersConfig.HeaderBehavior, lower(HeadersConfig.Headers)),
    cookies: CookiesConfig.CookieBehavior !== 'none',
  }
}

/** The parts of a request that go to the origin: those of the cache key and those of the origin request policy. */
export const originSelection = (
  policy: CachePolicyProperties,
  forward: OriginRequestPolicyProperties | undefined,
): Selection => {
  const key = keySelection(policy)
  if (!forward) return key
  const { CookiesConfig, HeadersConfig, QueryStringsConfig } = forward
  const query = includes(QueryStringsConfig.QueryStringBehavior, QueryStringsConfig.QueryStrings)
  const cookie = includes(CookiesConfig.CookieBehavior, CookiesConfig.Cookies)
  const header = includes(HeadersConfig.HeaderBehavior, lower(HeadersConfig.Headers))
  return {
    query: name => key.query(name) || query(name),
    cookie: name => key.cookie(name) || cookie(name),
    header: name => key.header(name) || header(name),
    cookies: key.cookies || CookiesConfig.CookieBehavior !== 'none',
  }
}

/** The values that a policy includes. */
export const select = (values: Headers, isIncluded: Includes): Headers => {
  const selected: Headers = Object.create(null)
  for (const name in values) if (isIncluded(name)) selected[name] = values[name] as string[]
  return selected
}
