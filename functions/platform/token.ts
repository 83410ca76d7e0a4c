import { createHmac, timingSafeEqual } from 'node:crypto'
import * as z from 'zod/mini'
import { epochSeconds } from '../../shared/kernel/dates.ts'
import { roles, type SchoolRole, type TerritoryRole, territoryRoles } from '../../shared/kernel/role.ts'
import type { KeysItem } from './patterns.ts'

/** The caller by their token, which may be 15 minutes old: writes therefore check `access` against the table. */
export type Caller = {
  readonly person: string
  readonly session: string
  readonly audiences: readonly string[]
  readonly roles: readonly SchoolRole[]
  /** Absent: no role in the territory as a whole. */
  readonly territoryRoles?: readonly TerritoryRole[] | undefined
  /** Fingerprint of status, roles and audiences when the token was made. */
  readonly access: string
  /** Epoch seconds at which the token ends; absent where no token was read. */
  readonly expiresAt?: number
}

/**
 * The session's token: a JWT signed with HS256 (RFC 7519, RFC 7515). The edge's viewer function verifies the same
 * token with the same keys: see functions/edge/viewer.js.
 */
const Claims = z.object({
  sub: z.string(),
  sid: z.string(),
  audiences: z.array(z.string()),
  /** `uai:role`, because a cookie holds 4,096 bytes at most. */
  roles: z.array(z.string()),
  /** Roles in the territory as a whole; absent for nearly everybody. */
  territory: z.optional(z.array(z.string())),
  access: z.string(),
  iat: z.number(),
  exp: z.number(),
})

const Header = z.object({ alg: z.literal('HS256'), kid: z.string() })

/** Seconds for which a token is valid. */
export const tokenLifetime = 15 * 60

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
/** The key is the secret's text, not decoded, since CloudFront's runtime takes text; it has 256 random bits. */
const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest()

/** A token for `caller`, signed with the first key, valid from `now` for {@link tokenLifetime}. */
export const signToken = (caller: Caller, keys: KeysItem, now: Date): string => {
  const key = keys.signing[0]
  if (!key) throw new Error('the territory has no signing key')
  const iat = epochSeconds(now)
  const claims: z.infer<typeof Claims> = {
    sub: caller.person,
    sid: caller.session,
    audiences: [...caller.audiences],
    roles: caller.roles.map(one => `${one.uai}:${one.role}`),
    ...(caller.territoryRoles?.length && { territory: [...caller.territoryRoles] }),
    access: caller.access,
    iat,
    exp: iat + tokenLifetime,
  }
  const signed = `${encode({ alg: 'HS256', typ: 'JWT', kid: key.kid })}.${encode(claims)}`
  return `${signed}.${hmac(key.secret, signed).toString('base64url')}`
}

const decoded = <Schema extends z.core.$ZodType>(schema: Schema, part: string): z.output<Schema> | undefined => {
  try {
    const read = z.safeParse(schema, JSON.parse(Buffer.from(part, 'base64url').toString()))
    return read.success ? read.data : undefined
  } catch {
    return undefined
  }
}

/** The result of verifying a token; `expired`: its signature is valid, but its lifetime is over. */
export type Verified =
  | { readonly state: 'good' | 'expired'; readonly caller: Caller }
  | { readonly state: 'unknown-key' | 'refused' }

/** Verifies signature, algorithm, key id and expiry. Anything but HS256 is refused, whatever the header says. */
export const verifyToken = (token: string, keys: KeysItem, now: Date): Verified => {
  const [head, body, signature, more] = token.split('.')
  if (!head || !body || !signature || more !== undefined) return { state: 'refused' }
  const header = decoded(Header, head)
  if (!header) return { state: 'refused' }
  const key = keys.signing.find(one => one.kid === header.kid)
  if (!key) return { state: 'unknown-key' }
  const expected = hmac(key.secret, `${head}.${body}`)
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { state: 'refused' }
  const claims = decoded(Claims, body)
  if (!claims) return { state: 'refused' }
  const schoolRoles = claims.roles.map(one => {
    const colon = one.lastIndexOf(':')
    return { uai: one.slice(0, colon), role: roles.find(role => role === one.slice(colon + 1)) }
  })
  const caller: Caller = {
    person: claims.sub,
    session: claims.sid,
    audiences: claims.audiences,
    roles: schoolRoles.flatMap(one => (one.role ? [{ uai: one.uai, role: one.role }] : [])),
    ...(claims.territory && { territoryRoles: territoryRoles.filter(role => claims.territory?.includes(role)) }),
    access: claims.access,
    expiresAt: claims.exp,
  }
  return { state: claims.exp > epochSeconds(now) ? 'good' : 'expired', caller }
}
