import type {
  CachePolicyProperties,
  CustomError,
  DistributionProperties,
  OriginProperties,
  OriginRequestPolicyProperties,
  ResponseHeadersPolicyProperties,
} from './configuration.ts'
import type { ViewerFunction } from './viewer-function.ts'

/** One cache behaviour of the distribution, with its policies. */
export type Behaviour = {
  /** Its path pattern; `*` for the default one. */
  readonly pattern: string
  readonly allowedMethods: ReadonlySet<string>
  readonly compress: boolean
  readonly cache: CachePolicyProperties
  readonly forward: OriginRequestPolicyProperties | undefined
  readonly responseHeaders: ResponseHeadersPolicyProperties | undefined
  readonly viewer: ViewerFunction | undefined
  readonly origin: OriginProperties
  readonly errors: ReadonlyMap<number, CustomError>
}

/** Finds what a behaviour refers to, by id or ARN. Each function throws if there is none. */
export type Lookups = {
  readonly cachePolicy: (id: string) => CachePolicyProperties
  readonly originRequestPolicy: (id: string) => OriginRequestPolicyProperties
  readonly responseHeadersPolicy: (id: string) => ResponseHeadersPolicyProperties
  readonly viewer: (arn: string) => ViewerFunction
}

/** The behaviours in the order in which paths are matched with them; the last one, the default, matches every path. */
export const behavioursOf = (distribution: DistributionProperties, lookups: Lookups): readonly Behaviour[] => {
  const errors = new Map(distribution.CustomErrorResponses.map(one => [one.ErrorCode, one]))
  const last = { ...distribution.DefaultCacheBehavior, PathPattern: '*' }
  return [...distribution.CacheBehaviors, last].map(stated => {
    const origin = distribution.Origins.find(({ Id }) => Id === stated.TargetOriginId)
    if (!origin)
      throw new Error(`Behaviour ${stated.PathPattern} refers to an unknown origin: ${stated.TargetOriginId}`)
    const [viewer] = stated.FunctionAssociations ?? []
    return {
      pattern: stated.PathPattern,
      allowedMethods: new Set(stated.AllowedMethods),
      compress: stated.Compress,
      cache: lookups.cachePolicy(stated.CachePolicyId),
      forward: stated.OriginRequestPolicyId ? lookups.originRequestPolicy(stated.OriginRequestPolicyId) : undefined,
      responseHeaders: stated.ResponseHeadersPolicyId
        ? lookups.responseHeadersPolicy(stated.ResponseHeadersPolicyId)
        : undefined,
      viewer: viewer && lookups.viewer(viewer.FunctionARN),
      origin,
      errors,
    }
  })
}

/** The path as it is matched with patterns: unreserved characters decoded, dot segments removed (RFC 3986, 6.2.2). */
const normalised = (path: string): string => {
  if (!/%|\/\./.test(path)) return path
  const plain = path.replace(/%([0-9a-f]{2})/gi, (escaped, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16))
    return /[A-Za-z0-9._~-]/.test(character) ? character : escaped
  })
  const segments: string[] = []
  for (const segment of plain.split('/').slice(1)) {
    if (segment === '..') segments.pop()
    else if (segment !== '.') segments.push(segment)
  }
  return `/${segments.join('/')}${/\/\.\.?$/.test(plain) && segments.length > 0 ? '/' : ''}`
}

const expression = (pattern: string): RegExp => {
  const literal = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.')
  return new RegExp(`^/?${literal.replace(/^\//, '')}$`, 's')
}

/** Finds the first behaviour whose pattern matches a path. `*` stands for any characters, `?` for one. */
export const matcher = (behaviours: readonly Behaviour[]): ((path: string) => Behaviour) => {
  const candidates = behaviours.map(behaviour => ({ behaviour, pattern: expression(behaviour.pattern) }))
  return path => {
    const normalisedPath = normalised(path)
    const match = candidates.find(({ pattern }) => pattern.test(normalisedPath))
    if (!match) throw new Error(`No behaviour matches ${path}`)
    return match.behaviour
  }
}
