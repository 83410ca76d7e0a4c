import type * as z from 'zod/mini'
import type { Board } from './board.ts'
import type { CommonProblem, ProblemTable } from './problem.ts'
import type { Role, TerritoryRole } from './role.ts'
import type { FileAnnouncement, UploadGrant } from './upload.ts'

type Schema = z.core.$ZodType
type ObjectSchema = z.core.$ZodObject

/** Names of the `{placeholders}` of a path or of a key. */
export type Placeholders<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never

/** Schemas of a path's placeholders: required as soon as the path has one. */
type Params<Path extends string> = string extends Path
  ? { readonly params?: ObjectSchema | undefined }
  : [Placeholders<Path>] extends [never]
    ? { readonly params?: undefined }
    : { readonly params: z.core.$ZodObject<Record<Placeholders<Path>, Schema>> }

/**
 * Who may call a route. `anyone`: also signed out. `signed-in`: any role. A list: who holds one of these roles. A role
 * of a school counts in the school the path names, where the route is within one; a role of the territory counts
 * everywhere.
 */
export type Callers = 'anyone' | 'signed-in' | readonly [Role | TerritoryRole, ...(Role | TerritoryRole)[]]

/**
 * Relations of the caller to what the request names, each proved by a loader that the feature gives to the platform.
 * `inSchool`: also within the school of the path's `{uai}`.
 */
export type Related<Names extends readonly string[] = readonly string[]> = {
  readonly relations: Names
  readonly inSchool: boolean
}

/** Bounds a route by relations: `within: relation('publication')`. They are proved in this order, each by a loader. */
export const relation = <const Names extends readonly [string, ...string[]]>(...relations: Names): Related<Names> => ({
  relations,
  inSchool: false,
})

/** Bounds a route by the school of its path and by relations. */
export const schoolRelation = <const Names extends readonly [string, ...string[]]>(
  ...relations: Names
): Related<Names> => ({ relations, inSchool: true })

/**
 * What the route's answer is bounded by. `self`: the caller's own things. `school`: the path's `{uai}`. `territory`: all
 * of it, in aggregate. {@link relation}: what the request names is loaded and proved to be the caller's to see or change
 * before the implementation runs.
 */
export type Within = 'self' | 'school' | 'territory' | Related

/** True if the route is bounded by the school that its path names. */
export const isInSchool = (within: Within): boolean =>
  within === 'school' || (typeof within === 'object' && within.inSchool)

/** How long the edge may answer from its copy, in seconds (RFC 9111, RFC 5861). */
export type EdgeCache = { readonly ttl: number; readonly staleWhileRevalidate: number; readonly staleIfError: number }

/** Requests a second that a route takes, and how many at once before that counts (a token bucket). */
export type Throttle = { readonly rate: number; readonly burst: number }

type Common = {
  /** One sentence for the OpenAPI document. */
  readonly summary: string
  /** Expected failures beyond those every route may have: declared by the contract, or common ones worth telling. */
  readonly problems?: readonly string[]
}

/** It may be called in a session that waits for its person to set up the second factor which their role needs. */
type BeforeFactor = { readonly beforeFactor?: true }

type Read<Path extends string> = Common & {
  readonly method: 'GET'
  readonly path: Path
  readonly query?: ObjectSchema
  readonly reply: Schema
  readonly body?: undefined
  readonly status?: undefined
} & Params<Path>

/** A read that every member of the path's audience gets alike: answered by the edge, keyed by its URL alone. */
export type SharedRead<Path extends `/api/audiences/{audience}/${string}` = `/api/audiences/{audience}/${string}`> =
  Read<Path> & { readonly kind: 'shared'; readonly callers: 'members'; readonly cache: EdgeCache }

/** A read that everybody gets alike, signed in or not: facts of the territory, answered by the edge. */
export type PublicRead<Path extends `/api/public/${string}` = `/api/public/${string}`> = Read<Path> & {
  readonly kind: 'public'
  readonly callers: 'anyone'
  readonly cache: EdgeCache
}

/** A read of one person's own view: never cached, at most one item or one Query. */
export type PrivateRead<Path extends string = string> = Read<Path> &
  BeforeFactor & {
    readonly kind: 'private'
    readonly callers: Callers
    readonly within: Within
  }

type Writing<Path extends string> = Common &
  BeforeFactor & {
    readonly path: Path
    readonly callers: Callers
    readonly within: Within
    /**
     * It reaches other people, or changes what they may do: refused with `publishing-frozen` while the caller's account is
     * frozen. Decision: docs/decisions/0049-freezing-an-account.md
     */
    readonly reachesOthers?: true
    readonly query?: undefined
  } & Params<Path>

/** A write: one transaction, idempotent by the client's key, or a `repeatable` one. `status` 204 has no body. */
export type Write<Path extends string = string> = Writing<Path> & {
  readonly kind: 'write'
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly body?: ObjectSchema
  /** The body holds a password or a code: nothing made of it is stored, not even its hash beside the first answer. */
  readonly secretBody?: true
  /** It ends the caller's session: a repeat comes from a session that has ended, and is answered all the same. */
  readonly endsSession?: true
  /**
   * Repeating it is harmless by itself, and so is doing it until the token ends: there is no transaction, no answer is
   * stored, no Idempotency-Key is needed, and the token alone is trusted.
   */
  readonly repeatable?: true
  /** It sets or clears the session's cookies: no other route's implementation may. */
  readonly setsCookies?: true
  /** Once it is done, the browser drops what its HTTP cache holds of the territory. */
  readonly clearsCache?: true
  /** Fewer requests than of other routes, since each is expensive. Beyond it API Gateway answers 429 by itself. */
  readonly throttle?: Throttle
  /** Whether the refresh cookie is needed, or taken where there is one: no other route's implementation is given it. */
  readonly refreshCookie?: 'needed' | 'taken'
  readonly status: 200 | 201 | 204
  readonly reply?: Schema
}

