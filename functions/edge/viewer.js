// biome-ignore-all lint/complexity/useOptionalChain: the runtime has none
// biome-ignore-all lint/style/useTemplate: a sum of texts is what the runtime does fastest
// biome-ignore-all lint/correctness/noUnusedVariables: CloudFront calls handler() by its name
// biome-ignore-all lint/style/useNodejsImportProtocol: the runtime knows its module as crypto
import cf from 'cloudfront'
import crypto from 'crypto'

/**
 * CloudFront viewer-request function, runtime 2.0, run for every request. Boards, documents and shared reads are answered
 * from the edge's cache, so the session's token is verified here, and that it holds what the path is for. Private reads are
 * refused to whoever lost access since their token was made, which the API would see at the next renewal only. The token is
 * signed by functions/platform/token.ts; the keys that sign, and who lost access, are in the associated key-value store.
 * Decisions: docs/decisions/0021-tokens-that-read-for-72-hours.md, docs/decisions/0022-losing-access-at-the-edge.md
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
  unavailable: 'The service is busy: it will be back within moments.',
}
const phrases = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  503: 'Service Unavailable',
}

/** Seconds for which a token reads boards and documents, and after which a school's mark applies to it. */
const readLifetime = 72 * 3600
const markedAfter = 15 * 60
/** Seconds after which to try again while the key-value store fails. */
const retryAfter = 2

function answer(event, status, type, body) {
  return {
    statusCode: status,
    statusDescription: phrases[status],
    headers: {
      'content-type': { value: type },
      'cache-control': { value: 'no-store' },
      'x-request-id': { value: event.context.requestId },
    },
    body: { encoding: 'text', data: JSON.stringify(body) },
  }
}

