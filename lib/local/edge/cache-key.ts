import type { Behaviour } from './behaviour.ts'
import { type Accepted, accepted } from './encoding.ts'
import { cookieText, queryText, type ViewerRequest } from './request.ts'
import { keySelection, select } from './selection.ts'

/** What tells one copy from another, as the behaviour's cache policy says. */
export const cacheKeyOf = (behaviour: Behaviour) => {
  const takes = keySelection(behaviour.cache)
  const names = (behaviour.cache.ParametersInCacheKeyAndForwardedToOrigin.HeadersConfig.Headers ?? []).map(name =>
    name.toLowerCase(),
  )
  return (request: ViewerRequest): { key: string; encodings: Accepted } => {
    const encodings = accepted(request.headers['accept-encoding']?.join(','), behaviour)
    let key = `${behaviour.pattern} ${encodings} ${request.uri}${queryText(select(request.query, takes.query))}`
    if (takes.cookies) key += `\ncookie: ${cookieText(select(request.cookies, takes.cookie))}`
    for (const name of names) key += `\n${name}: ${request.headers[name]?.join(', ') ?? ''}`
    return { key, encodings }
  }
}
