import type { Headers } from '../http.ts'

/** What a viewer asked for, on its way through the edge. */
export type ViewerRequest = {
  readonly method: string
  /** The path, percent-encoded as sent. The viewer function may change it. */
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

const noted = (into: Headers, name: string, value: string): void => {
  const known = into[name]
  if (known) known.push(value)
  else into[name] = [value]
}

/** A query string's values by name. */
export const parseQuery = (text: string): Headers => {
  const query: Headers = Object.create(null)
  for (const part of text ? text.split('&') : []) {
    const at = part.indexOf('=')
    if (part) noted(query, at < 0 ? part : part.slice(0, at), at < 0 ? '' : part.slice(at + 1))
  }
  return query
}

/** The query string of `query`, with its `?`; nothing if there is none. */
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
      const at = part.indexOf('=')
      if (at > 0) noted(cookies, part.slice(0, at).trim(), part.slice(at + 1).trim())
    }
  return cookies
}

/** The `cookie` header that says `cookies`; nothing if there are none. */
export const cookieText = (cookies: Headers): string => {
  let text = ''
  for (const name in cookies) for (const value of cookies[name] ?? []) text += `${text ? '; ' : ''}${name}=${value}`
  return text
}