/** An RFC 9457 problem document, the same as problemReply() in functions/platform/http.ts. */
function refuse(event, status, type) {
  const body = {
    type: '/api/problems/' + type,
    title: titles[type],
    status: status,
    instance: 'urn:preau:request:' + event.context.requestId,
  }
  if (status === 503) body.retryAfter = retryAfter
  const reply = answer(event, status, 'application/problem+json', body)
  if (status === 503) reply.headers['retry-after'] = { value: String(retryAfter) }
  return reply
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

/** A value of the store, '' if there is none; throws if the store fails. */
async function entryOf(key) {
  return (await store.exists(key)) ? await store.get(key) : ''
}

/** The secret of a signing key, '' if there is none; one read for a key that exists. Throws if the store fails. */
async function secretOf(kid) {
  try {
    return await store.get(kid)
  } catch (error) {
    // AWS documents that get() fails for a missing key, not how that differs from a store that fails.
    if (await store.exists(kid)) throw error
    return ''
  }
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
/** 2026-01-01 in epoch seconds, from which losses count. */
const lossesSince = 1767225600

/** `digits` characters of base 32 of a whole number. */
function base32(number, digits) {
  let text = ''
  for (let left = number; text.length < digits; left = Math.floor(left / 32)) text = alphabet.charAt(left % 32) + text
  return text
}

/** SHA-256, the first 36 bits as hexadecimal digits. */
function hashOf(text) {
  return crypto.createHash('sha256').update(text).digest('hex').slice(0, 9)
}

/**
 * True if the losses of a shard refuse tokens made at `iat`. A loss is 7 characters of the hash of a person or session,
 * and 6 of the second up to which tokens are refused; both in base 32, whose order is that of the numbers.
 */
function isLost(losses, hash, iat) {
  const entry = base32(Math.floor(parseInt(hash, 16) / 2), 7)
  const made = base32(Math.max(0, iat - lossesSince), 6)
  for (let at = losses.indexOf(entry); at >= 0; at = losses.indexOf(entry, at + 1))
    if (at % 13 === 0 && losses.slice(at + 7, at + 13) >= made) return true
  return false
}

/** True if the school's audiences, one text of ids of 12 characters, include `id`. */
function includes(ids, id) {
  for (let at = ids.indexOf(id); at >= 0; at = ids.indexOf(id, at + 1)) if (at % 12 === 0) return true
  return false
}

function isClaims(claims) {
  if (!claims || typeof claims.sub !== 'string' || typeof claims.sid !== 'string') return false
  if (typeof claims.iat !== 'number' || typeof claims.exp !== 'number' || typeof claims.end !== 'number') return false
  if (!claims.schools || typeof claims.schools !== 'object') return false
  for (const uai in claims.schools) {
    const school = claims.schools[uai]
    if (!Array.isArray(school) || !Array.isArray(school[0]) || typeof school[1] !== 'string') return false
  }
  return true
}

/** The roles of an index; `staff`: all others. */
const indexRoles = { pupil: 'pupils', guardian: 'guardians' }

/** The schools of the token that a path concerns: none if it holds nothing of it. */
function schoolsOf(path, claims) {
  const found = []
  for (const uai in claims.schools) {
    const school = claims.schools[uai]
    if (path.audience ? includes(school[1], path.audience) : !path.uai) found.push(uai)
    else if (path.uai === uai)
      for (let at = 0; at < school[0].length; at++)
        if ((indexRoles[school[0][at]] || 'staff') === path.role) {
          found.push(uai)
          break
        }
  }
  return found
}

/** Who one is, by the token alone: EdgeMe of shared/kernel/board.ts. */
function meOf(claims, until, now) {
  const schools = []
  for (const uai in claims.schools) {
    const school = claims.schools[uai]
    schools.push({ uai: uai, roles: school[0], audiences: school[1].match(/.{12}/g) || [] })
  }
  const me = { person: claims.sub, schools: schools, expiresAt: claims.exp, readableUntil: until, now: now }
  if (claims.territory) me.territoryRoles = claims.territory
  return me
}

/** Paths, percent-encoded or not, that the cache or the origin could normalise to another path than this function reads. */
const ambiguous = /\\|\/\/|\/\.\.?(\/|$)|%(00|2[def]|3\d|4[1-9a-f]|5[0-9acf]|6[1-9a-f]|7[0-9ae])|%(?![0-9a-f]{2})/i
const shared = /^\/api\/audiences\/([0-9a-hjkmnp-tv-z]{12})\/[A-Za-z0-9._~-]+(?:\/[A-Za-z0-9._~-]+)*$/
/** What the API answers whoever asks for it, signed in or not, whatever their cookie is worth. */
const open = /^\/api\/(public\/|session\/step$|openapi\.json$)/
/** The path of a file of an audience, or of one's own until an instant: see functions/platform/media.ts. */
const file =
  /^\/media\/(?:([0-9a-hjkmnp-tv-z]{12})|own\/([0-9a-z]{1,8}))\/([0-9a-hjkmnp-tv-z]{22}(?:\.[1-9]\d{0,5})?)-([A-Za-z0-9_-]{22})$/
const offer = 'response-content-disposition'
/** The type of what is saved: a page can use it as no script, worker or style. */
const saved = 'application%2Foctet-stream'
/** How long the edge keeps a file, and that it serves none that the bucket does not confirm, whatever fails. */
const kept = 'max-age%3D55%2Cstale-if-error%3D0'
/** The path of a board's file, and of an index, of whatever shape: see shared/kernel/board.ts. */
const board = /^\/boards\/([0-9a-hjkmnp-tv-z]{12})\/[a-z]{1,20}(?:-[a-z]{1,20})?\.[1-9]\d{0,3}\.[0-9a-hjkmnp-tv-z]{13}$/
const index = /^\/boards\/index\.[1-9]\d{0,3}\/([0-9A-Za-z][0-9A-Za-z_.-]{0,35})\/(pupils|guardians|staff)$/
/** The query parameters of shared reads. */
const parameters = ['cursor', 'list']
const parameter = /^[A-Za-z0-9_.-]{1,600}$/
const brotli = /(?:^|,)\s*br\s*(?:,|$|;(?!\s*q=0(?:\.0*)?\s*(?:,|$)))/i

/** What a guarded path is for; null if it is none. */
function pathOf(uri) {
  if (uri === '/boards/me') return {}
  let match = shared.exec(uri) || board.exec(uri)
  if (match) return { audience: match[1] }
  match = file.exec(uri)
  if (match) return { audience: match[1], end: match[2], file: match[3], code: match[4] }
  match = index.exec(uri)
  return match && { uai: match[1], role: match[2] }
}

async function handler(event) {
  const request = event.request
  const uri = request.uri
  const headers = request.headers
  const lower = uri.toLowerCase()

  delete headers['x-preau-edge']
  delete headers['x-preau-client']
  delete headers['x-preau-host']
  if (ambiguous.test(uri)) return refuse(event, 400, 'invalid-request')

  const reads = request.method === 'GET' || request.method === 'HEAD'
  const cookie = request.cookies['__Host-preau']
  const ofShared = lower.indexOf('/api/audiences/') === 0
  const ofBoards = lower.indexOf('/boards/') === 0
  const isKept = ofShared || ofBoards || lower.indexOf('/media/') === 0
  if (!isKept) {
    if (uri.indexOf('/api/') !== 0) {
      if (lower.indexOf('/api/') === 0) return refuse(event, 404, 'not-found')
      // Routes of the web app: its router shows the screen.
      if (uri.slice(uri.lastIndexOf('/') + 1).indexOf('.') < 0) request.uri = '/index.html'
      return request
    }
    headers['x-preau-client'] = { value: event.viewer.ip }
    if (headers.host) headers['x-preau-host'] = { value: headers.host.value }
    // Writes are refused by their transaction. A private read trusts the token, so whoever lost access is refused here.
    if (!reads || !cookie || open.test(uri)) return request
  }

  const path = isKept ? pathOf(uri) : {}
  if (!path || !reads) return refuse(event, 404, 'not-found')

  if (!cookie || !cookie.value) return refuse(event, 401, 'signed-out')
  // Two cookies with this name: one may have been planted by another host of the domain.
  if (cookie.multiValue) return refuse(event, 401, 'signed-out')
  const parts = cookie.value.split('.')
  const head = parts.length === 3 ? parse(parts[0]) : null
  if (!head || head.alg !== 'HS256' || typeof head.kid !== 'string' || !/^k[0-9a-z]{1,15}$/.test(head.kid))
    return refuse(event, 401, 'signed-out')

  const now = Math.floor(Date.now() / 1000)
  let claims = null
  let until = 0
  try {
    const secret = await secretOf(head.kid)
    if (!secret) return refuse(event, 401, 'signed-out')
    const signed = parts[0] + '.' + parts[1]
    const expected = crypto.createHmac('sha256', secret).update(signed).digest('base64url')
    if (!isEqual(expected, parts[2])) return refuse(event, 401, 'signed-out')

    claims = parse(parts[1])
    // Signed by this territory with other claims: a token of another release, which a renewal replaces.
    if (!isClaims(claims)) return refuse(event, 401, 'session-stale')
    until = Math.min(claims.iat + readLifetime, claims.end)
    if ((ofShared || !isKept ? claims.exp : until) <= now) return refuse(event, 401, 'session-stale')
    const concerned = schoolsOf(path, claims)
    if ((path.audience || path.uai) && concerned.length === 0) return refuse(event, 403, 'not-allowed')
    if (path.file) {
      const given = request.querystring[offer]
      const media = await secretOf('media')
      if (!media || !given || given.multiValue) return refuse(event, 404, 'not-found')
      const whose = path.audience || claims.sub + '\n' + path.end
      const asked = whose + '\n' + path.file + '\n' + given.value
      const code = crypto.createHmac('sha256', media).update(asked).digest('base64url').slice(0, 22)
      if (!isEqual(code, path.code)) return refuse(event, 404, 'not-found')
      if (path.end && parseInt(path.end, 36) <= now) return refuse(event, 404, 'not-found')
    }

    const person = hashOf(claims.sub)
    const losses = await entryOf('x' + person.slice(0, 3))
    if (losses && (isLost(losses, person, claims.iat) || isLost(losses, hashOf(claims.sid), claims.iat)))
      return refuse(event, 401, 'session-stale')
    // At most three, since each is a read of the store; every school's own paths check its mark.
    for (let at = 0; at < concerned.length && at < 3 && claims.iat + markedAfter <= now; at++)
      if (claims.iat <= Number(await entryOf('s' + concerned[at]))) return refuse(event, 401, 'session-stale')
  } catch (_) {
    return refuse(event, 503, 'unavailable')
  }
  if (!isKept) return request
  if (uri === '/boards/me') return answer(event, 200, 'application/json', meOf(claims, until, now))

  // Remove everything personal: all members of the audience share one cached copy.
  request.cookies = {}
  delete headers.cookie
  delete headers.authorization
  const query = {}
  for (let at = 0; ofShared && at < parameters.length; at++) {
    const given = request.querystring[parameters[at]]
    if (!given) continue
    if (given.multiValue || !parameter.test(given.value)) return refuse(event, 400, 'invalid-request')
    query[parameters[at]] = { value: given.value }
  }
  // One object for all addresses of a file: the copy is everybody's who passed the checks.
  if (path.file) {
    request.uri = '/documents/' + path.file
    query[offer] = { value: request.querystring[offer].value }
    query['response-cache-control'] = { value: kept }
    if (query[offer].value.indexOf('attachment') === 0) query['response-content-type'] = { value: saved }
  }
  request.querystring = query
  // Each further encoding would be another copy. Every HTTP client of today decodes gzip.
  if (ofBoards || ofShared) {
    const accepted = headers['accept-encoding']
    headers['accept-encoding'] = { value: accepted && brotli.test(accepted.value) ? 'br' : 'gzip' }
  }
  return request
}
