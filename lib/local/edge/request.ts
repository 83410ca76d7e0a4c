import type { Headers } from '../http.ts'

/** A viewer's request. The viewer function may change its mutable members. */
export type ViewerRequest = {
  readonly method: string
  /** The path, percent-encoded as sent. */
  uri: string
  /** Values by name, percent-encoded as sent. */
  query: Headers
  /** By lower-case name, without `cookie`. */
  headers: Headers
  cookies: Headers
  readonly body: Buffer
  /** The viewer's address. */
  readonly ip: string
}

const append = (to: Headers, name: string, value: string): void => {
  const values = to[name]
  if (values) values.push(value)
  else to[name] = [value]
}

/** A query string's values by name. */
export const parseQuery = (text: string): Headers => {
  const query: Headers = Object.create(null)
  for (const part of text ? text.split('&') : []) {
    const equals = part.indexOf('=')
    if (part) append(query, equals < 0 ? part : part.slice(0, equals), equals < 0 ? '' : part.slice(equals + 1))
  }
  return query
}

/** The query string of `query`, with its `?`; empty if there are no values. */
export const queryText = (query: Headers): string => {
  let text = ''
  for (const name in query)
    for (const value of query[name] ?? []) text += `${text ? '&' : '?'}${name}${value ? `=${value}` : ''}`
  return text
}

/** Values by name of `cookie` header lines. */
export const parseCookies = (lines: readonly string[]): Headers => {
  const cookies: Headers = Object.create(null)
  for (const line of lines)
    for (const part of line.split(';')) {
      const equals = part.indexOf('=')
      if (equals > 0) append(cookies, part.slice(0, equals).trim(), part.slice(equals + 1).trim())
    }
  return cookies
}

/** The value of the `cookie` header for `cookies`; empty if there are none. */
export const cookieText = (cookies: Headers): string => {
  let text = ''
  for (const name in cookies) for (const value of cookies[name] ?? []) text += `${text ? '; ' : ''}${name}=${value}`
  return text
}
