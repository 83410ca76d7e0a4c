import CachePolicy from 'http-cache-semantics'
import type { Headers } from '../http.ts'
import type { Behaviour } from './behaviour.ts'

type Received = { readonly status: number; readonly headers: Headers }

/** Every viewer's request is the same one to the cache: what tells them apart is in the key. */
const anyone = { method: 'GET', url: '', headers: {} }

const flat = (headers: Headers): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, values.join(', ')]))

const seconds = (control: string, directive: string): number | undefined => {
  const found = new RegExp(`(?:^|[,\\s])${directive}\\s*=\\s*"?(\\d+)`, 'i').exec(control)
  return found ? Number(found[1]) : undefined
}

/** Statuses of errors that CloudFront keeps, whatever their headers or only if these allow it (its guide). */
const keptErrors = new Set([404, 405, 410, 414, 500, 501, 502, 503, 504])
const keptIfAllowed = new Set([400, 403, 412, 415])
const obeyedErrors = new Set([404, 410, 414, 501])

/** For how long a reply may be used. Times are seconds. */
export class Freshness {
  readonly lifetime: number
  readonly staleWhileRevalidate: number
  /** Undefined: the origin does not say, and an expired copy is then better than an error. */
  readonly staleIfError: number | undefined
  readonly #policy: CachePolicy

  constructor(policy: CachePolicy, lifetime: number, control: string) {
    const never = /(must|proxy)-revalidate/i.test(control)
    this.#policy = policy
    this.lifetime = lifetime
    this.staleWhileRevalidate = never ? 0 : (seconds(control, 'stale-while-revalidate') ?? 0)
    this.staleIfError = never ? 0 : seconds(control, 'stale-if-error')
  }

  age(): number {
    return this.#policy.age()
  }

  isFresh(): boolean {
    return this.age() < this.lifetime
  }

  /** Whether it may be used at once while the origin is asked. */
  isUsableMeanwhile(): boolean {
    return this.age() < this.lifetime + this.staleWhileRevalidate
  }

  /** Whether it may be used since the origin fails. */
  isUsableOnError(): boolean {
    return this.staleIfError === undefined || this.age() < this.lifetime + this.staleIfError
  }

  /** The conditions with which the origin is asked whether it changed. */
  validators(): Headers {
    const { 'if-none-match': match, 'if-modified-since': since } = this.#policy.revalidationHeaders(anyone)
    return {
      ...(typeof match === 'string' && { 'if-none-match': [match] }),
      ...(typeof since === 'string' && { 'if-modified-since': [since] }),
    }
  }

  /** Whether the origin's 304 is about this very version. */
  isConfirmedBy(headers: Headers): boolean {
    return this.#policy.revalidatedPolicy(anyone, { status: 304, headers: flat(headers) }).matches
  }
}

/**
 * Decides how long replies may be kept: RFC 9111 for a shared cache, within the TTLs of the behaviour's cache policy,
 * as CloudFront applies them ("Manage how long content stays in the cache", "Control how long CloudFront caches
 * errors").
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
    if (!keptErrors.has(received.status)) {
      const may =
        allowed !== undefined && !forbidden && (keptIfAllowed.has(received.status) || stated?.ResponsePagePath)
      return may ? Math.max(allowed, stated?.ErrorCachingMinTTL ?? 10) : undefined
    }
    if (forbidden && obeyedErrors.has(received.status)) return undefined
    const least = stated?.ErrorCachingMinTTL ?? 10
    return forbidden ? least : Math.max(least, Math.min(allowed ?? 0, behaviour.cache.MaxTTL))
  }

  return (received: Received, behaviour: Behaviour): Freshness | undefined => {
    const { MinTTL, DefaultTTL, MaxTTL } = behaviour.cache
    const sent = flat(received.headers)
    const control = sent['cache-control']?.toLowerCase() ?? ''
    const headers: Record<string, string> = { ...sent, ...(control && { 'cache-control': control }) }
    const policy = new Policy(anyone, { status: received.status, headers }, { shared: true, cacheHeuristic: 0 })
    const forbidden = /(^|[,\s])(no-store|private|no-cache)(?=$|[,\s=])/i.test(control)
    const allowed = /max-?age\s*=/i.test(control) || headers.expires ? policy.maxAge() : undefined
    const keep = (lifetime: number) => new Freshness(policy, lifetime, control)

    // A cookie is one person's. CloudFront would keep it: this is where the local edge is stricter.
    if (received.headers['set-cookie']) return undefined
    if (received.status >= 400) {
      // The library knows no freshness of most errors.
      const stated = seconds(control, 's-maxage') ?? seconds(control, 'max-age') ?? allowed
      const lifetime = errorLifetime(received, behaviour, stated, forbidden)
      return lifetime ? keep(lifetime) : undefined
    }
    if (received.status === 206 || MaxTTL === 0) return undefined
    if (forbidden || !policy.storable()) {
      if (MinTTL > 0 && received.status === 200) return keep(MinTTL)
      const revalidates = policy.storable() && (headers.etag || headers['last-modified'])
      return revalidates ? keep(0) : undefined
    }
    return keep(Math.min(MaxTTL, Math.max(MinTTL, allowed ?? DefaultTTL)))
  }
}
