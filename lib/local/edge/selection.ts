import type { Headers } from '../http.ts'
import type { CachePolicyProperties, OriginRequestPolicyProperties } from './configuration.ts'

type Names = readonly string[] | undefined

/** Whether a policy takes the cookie, query string or header of this name. */
type Choice = (name: string) => boolean

const choice = (behaviour: string, names: Names): Choice => {
  const listed = new Set(names)
  if (behaviour === 'none') return () => false
  if (behaviour === 'whitelist') return name => listed.has(name)
  if (behaviour === 'allExcept') return name => !listed.has(name)
  return () => true
}

const lower = (names: Names) => names?.map(name => name.toLowerCase())

/** What a policy takes of a request. Header names are lower-case. */
export type Selection = {
  readonly query: Choice
  readonly cookie: Choice
  readonly header: Choice
  readonly cookies: boolean
}

/** What of a request belongs to the cache key, beside its path. */
export const keySelection = (policy: CachePolicyProperties): Selection => {
  const { CookiesConfig, HeadersConfig, QueryStringsConfig } = policy.ParametersInCacheKeyAndForwardedToOrigin
  return {
    query: choice(QueryStringsConfig.QueryStringBehavior, QueryStringsConfig.QueryStrings),
    cookie: choice(CookiesConfig.CookieBehavior, CookiesConfig.Cookies),
    header: choice(HeadersConfig.HeaderBehavior, lower(HeadersConfig.Headers)),
    cookies: CookiesConfig.CookieBehavior !== 'none',
  }
}

/** What of a request goes to the origin: the cache key's part and what the origin request policy adds. */
export const originSelection = (
  policy: CachePolicyProperties,
  forward: OriginRequestPolicyProperties | undefined,
): Selection => {
  const key = keySelection(policy)
  if (!forward) return key
  const { CookiesConfig, HeadersConfig, QueryStringsConfig } = forward
  const query = choice(QueryStringsConfig.QueryStringBehavior, QueryStringsConfig.QueryStrings)
  const cookie = choice(CookiesConfig.CookieBehavior, CookiesConfig.Cookies)
  const header = choice(HeadersConfig.HeaderBehavior, lower(HeadersConfig.Headers))
  return {
    query: name => key.query(name) || query(name),
    cookie: name => key.cookie(name) || cookie(name),
    header: name => key.header(name) || header(name),
    cookies: key.cookies || CookiesConfig.CookieBehavior !== 'none',
  }
}

/** The part of `values` that a policy takes. */
export const select = (values: Headers, takes: Choice): Headers => {
  const taken: Headers = Object.create(null)
  for (const name in values) if (takes(name)) taken[name] = values[name] as string[]
  return taken
}
