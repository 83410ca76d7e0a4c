import type { Behaviour } from './behaviour.ts'
import { type Accepted, accepted } from './encoding.ts'
import { cookieText, queryText, type ViewerRequest } from './request.ts'
import { keySelection, select } from './selection.ts'

/** The cache key of a request, as the behaviour's cache policy defines it. */
export const cacheKeyOf = (behaviour: Behaviour) => {
  const selection = keySelection(behaviour.cache)
  const names = (behaviour.cache.ParametersInCacheKeyAndForwardedToOrigin.HeadersConfig.Headers ?? []).map(name =>
    name.toLowerCase(),
  )
  return (request: ViewerRequest): { key: string; encodings: Accepted } => {
    const encodings = accepted(request.headers['accept-encoding']?.join(','), behaviour)
    let key = `${behaviour.pattern} ${encodings} ${request.uri}${queryText(select(request.query, selection.query))}`
    if (selection.cookies) key += `\ncookie: ${cookieText(select(request.cookies, selection.cookie))}`
    for (const name of names) key += `\n${name}: ${request.headers[name]?.join(', ') ?? ''}`
    return { key, encodings }
  }
}
