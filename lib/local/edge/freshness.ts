import CachePolicy from 'http-cache-semantics'
import type { Headers } from '../http.ts'
import type { Behaviour } from './behaviour.ts'

type Received = { readonly status: number; readonly headers: Headers }

/** The request that http-cache-semantics compares with: always the same, since the cache key holds what differs. */
const anyRequest = { method: 'GET', url: '', headers: {} }

const flat = (headers: Headers): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, values.join(', ')]))

const seconds = (control: string, directive: string): number | undefined => {
  const match = new RegExp(`(?:^|[,\\s])${directive}\\s*=\\s*"?(\\d+)`, 'i').exec(control)
  return match ? Number(match[1]) : undefined
}

// Source: Amazon CloudFront Developer Guide, "How CloudFront processes HTTP 4xx and 5xx status codes from your origin".
/** Error statuses that CloudFront always caches. */
const cachedErrors = new Set([404, 414, 500, 501, 502, 503, 504])
/** Error statuses that CloudFront caches only if the origin sends max-age or s-maxage. */
const cachedIfAllowed = new Set([400, 403, 405, 412, 415])
/** Error statuses of `cachedErrors` that CloudFront does not cache if the origin's headers forbid it. */
const uncachedIfForbidden = new Set([404, 414, 501])
/** Seconds that CloudFront caches an error if the distribution sets no minimum. */
const defaultErrorTtl = 10

/** How long a reply may be served. Times are seconds. */
export class Freshness {
  readonly lifetime: number
  readonly staleWhileRevalidate: number
  /** Undefined: the origin sets no limit, and CloudFront then serves an expired copy instead of an error. */
  readonly staleIfError: number | undefined
  readonly #policy: CachePolicy
  /** Both windows end at this age: the maximum TTL of the cache policy. */
  readonly #longest: number

  constructor(policy: CachePolicy, lifetime: number, control: string, longest: number) {
    // Under s-maxage, too, a shared cache may not answer stale (RFC 9111, 4.2.4). CloudFront's guide does not say.
    const never = /(must|proxy)-revalidate|s-maxage/i.test(control)
    this.#policy = policy
    this.lifetime = lifetime
    this.#longest = longest
    this.staleWhileRevalidate = never ? 0 : (seconds(control, 'stale-while-revalidate') ?? 0)
    this.staleIfError = never ? 0 : seconds(control, 'stale-if-error')
  }

  age(): number {
    return this.#policy.age()
  }

  isFresh(): boolean {
    return this.age() < this.lifetime
  }

  /** Whether it may be served while it is revalidated in the background. */
  isUsableWhileRevalidating(): boolean {
    return this.age() < Math.min(this.lifetime + this.staleWhileRevalidate, this.#longest)
  }

  /** Whether it may be served when the origin fails. */
  isUsableOnError(): boolean {
    const stale = this.staleIfError ?? Number.POSITIVE_INFINITY
    return this.age() < Math.min(this.lifetime + stale, this.#longest)
  }

  /** The conditional headers of a revalidation request. */
  validators(): Headers {
    const { 'if-none-match': match, 'if-modified-since': since } = this.#policy.revalidationHeaders(anyRequest)
    return {
      ...(typeof match === 'string' && { 'if-none-match': [match] }),
      ...(typeof since === 'string' && { 'if-modified-since': [since] }),
    }
  }

  /** Whether the origin's 304 is about this version. */
  isConfirmedBy(headers: Headers): boolean {
    return this.#policy.revalidatedPolicy(anyRequest, { status: 304, headers: flat(headers) }).matches
  }
}

/**
 * Decides how long replies may be cached: RFC 9111 for a shared cache, within the TTLs of the behaviour's cache policy,
 * as CloudFront applies them (Developer Guide, "Manage how long content stays in the cache", "Control how long
 * CloudFront caches errors"). Undefined: the reply is not cached.
 * @param now milliseconds since 1970.
 */
export const freshnessOf = (now: () => number) => {
  class Policy extends CachePolicy {
    now(): number {
      return now()
    }
  }

  const errorLifetime = (received: Received, behaviour: Behaviour, allowed: number | undefined, forbidden: boolean) => {
    const stated = behaviour.errors.get(received.status)
    const minimum = stated?.ErrorCachingMinTTL ?? defaultErrorTtl
    if (!cachedErrors.has(received.status)) {
      const isCached =
        allowed !== undefined && !forbidden && (cachedIfAllowed.has(received.status) || stated?.ResponsePagePath)
      return isCached ? Math.max(allowed, minimum) : undefined
    }
    if (forbidden && uncachedIfForbidden.has(received.status)) return undefined
    return forbidden ? minimum : Math.max(minimum, Math.min(allowed ?? 0, behaviour.cache.MaxTTL))
  }

  return (received: Received, behaviour: Behaviour): Freshness | undefined => {
    const { MinTTL, DefaultTTL, MaxTTL } = behaviour.cache
    const sent = flat(received.headers)
    const control = sent['cache-control']?.toLowerCase() ?? ''
    const headers: Record<string, string> = { ...sent, ...(control && { 'cache-control': control }) }
    const policy = new Policy(anyRequest, { status: received.status, headers }, { shared: true, cacheHeuristic: 0 })
    const forbidden = /(^|[,\s])(no-store|private|no-cache)(?=$|[,\s=])/i.test(control)
    const allowed = /max-?age\s*=/i.test(control) || headers.expires ? policy.maxAge() : undefined
    const fresh = (lifetime: number) => new Freshness(policy, lifetime, control, MaxTTL)

    // Stricter than CloudFront, which would cache a reply with a cookie and send it to other viewers.
    if (received.headers['set-cookie']) return undefined
    if (received.status >= 400) {
      // http-cache-semantics gives no freshness for most errors, so the directives are read here.
      const stated = seconds(control, 's-maxage') ?? seconds(control, 'max-age') ?? allowed
      const lifetime = errorLifetime(received, behaviour, stated, forbidden)
      return lifetime ? fresh(lifetime) : undefined
    }
    if (received.status === 206 || MaxTTL === 0) return undefined
    if (forbidden || !policy.storable()) {
      if (MinTTL > 0 && received.status === 200) return fresh(MinTTL)
      const canRevalidate = policy.storable() && (headers.etag || headers['last-modified'])
      return canRevalidate ? fresh(0) : undefined
    }
    return fresh(Math.min(MaxTTL, Math.max(MinTTL, allowed ?? DefaultTTL)))
  }
}
