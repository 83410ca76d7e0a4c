/** Header lines by lower-case name; a name sent several times has several values. */
export type Headers = Record<string, string[]>

/** A request as the edge sends it to an origin. */
export type OriginRequest = {
  readonly method: string
  /** Path and query as sent, percent-encoded: `/api/news?cursor=…`. */
  readonly url: string
  readonly headers: Headers
  readonly body: Buffer
}

/** An origin's reply, without hop-by-hop headers; `content-length` follows from the body. */
export type OriginReply = {
  readonly status: number
  readonly headers: Headers
  readonly body: Buffer
}

/**
 * An origin of the edge: a bucket or the HTTP API. Rejects only if the origin could not be reached; errors of what runs
 * there are replies.
 */
export type Origin = (request: OriginRequest) => Promise<OriginReply>
