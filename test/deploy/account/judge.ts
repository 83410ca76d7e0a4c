import type { Finding } from './finding.ts'
import { inWords, type Reply } from './reply.ts'

export type Windows = {
  /** Seconds. */
  readonly ttl: number
  readonly staleWhileRevalidate: number
}

/** Requests for one object that was put anew after `first`, and again before `late`. */
export type Revalidated = {
  readonly first: Reply
  /** Between TTL and the end of stale-while-revalidate. */
  readonly stale: Reply
  /** Moments later. */
  readonly next: Reply
  /** After stale-while-revalidate has ended, nobody having asked meanwhile. */
  readonly late: Reply
  readonly versions: { readonly first: number; readonly next: number; readonly late: number }
}

/** Seconds by which an age may be over: it is rounded, and layers of the edge add theirs. */
const tolerance = 1

export const revalidation = (replies: Revalidated, { ttl, staleWhileRevalidate }: Windows): Finding[] => {
  const { first, stale, next, late, versions } = replies
  const end = ttl + staleWhileRevalidate
  const check = 'revalidation'
  return [
    {
      check,
      expected: `within stale-while-revalidate the old copy is sent, ${ttl} to ${end} s old`,
      observed: inWords(stale),
      met:
        stale.version === versions.first && stale.age !== undefined && stale.age >= ttl && stale.age <= end + tolerance,
    },
    {
      check,
      expected: `it is sent at once: not much later than a copy that is fresh (${inWords(first)} came first)`,
      observed: inWords(stale),
      met: stale.at - stale.sentAt < 500,
    },
    {
      check,
      expected: 'moments later the new state is there',
      observed: inWords(next),
      met: next.version === versions.next,
    },
    {
      check,
      expected: `after ${end} s without a request the old copy is not sent any more`,
      observed: inWords(late),
      met: late.version === versions.late && (late.age ?? 0) <= ttl + tolerance,
    },
  ]
}

/** Replies for an object that was deleted at `deletedAt`, in their order. */
export const withdrawal = (replies: readonly Reply[], deletedAt: number, withinSeconds: number): Finding => {
  const after = (reply: Reply) => (reply.at - deletedAt) / 1_000
  const gone = replies.findIndex(({ status }) => status === 404)
  const goneReply = replies[gone]
  const back = replies.slice(gone + 1).find(({ status }) => status === 200)
  const what = goneReply
    ? `${goneReply.status} after ${after(goneReply).toFixed(0)} s${back ? `, and 200 again after ${after(back).toFixed(0)} s` : ''}`
    : `still ${replies.at(-1)?.status} after ${replies.at(-1) ? after(replies.at(-1) as Reply).toFixed(0) : '?'} s`
  return {
    check: 'withdrawal',
    expected: `a deleted file is 404 within ${withinSeconds} s, and stays so`,
    observed: what,
    met: goneReply !== undefined && after(goneReply) <= withinSeconds && !back,
  }
}

/** Replies to simultaneous requests for an object that no location had. */
export const collapsing = (replies: readonly Reply[], atMost: number): Finding => {
  const kinds = Map.groupBy(replies, ({ status, cache }) => `${status} ${cache ?? 'without x-cache'}`)
  const passedOn = replies.filter(({ cache }) => cache !== 'Hit').length
  const locations = new Set(replies.map(({ location }) => location).filter(one => one !== undefined))
  return {
    check: 'collapsing',
    expected: `of ${replies.length} simultaneous requests at most ${atMost} are passed on`,
    observed: [
      [...kinds].map(([kind, of]) => `${of.length} x ${kind}`).join(', '),
      ...(locations.size > 0 ? [`by ${[...locations].join(', ')}`] : []),
    ].join(' '),
    met: passedOn <= atMost && replies.every(({ status }) => status === 200),
  }
}

/**
 * Requests that the bucket counted for the simultaneous ones; undefined if it did not count, with the reason.
 */
