import { STATUS_CODES } from 'node:http'
import type { Headers } from '../http.ts'

/** How the edge came by an answer: CloudFront's words for `x-cache`. */
export type Result = 'Hit' | 'Miss' | 'RefreshHit' | 'Error' | 'FunctionGeneratedResponse'

/** What a viewer gets, but for what differs from one reply to the next: age, result, ids. */
export type Answer = {
  readonly result: Result
  readonly status: number
  /** Flat: name, value, name, value. */
  readonly lines: readonly string[]
  readonly body: Buffer
  readonly etag?: string | undefined
  readonly lastModified?: string | undefined
  /** Seconds, if it comes from the cache. */
  readonly age?: number
  /** It had expired. */
  readonly stale?: boolean
  /** It is the answer to another viewer's request, which was under way. */
  readonly collapsed?: boolean
  /** Why the edge or the origin failed, for the log. */
  readonly cause?: string | undefined
}

/** Header lines, flat, without those that the edge writes itself. */
export const linesOf = (headers: Headers): string[] => {
  const lines: string[] = []
  for (const name in headers) {
    if (name === 'content-length' || name === 'date' || name === 'age') continue
    for (const value of headers[name] ?? []) lines.push(name, value)
  }
  return lines
}

/** The page CloudFront would show in its own words for a failure of its own. */
export const failurePage = (status: number): { headers: Headers; body: Buffer } => ({
  headers: { 'content-type': ['text/html'], server: ['CloudFront'] },
  body: Buffer.from(`<!doctype html><title>${status} ${STATUS_CODES[status]}</title>`),
})
