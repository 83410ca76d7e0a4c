// biome-ignore-all lint/complexity/useOptionalChain: the runtime has none
// biome-ignore-all lint/style/useTemplate: a sum of texts is what the runtime does fastest
// biome-ignore-all lint/correctness/noUnusedVariables: CloudFront calls handler() by its name
// biome-ignore-all lint/style/useNodejsImportProtocol: the runtime knows its module as crypto
import cf from 'cloudfront'
import crypto from 'crypto'

/**
 * CloudFront viewer-request function, runtime 2.0, run for every request. Shared reads and documents are answered from
 * the edge's cache, so the session's token is verified here, and that its audiences include the one in the path. The
 * token is signed by functions/platform/token.ts; the keys, by key id, are in the associated key-value store.
 *
 * The runtime supports ES 5.1 and little more: no destructuring, spread, default parameters, classes, `for…of` or `?.`.
 */
const store = cf.kvs()

const titles = {
  'invalid-request': 'The request is not of the expected form: see the errors and correct it.',
  'signed-out': 'Sign in to continue.',
  'session-stale': 'The session is no longer current: renew it and try again.',
  'not-allowed': 'Your role does not allow this.',
  'not-found': 'There is nothing here for you.',
}
const phrases = { 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found' }

/** An RFC 9457 problem document, the same as problemReply() in functions/platform/http.ts. */
function refuse(event, status, type) {
  const id = event.context.requestId
  return {
    statusCode: status,
    statusDescription: phrases[status],
    headers: {
      'content-type': { value: 'application/problem+json' },
      'cache-control': { value: 'no-store' },
      'x-request-id': { value: id },
    },
    body: {
      encoding: 'text',
      data: JSON.stringify({
        type: '/api/problems/' + type,
        title: titles[type],
        status: status,
        instance: 'urn:preau:request:' + id,
      }),
    },
  }
}

function parse(part) {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString())
  } catch (_) {
    return null
  }
}

/** Compares in constant time, so that the duration does not reveal where two signatures differ. */
function isEqual(a, b) {
  if (a.length !== b.length) return false
  let difference = 0
  for (let index = 0; index < a.length; index++) difference |= a.charCodeAt(index) ^ b.charCodeAt(index)
  return difference === 0
}

/** Paths, percent-encoded or not, that the cache or the origin could normalise to another path than this function reads. */
const ambiguous = /\\|\/\/|\/\.\.?(\/|$)|%(00|2[def]|3\d|4[1-9a-f]|5[0-9acf]|6[1-9a-f]|7[0-9ae])|%(?![0-9a-f]{2})/i
const shared = /^\/(?:api\/audiences|media)\/([0-9a-hjkmnp-tv-z]{12})\/[A-Za-z0-9._~-]+(?:\/[A-Za-z0-9._~-]+)*$/
const cursor = /^[A-Za-z0-9_-]{1,600}$/

async function handler(event) {
  const request = event.request
  const uri = request.uri
  const headers = request.headers
  const lower = uri.toLowerCase()

  delete headers['x-preau-edge']
  delete headers['x-preau-client']
  delete headers['x-preau-host']
  if (ambiguous.test(uri)) return refuse(event, 400, 'invalid-request')

  const guarded = lower.indexOf('/api/audiences/') === 0 || lower.indexOf('/media/') === 0
  if (!guarded) {
    if (uri.indexOf('/api/') === 0) {
      headers['x-preau-client'] = { value: event.viewer.ip }
      if (headers.host) headers['x-preau-host'] = { value: headers.host.value }
      return request
    }
    if (lower.indexOf('/api/') === 0) return refuse(event, 404, 'not-found')
    // Routes of the web app: its router shows the screen.
    if (uri.slice(uri.lastIndexOf('/') + 1).indexOf('.') < 0) request.uri = '/index.html'
    return request
  }

  const match = shared.exec(uri)
  if (!match || (request.method !== 'GET' && request.method !== 'HEAD')) return refuse(event, 404, 'not-found')

  const cookie = request.cookies['__Host-preau']
  if (!cookie || !cookie.value) return refuse(event, 401, 'signed-out')
  // Two cookies with this name: one may have been planted by another host of the domain.
  if (cookie.multiValue) return refuse(event, 401, 'signed-out')
  const parts = cookie.value.split('.')
  const head = parts.length === 3 ? parse(parts[0]) : null
  if (!head || head.alg !== 'HS256' || typeof head.kid !== 'string' || !/^k[0-9a-z]{1,15}$/.test(head.kid))
    return refuse(event, 401, 'signed-out')

  let secret = ''
  try {
    secret = await store.get(head.kid)
  } catch (_) {
    return refuse(event, 401, 'signed-out')
  }
  if (!secret) return refuse(event, 401, 'signed-out')
  const expected = crypto
    .createHmac('sha256', secret)
    .update(parts[0] + '.' + parts[1])
    .digest('base64url')
  if (!isEqual(expected, parts[2])) return refuse(event, 401, 'signed-out')

  const claims = parse(parts[1])
  if (!claims || typeof claims.exp !== 'number' || !Array.isArray(claims.audiences))
    return refuse(event, 401, 'signed-out')
  if (claims.exp <= Date.now() / 1000) return refuse(event, 401, 'session-stale')
  if (claims.audiences.indexOf(match[1]) < 0) return refuse(event, 403, 'not-allowed')

  // Remove everything personal: all members of the audience share one cached copy.
  request.cookies = {}
  delete headers.cookie
  delete headers.authorization
  const page = request.querystring.cursor
  const query = {}
  if (page) {
    if (page.multiValue || !cursor.test(page.value)) return refuse(event, 400, 'invalid-request')
    query.cursor = { value: page.value }
  }
  request.querystring = query
  return request
}
