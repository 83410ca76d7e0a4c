import type { Network } from '../../../web/platform/client.ts'
import { serverClock } from '../../../web/platform/server-time.ts'
import { storeCookie } from '../../support/http.ts'
import type { Simulation } from './simulation.ts'

/** A request of a device to the edge, as it was answered. */
export type Exchange = {
  /** Simulated time, in milliseconds. */
  readonly at: number
  readonly method: string
  readonly path: string
  readonly status: number
  /** Bytes of the reply on the wire: status line, headers and body, as HTTP/1.1 writes them. */
  readonly bytes: number
  /** CloudFront's result, as `Hit`. */
  readonly result: string
}

/** A Storage in memory. */
export const memoryStorage = (): Storage => {
  const items = new Map<string, string>()
  return {
    get length() {
      return items.size
    },
    key: index => [...items.keys()][index] ?? null,
    getItem: name => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: name => void items.delete(name),
    clear: () => items.clear(),
  }
}

const bytesOf = ({ status, statusText, headers }: Response): number => {
  let bytes = `HTTP/1.1 ${status} ${statusText}\r\n\r\n`.length + Number(headers.get('content-length') ?? 0)
  for (const [name, value] of headers) bytes += name.length + value.length + 4
  return bytes
}

/**
 * A browser's network: real requests to the edge, with cookies, at the simulated time.
 * @param note called with each request once it is answered.
 */
export const openNetwork = (
  url: string,
  simulation: Simulation,
  cookieLines: readonly string[],
  note: (exchange: Exchange) => void,
) => {
  const cookies = new Map<string, { value: string; path: string }>()
  for (const line of cookieLines) storeCookie(cookies, line)
  const storage = memoryStorage()
  const clock = serverClock({ now: simulation.now, storage })

  const exchange = async (path: string, init: RequestInit): Promise<Response> => {
    const at = simulation.now()
    const sent = [...cookies].filter(([, cookie]) => path.startsWith(cookie.path))
    const method = init.method ?? 'GET'
    const response = await fetch(url + path, {
      ...init,
      headers: {
        ...(init.headers as Record<string, string>),
        'accept-encoding': 'gzip, deflate, br, zstd',
        ...(method !== 'GET' && { 'sec-fetch-site': 'same-origin' }),
        ...(sent.length > 0 && { cookie: sent.map(([name, { value }]) => `${name}=${value}`).join('; ') }),
      },
    })
    for (const line of response.headers.getSetCookie()) storeCookie(cookies, line)
    clock.note(response.headers)
    const body = await response.arrayBuffer()
    const { status, headers } = response
    const [result = ''] = (headers.get('x-cache') ?? '').split(' ')
    note({ at, method, path, status, bytes: bytesOf(response), result })
    // All of it is here: reading it takes no further work that time would have to wait for.
    return new Response(status === 204 ? null : body, { status, headers })
  }
  const network: Network = {
    fetch: (address, init) => simulation.during(exchange(address, init)),
    wait: milliseconds => new Promise(resolve => simulation.setTimer(resolve, milliseconds)),
    random: () => 0.5,
    now: simulation.now,
  }
  return { network, storage, clock }
}
