/** What was seen of one reply of the edge. Instants are milliseconds since 1970 by this machine's clock. */
export type Reply = {
  readonly sentAt: number
  readonly at: number
  readonly status: number
  /** The first word of `x-cache`: Hit, Miss, RefreshHit, Error. */
  readonly cache?: string
  /** Seconds. */
  readonly age?: number
  /** The header `Date`. */
  readonly date?: number
  readonly etag?: string
  readonly encoding?: string
  readonly cacheControl?: string
  /** The edge location: `CDG52-P1`. */
  readonly location?: string
  /** The number in the body, by which states of an object are told apart. */
  readonly version?: number
}

const bodyOf = (text: string): number | undefined => {
  try {
    const { version } = JSON.parse(text)
    return typeof version === 'number' ? version : undefined
  } catch {
    return undefined
  }
}

const optional = (value: string | null) => value ?? undefined

/** Sends a GET and keeps what is judged of its reply. */
export const seen = async (url: string, headers: Readonly<Record<string, string>>): Promise<Reply> => {
  const sentAt = Date.now()
  const reply = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(40_000) })
  const at = Date.now()
  const age = reply.headers.get('age')
  const date = reply.headers.get('date')
  return {
    sentAt,
    at,
    status: reply.status,
    cache: /^\w+/.exec(reply.headers.get('x-cache') ?? '')?.[0],
    age: age === null ? undefined : Number(age),
    date: date === null ? undefined : Date.parse(date),
    etag: optional(reply.headers.get('etag')),
    encoding: optional(reply.headers.get('content-encoding')),
    cacheControl: optional(reply.headers.get('cache-control')),
    location: optional(reply.headers.get('x-amz-cf-pop')),
    version: bodyOf(await reply.text()),
  }
}

/** A reply in a few words: `200 Hit, age 4 s, version 1, 23 ms, CDG52-P1`. */
export const inWords = ({ status, cache, age, version, sentAt, at, location }: Reply): string =>
  [
    [status, cache].filter(part => part !== undefined).join(' '),
    age === undefined ? 'no age' : `age ${age} s`,
    ...(version === undefined ? [] : [`version ${version}`]),
    `${at - sentAt} ms`,
    ...(location ? [location] : []),
  ].join(', ')
