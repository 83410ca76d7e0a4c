import type { APIGatewayProxyEventV2 } from 'aws-lambda'

/** API Gateway gives header names in lower case. */
export const header = (event: APIGatewayProxyEventV2, name: string): string | undefined => event.headers?.[name]

/**
 * The value of a cookie, or undefined. Also undefined where two have its name: a neighbouring host of the domain may
 * have planted one, and which one counts would be its choice.
 */
export const cookie = (event: APIGatewayProxyEventV2, name: string): string | undefined => {
  const pairs = event.cookies ?? header(event, 'cookie')?.split(';') ?? []
  const values = pairs.flatMap(pair => {
    const at = pair.indexOf('=')
    return at > 0 && pair.slice(0, at).trim() === name ? [pair.slice(at + 1).trim()] : []
  })
  return values.length === 1 ? values[0] : undefined
}

/** The body's text. */
export const bodyText = (event: APIGatewayProxyEventV2): string =>
  event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString() : (event.body ?? '')

/** The cookie that holds the token. `__Host-` binds it to this host, to `/` and to TLS (RFC 6265bis). */
export const accessCookie = '__Host-preau'
/** The cookie that holds the refresh token: sent to /api/session only. */
export const refreshCookie = '__Secure-preau-renew'
/** The cookie that says who signed in here before: others' wrong guesses do not slow them. Sent to /api only. */
export const deviceCookie = '__Secure-preau-device'
