import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { header } from './event.ts'

/**
 * True unless a browser says that a write comes from another site. Every browser in use sends `Sec-Fetch-Site` or,
 * with a write, `Origin`; a client that sends neither is not a browser and holds nobody's cookies.
 * `x-preau-host` is the host the viewer asked for, set by the edge.
 */
export const isSameSite = (event: APIGatewayProxyEventV2): boolean => {
  const site = header(event, 'sec-fetch-site')
  if (site !== undefined) return site === 'same-origin'
  const origin = header(event, 'origin')
  if (origin === undefined) return true
  try {
    return new URL(origin).host === header(event, 'x-preau-host')
  } catch {
    return false
  }
}