/**
 * A write that also lets the browser put one file into the documents' bucket, past every function. The body announces
 * the file; the reply holds, beside what the implementation answers, the signed request that takes exactly that file.
 * A repeat with the same key must be known to announce the same file: the body is no secret, and somebody sends it.
 */
export type Upload<Path extends string = string> = Writing<Path> & {
  readonly kind: 'upload'
  readonly method: 'POST'
  readonly callers: Exclude<Callers, 'anyone'>
  readonly body: z.core.$ZodObject<{ readonly file: z.core.$ZodType<FileAnnouncement> }>
  readonly secretBody?: undefined
  readonly endsSession?: undefined
  readonly repeatable?: undefined
  readonly setsCookies?: undefined
  readonly clearsCache?: undefined
  readonly throttle?: undefined
  readonly refreshCookie?: undefined
  readonly status: 201
  readonly reply: z.core.$ZodObject<{ readonly upload: z.core.$ZodType<UploadGrant> }>
}

/** A read that the edge keeps copies of. */
export type CachedRead = (SharedRead | PublicRead) & { readonly params?: ObjectSchema | undefined }

/** Any declared route, for code that walks over all of them. */
export type Route = (SharedRead | PublicRead | PrivateRead | Write | Upload) & {
  readonly params?: ObjectSchema | undefined
}

/** True for a read that the edge answers from a copy. */
export const isCached = (route: Route): route is CachedRead => route.kind === 'shared' || route.kind === 'public'

/** True for what changes something: sent from the territory's own pages only. */
export const isWriting = (route: Route): route is (Write | Upload) & { readonly params?: ObjectSchema | undefined } =>
  route.kind === 'write' || route.kind === 'upload'

/** True for a write that is done once for each Idempotency-Key, and must have one. */
export const needsKey = (route: Route): boolean => isWriting(route) && !route.repeatable

/** True for a read of somebody's own that comes in pages, whose cursors are sealed: they hold names (functions/platform/cursor.ts). */
export const isPrivateList = (route: Route): boolean =>
  route.kind === 'private' && route.query?._zod.def.shape.cursor !== undefined

/** True if a route of the contract lets browsers put files into the documents' bucket. */
export const hasUploads = ({ routes }: Contract): boolean => Object.values(routes).some(({ kind }) => kind === 'upload')

/**
 * Declares a route, once. Everything else is derived from the declaration: the HTTP API's routes and CloudFront's
 * behaviours, dispatch, parsing and reply filtering, the typed web client, the OpenAPI document and the access tests.
 */
export function route<
  const Path extends `/api/audiences/{audience}/${string}`,
  const Declared extends SharedRead<Path>,
>(declared: Declared & { readonly path: Path }): Declared
export function route<const Path extends `/api/public/${string}`, const Declared extends PublicRead<Path>>(
  declared: Declared & { readonly path: Path },
): Declared
export function route<const Path extends string, const Declared extends PrivateRead<Path>>(
  declared: Declared & { readonly path: Path },
): Declared
export function route<const Path extends string, const Declared extends Write<Path>>(
  declared: Declared & { readonly path: Path },
): Declared
export function route<const Path extends string, const Declared extends Upload<Path>>(
  declared: Declared & { readonly path: Path },
): Declared
export function route(declared: unknown): unknown {
  return declared
}

/** The routes that one Lambda function serves. A feature has one, or two where a part needs concurrency of its own. */
export type Contract<
  Feature extends string = string,
  Name extends string = string,
  Problems extends ProblemTable = ProblemTable,
  Routes extends Record<string, Route> = Record<string, Route>,
> = {
  readonly feature: Feature
  /** The function's name, unique in the territory. */
  readonly function: Name
  /** The expected failures of the feature itself. */
  readonly problems: Problems
  /** The schemas that have a name in the OpenAPI document: of what several routes send or answer. */
  readonly schemas?: Readonly<Record<string, Schema>>
  /** What an audience reads alike of the feature, published as files; absent where that is nothing. */
  readonly board?: Board
  readonly routes: Routes
  /**
   * The methods of a path of this contract that another function serves. This one refuses the rest, with all of them in
   * `Allow`.
   */
  readonly elsewhere?: Readonly<Record<string, readonly string[]>>
}

/**
 * The methods that a path takes, or undefined if the contract declares none there.
 * @param path as declared, with its parameters' names.
 */
export const allowedMethods = ({ routes, elsewhere }: Contract, path: string): readonly string[] | undefined => {
  const own = Object.values(routes).filter(one => one.path === path)
  return own.length === 0 ? undefined : [...own.map(one => one.method), ...(elsewhere?.[path] ?? [])].sort()
}

/** Groups the routes of one function. A route that names a problem nobody declared does not compile. */
export const contract = <
  const Feature extends string,
  const Name extends string,
  const Problems extends ProblemTable,
  const Routes extends Record<string, Route>,
>(
  declared: Contract<Feature, Name, Problems, Routes> & {
    readonly routes: {
      readonly [Key in keyof Routes]: { readonly problems?: readonly (keyof Problems | CommonProblem)[] }
    }
  },
): Contract<Feature, Name, Problems, Routes> => declared
