import { STATUS_CODES } from 'node:http'
import type { Headers } from '../http.ts'

/** Where an answer comes from: CloudFront's result types, as in `x-cache`. */
export type Result = 'Hit' | 'Miss' | 'RefreshHit' | 'Error' | 'FunctionGeneratedResponse'

/** An answer to a viewer, without the header lines that are specific to one reply (request id, via, age, date). */
export type Answer = {
  readonly result: Result
  readonly status: number
  /** Header lines as a flat list: name, value, name, value. */
  readonly lines: readonly string[]
  readonly body: Buffer
  readonly etag?: string | undefined
  readonly lastModified?: string | undefined
  /** The origin's `date`, also of a copy, so that date and age give the time of the answer. Absent: the edge's time. */
  readonly date?: string | undefined
  /** Seconds, if it comes from the cache. */
  readonly age?: number
  /** Whether it is an expired copy. */
  readonly stale?: boolean
  /** Whether it is the answer to an identical request of another viewer that was in progress. */
  readonly collapsed?: boolean
  /** Why the edge or the origin failed, for the log. */
  readonly cause?: string | undefined
}

/** Header lines as a flat list, without those that the edge writes itself. */
export const linesOf = (headers: Headers): string[] => {
  const lines: string[] = []
  for (const name in headers) {
    if (name === 'content-length' || name === 'date' || name === 'age') continue
    for (const value of headers[name] ?? []) lines.push(name, value)
  }
  return lines
}

/** The error page of the edge itself, in place of CloudFront's. */
export const failurePage = (status: number): { headers: Headers; body: Buffer } => ({
  headers: { 'content-type': ['text/html'], server: ['CloudFront'] },
  body: Buffer.from(`<!doctype html><title>${status} ${STATUS_CODES[status]}</title>`),
})
