import { createHmac, timingSafeEqual } from 'node:crypto'
import * as z from 'zod/mini'
import { epochSeconds, hour } from '../../shared/kernel/dates.ts'
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
  /**
   * The person's children when the token was made: what is read of them side by side with the person, who says whether they
   * still are. Absent: none, or a token of the release before.
   */
  readonly children?: readonly string[] | undefined
  /** The session waits for its person to set up a second factor: see `beforeFactor` in shared/kernel/route.ts. */
  readonly pending?: true | undefined
  /** Epoch seconds at which the token ends; absent where no token was read. */
  readonly expiresAt?: number
}

/** What a token is made of: its caller, with the school of each audience, and the session's end in epoch seconds. */
export type Signed = Omit<Caller, 'audiences' | 'expiresAt'> & {
  readonly audiences: readonly { readonly id: string; readonly uai: string }[]
  readonly end: number
}

/**
 * The session's token: a JWT signed with HS256 (RFC 7519, RFC 7515). The edge's viewer function verifies the same
 * token with the same keys: see functions/edge/viewer.js. Decision: docs/decisions/0021-tokens-that-read-for-72-hours.md
 */
const Claims = z.object({
  sub: z.string(),
  sid: z.string(),
  /**
   * By UAI: the roles there, and the ids of the school's audiences as one text, since a cookie holds 4,096 bytes at most.
   * By school, so that the edge knows whose mark concerns an audience.
   */
  schools: z.record(z.string(), z.tuple([z.array(z.string()), z.string().check(z.regex(/^(.{12})*$/))])),
  /** Roles in the territory as a whole; absent for nearly everybody. */
  territory: z.optional(z.array(z.string())),
  /** The ids of the person's children as one text; absent for who has none. */
  children: z.optional(z.string().check(z.regex(/^(.{16})*$/))),
  access: z.string(),
  /** The session waits for a second factor. */
  pending: z.optional(z.literal(true)),
  iat: z.number(),
  /** Until when it is good for the API. */
  exp: z.number(),
  /** The session's end: until then, and for {@link readLifetime} at most, it is good for boards and media. */
  end: z.number(),
})

const Header = z.object({ alg: z.literal('HS256'), kid: z.string() })

/** Seconds for which a token is valid for the API. */
export const tokenLifetime = 15 * 60
/** Seconds for which a token is valid for boards and media, if its session does not end before: the viewer function's. */
export const readLifetime = 72 * hour

/** Characters of the ids of an audience and of a person (shared/kernel/ids.ts). */
const [audienceLength, personLength] = [12, 16]

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
/** The key is the secret's text, not decoded, since CloudFront's runtime takes text; it has 256 random bits. */
const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest()

/** The ids that stand in one text, each of `length` characters. */
const idsIn = (text: string, length: number): string[] =>
  Array.from({ length: text.length / length }, (_, at) => text.slice(at * length, (at + 1) * length))

const schoolsOf = ({
  roles: held,
  audiences,
}: Pick<Signed, 'roles' | 'audiences'>): z.infer<typeof Claims>['schools'] =>
  Object.fromEntries(
    [...new Set([...held, ...audiences].map(one => one.uai))].map(uai => [
      uai,
      [
        held.filter(one => one.uai === uai).map(one => one.role),
        audiences
          .filter(one => one.uai === uai)
          .map(one => one.id)
          .join(''),
      ],
    ]),
  )

/** A token of `signed`, signed with the first key, valid from `now` for {@link tokenLifetime}. */
export const signToken = (signed: Signed, keys: KeysItem, now: Date): string => {
  const key = keys.signing[0]
  if (!key) throw new Error('the territory has no signing key')
  const iat = epochSeconds(now)
  const claims: z.infer<typeof Claims> = {
    sub: signed.person,
    sid: signed.session,
    schools: schoolsOf(signed),
    ...(signed.territoryRoles?.length && { territory: [...signed.territoryRoles] }),
    ...(signed.children?.length && { children: signed.children.join('') }),
    access: signed.access,
    ...(signed.pending && { pending: true }),
    iat,
    exp: iat + tokenLifetime,
    end: signed.end,
  }
  const text = `${encode({ alg: 'HS256', typ: 'JWT', kid: key.kid })}.${encode(claims)}`
  return `${text}.${hmac(key.secret, text).toString('base64url')}`
}

const decoded = <Schema extends z.core.$ZodType>(schema: Schema, part: string): z.output<Schema> | undefined => {
  try {
    const read = z.safeParse(schema, JSON.parse(Buffer.from(part, 'base64url').toString()))
    return read.success ? read.data : undefined
  } catch {
    return undefined
  }
}

/** The session that a token names, whatever it is worth: to tell cookies apart, and never whether somebody may do something. */
export const namedSession = (token: string | undefined): string | undefined =>
  decoded(Claims, token?.split('.')[1] ?? '')?.sid

/**
 * The result of verifying a token. `expired`: its signature is valid, but its lifetime is over, or it is one of another
 * release, with other claims: renewing the session replaces it.
 */
export type Verified =
  | { readonly state: 'good'; readonly caller: Caller }
  | { readonly state: 'expired' | 'unknown-key' | 'refused' }

const callerOf = ({
  sub,
  sid,
  schools,
  territory,
  children,
  access,
  pending,
  exp,
}: z.infer<typeof Claims>): Caller => ({
  person: sub,
  session: sid,
  audiences: Object.values(schools).flatMap(([, ids]) => idsIn(ids, audienceLength)),
  roles: Object.entries(schools).flatMap(([uai, [held]]) =>
    roles.filter(role => held.includes(role)).map(role => ({ uai, role })),
  ),
  ...(territory && { territoryRoles: territoryRoles.filter(role => territory.includes(role)) }),
  ...(children && { children: idsIn(children, personLength) }),
  access,
  ...(pending && { pending }),
  expiresAt: exp,
})

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
  return claims && claims.exp > epochSeconds(now) ? { state: 'good', caller: callerOf(claims) } : { state: 'expired' }
}
