import type { Answer } from './answer.ts'

/** What happened at one behaviour since the edge started. */
export type Count = {
  /** Those that came, answered or not yet. */
  requests: number
  hits: number
  misses: number
  refreshHits: number
  errors: number
  /** Replies the viewer function made. */
  generated: number
  /** Of all replies: those that had expired. */
  stale: number
  /** Of all replies: those that waited for another viewer's request. */
  collapsed: number
  /** Requests to the origin. */
  origin: number
  /** Bytes of bodies sent to viewers. */
  bytes: number
}

export const nothingYet = (): Count => ({
  requests: 0,
  hits: 0,
  misses: 0,
  refreshHits: 0,
  errors: 0,
  generated: 0,
  stale: 0,
  collapsed: 0,
  origin: 0,
  bytes: 0,
})

const counter = {
  Hit: 'hits',
  Miss: 'misses',
  RefreshHit: 'refreshHits',
  Error: 'errors',
  FunctionGeneratedResponse: 'generated',
} as const satisfies Record<Answer['result'], keyof Count>

/** Counts an answer that was sent. */
export const counted = (count: Count, answer: Answer, bytes: number): void => {
  count[counter[answer.result]]++
  if (answer.stale) count.stale++
  if (answer.collapsed) count.collapsed++
  count.bytes += bytes
}
