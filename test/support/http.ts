import { randomId } from '../../shared/kernel/ids.ts'
import { isWriting, type Route } from '../../shared/kernel/route.ts'
import { passwordContract } from '../../shared/session/password-contract.ts'
import { timeoutMs } from './timeout.ts'

export type Answer = {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: a test reads replies of every shape
  body: any
}

export type AskOptions = {
  params?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
  key?: string
  headers?: Record<string, string>
}

/** An HTTP client of the local edge that stores cookies by name and path, as a browser does. */
export type Visitor = {
  readonly cookies: Map<string, { value: string; path: string }>
  ask: (route: Route, options?: AskOptions) => Promise<Answer>
  get: (path: string, headers?: Record<string, string>) => Promise<Answer>
}

/** A client without cookies of the territory at `url`. */
export const visitor = (url: string): Visitor => {
  const cookies: Visitor['cookies'] = new Map()

  const send = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<Answer> => {
    const sent = [...cookies].filter(([, cookie]) => path.startsWith(cookie.path))
    const reply = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(sent.length > 0 && { cookie: sent.map(([name, { value }]) => `${name}=${value}`).join('; ') }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    })
    for (const line of reply.headers.getSetCookie()) storeCookie(cookies, line)
    const text = await reply.text()
    const isJson = reply.headers.get('content-type')?.includes('json')
    return { status: reply.status, headers: reply.headers, body: text && isJson ? JSON.parse(text) : text }
  }

  return {
    cookies,
    get: (path, headers = {}) => send('GET', path, headers),
    ask: (route, { params = {}, query, body, key, headers = {} } = {}) => {
      const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
      const search = query ? `?${new URLSearchParams(query)}` : ''
      const write = isWriting(route) && { 'idempotency-key': key ?? randomId(), 'sec-fetch-site': 'same-origin' }
      const typed = body !== undefined && { 'content-type': 'application/json' }
      return send(
        route.method,
        path + search,
        { ...write, ...typed, ...headers },
        body === undefined ? undefined : JSON.stringify(body),
      )
    },
  }
}

/** Stores the cookie of a `set-cookie` line, as a browser does. */
export const storeCookie = (cookies: Visitor['cookies'], line: string): void => {
  const [pair = '', ...attributes] = line.split(';').map(part => part.trim())
  const equals = pair.indexOf('=')
  const path = attributes.find(one => /^path=/i.test(one))?.slice(5) ?? '/'
  const isDeleted = attributes.some(one => /^max-age=0$/i.test(one))
  if (isDeleted) cookies.delete(pair.slice(0, equals))
  else cookies.set(pair.slice(0, equals), { value: pair.slice(equals + 1), path })
}

/** A visitor signed in; throws with the problem's type if refused. */
export const signedIn = async (url: string, login: string, password: string): Promise<Visitor> => {
  const someone = visitor(url)
  const body = { login, password, personalDevice: true }
  const reply = await someone.ask(passwordContract.routes.signIn, { body })
  if (reply.status !== 201) throw new Error(`sign-in of ${login} was refused: ${reply.body?.type ?? reply.status}`)
  return someone
}

/** Calls `look` every 100 ms until it returns a value, for effects of the stream. Throws after `within` milliseconds. */
export const eventually = async <Value>(
  look: () => Promise<Value | undefined>,
  within = timeoutMs(3),
): Promise<Value> => {
  const end = Date.now() + within
  for (;;) {
    const value = await look()
    if (value !== undefined) return value
    if (Date.now() > end) throw new Error(`did not happen within ${within} ms`)
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}