export const originRequests = (counted: number | undefined, why: string, atMost: number): Finding => ({
  check: 'collapsing',
  expected: `the bucket gets at most ${atMost} requests for them`,
  observed: counted === undefined ? `not counted: ${why}` : `${counted} GET requests`,
  met: counted === undefined ? undefined : counted <= atMost,
})

/**
 * Whether `Date` + `Age` is the time, within 2 s.
 * @param offset milliseconds that the edge's clock is ahead of this machine's.
 */
export const clock = (replies: readonly Reply[], offset: number): Finding => {
  const errors = replies.map(({ date, age = 0, at }) =>
    date === undefined ? Number.NaN : date + age * 1_000 - (at + offset),
  )
  const worst = errors.reduce((one, other) => (Math.abs(other) > Math.abs(one) ? other : one), 0)
  const undated = errors.some(Number.isNaN)
  const aged = replies.filter(({ age }) => age !== undefined && age > 0).length
  return {
    check: 'clock',
    expected: 'Date + Age of a cached reply is the time, within 2 s',
    observed: undated
      ? 'a reply had no Date'
      : `at worst ${(worst / 1_000).toFixed(1)} s off, in ${replies.length} replies, ${aged} of them with an age`,
    met: !undated && aged > 0 && Math.abs(worst) <= 2_000,
  }
}

/** Replies by the `Accept-Encoding` that was sent, and the encoding expected of each. */
export const encodings = (
  replies: readonly { readonly accept: string; readonly expected: string; readonly reply: Reply }[],
): Finding[] => [
  ...replies.map(({ accept, expected, reply }) => ({
    check: 'encodings',
    expected: `Accept-Encoding: ${accept} gets ${expected}`,
    observed: `${reply.encoding ?? 'not encoded'}, ${inWords(reply)}`,
    met: reply.encoding === expected && reply.status === 200,
  })),
  {
    check: 'encodings',
    expected: 'ETags of all encodings are the same, compared weakly',
    observed: replies.map(({ reply }) => reply.etag ?? 'none').join(' '),
    met:
      replies.every(({ reply }) => reply.etag !== undefined) &&
      new Set(replies.map(({ reply }) => reply.etag?.replace(/^W\//, ''))).size === 1,
  },
]

/** A cached reply to a viewer. */
export const headers = (reply: Reply): Finding => ({
  check: 'headers',
  expected: 'a reply from the cache tells the viewer to keep nothing',
  observed: `cache-control: ${reply.cacheControl ?? 'none'}, ${inWords(reply)}`,
  met: reply.cache === 'Hit' && /\bno-store\b/.test(reply.cacheControl ?? ''),
})

/** Statuses that people who may not read an object got. */
export const guarded = (statuses: { readonly signedOut: number; readonly unsigned: number | undefined }): Finding[] => [
  {
    check: 'private bucket',
    expected: 'without a session the edge answers 401',
    observed: `${statuses.signedOut}`,
    met: statuses.signedOut === 401,
  },
  {
    check: 'private bucket',
    expected: 'the bucket refuses an unsigned GET with 403',
    observed: statuses.unsigned === undefined ? 'not asked: it is not the S3 of AWS' : `${statuses.unsigned}`,
    met: statuses.unsigned === undefined ? undefined : statuses.unsigned === 403,
  },
]

/** Averages of the viewer function's compute utilisation, in percent of the time allowed. */
export const utilisation = (averages: readonly number[]): Finding => {
  const highest = Math.max(...averages)
  return {
    check: 'function',
    expected: 'the viewer function uses at most 50 % of its time (AWS advises to review it from 80 %)',
    observed:
      averages.length === 0
        ? 'CloudWatch has no value yet: run it again in some minutes'
        : `at most ${highest.toFixed(0)} % in ${averages.length} periods of a minute`,
    met: averages.length === 0 ? undefined : highest <= 50,
  }
}
