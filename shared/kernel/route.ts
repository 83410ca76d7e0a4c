import type * as z from 'zod/mini'
import type { ProblemType } from './problem.ts'
import type { Role } from './role.ts'

type Schema = z.core.$ZodType
type ObjectSchema = z.core.$ZodObject

/** Names of the `{placeholders}` of a path. */
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
 * Who may call a route. `anyone`: also signed out. `signed-in`: any role. A list: who holds one of these roles;
 * with `within: 'school'`, holds it in the school the path names.
 */
export type Callers = 'anyone' | 'signed-in' | readonly [Role, ...Role[]]

/**
 * What the route's answer is bounded by. `self`: the caller's own things. `school`: the path's `{uai}`.
 * `relation`: the handler decides by the caller's relation to the item the path names, and answers 404 to others.
 */
export type Within = 'self' | 'school' | 'relation'

/** How long the edge may answer from its copy, in seconds (RFC 9111, RFC 5861). */
export type EdgeCache = { readonly ttl: number; readonly staleWhileRevalidate: number; readonly staleIfError: number }

type Common = {
  /** One sentence for the OpenAPI document. */
  readonly summary: string
  /** Expected failures beyond those every route may have. */
  readonly problems?: readonly ProblemType[]
}

/** A read that every member of the path's audience gets alike: answered by the edge, keyed by its URL alone. */
export type SharedRead<Path extends `/api/audiences/{audience}/${string}` = `/api/audiences/{audience}/${string}`> =
  Common & {
    readonly kind: 'shared'
    readonly method: 'GET'
    readonly path: Path
    readonly callers: 'members'
    readonly cache: EdgeCache
    readonly query?: ObjectSchema
    readonly reply: Schema
    readonly body?: undefined
    readonly status?: undefined
  } & Params<Path>

/** A read of one person's own view: never cached, at most one item or one Query. */
export type PrivateRead<Path extends string = string> = Common & {
  readonly kind: 'private'
  readonly method: 'GET'
  readonly path: Path
  readonly callers: Callers
  readonly within: Within
  readonly query?: ObjectSchema
  readonly reply: Schema
  readonly body?: undefined
  readonly status?: undefined
} & Params<Path>

/** A write: one transaction, idempotent by the client's key. `status` 204 has no body. */
export type Write<Path extends string = string> = Common & {
  readonly kind: 'write'
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: Path
  readonly callers: Callers
  readonly within: Within
  readonly query?: undefined
  readonly body?: ObjectSchema
  readonly status: 200 | 201 | 204
  readonly reply?: Schema
} & Params<Path>

/** Any declared route, for code that walks over all of them. */
export type Route = (SharedRead | PrivateRead | Write) & { readonly params?: ObjectSchema | undefined }

/**
 * Declares a route, once. Everything else is derived from the declaration: the HTTP API's routes and CloudFront's
 * behaviours, dispatch, parsing and reply filtering, the typed web client, the OpenAPI document and the access tests.
 */
export function route<
  const Path extends `/api/audiences/{audience}/${string}`,
  const Declared extends SharedRead<Path>,
>(declared: Declared & { readonly path: Path }): Declared
export function route<const Path extends string, const Declared extends PrivateRead<Path>>(
  declared: Declared & { readonly path: Path },
): Declared
export function route<const Path extends string, const Declared extends Write<Path>>(
  declared: Declared & { readonly path: Path },
): Declared
export function route(declared: unknown): unknown {
  return declared
}

/** The routes that one Lambda function serves. A feature has one, or two where a part needs concurrency of its own. */
export type Contract<Routes extends Record<string, Route> = Record<string, Route>> = {
  readonly feature: string
  /** The function's name, unique in the territory. */
  readonly function: string
  readonly routes: Routes
}

/** Groups the routes of one function. */
export const contract = <const Routes extends Record<string, Route>>(declared: Contract<Routes>): Contract<Routes> =>
  declared
