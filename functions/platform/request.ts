import type * as z from 'zod/mini'
import type { CommonProblem, Problem } from '../../shared/kernel/problem.ts'
import type { Result } from '../../shared/kernel/result.ts'
import type { Contract, Related, Route } from '../../shared/kernel/route.ts'
import type { Access } from './access.ts'
import type { OperationOf } from './table.ts'
import type { Caller } from './token.ts'

export type CommitOptions<Failure extends string = never> = {
  /** False if the answer holds a secret, which is not stored: a repeat runs the handler again for the same answer. */
  readonly remember?: boolean
  /** False if the operations themselves write the caller's session item. */
  readonly checkSession?: boolean
  /** The problem for operations whose condition was not met, by their names. Default: `conflict`. */
  readonly refused?: (names: readonly string[]) => Problem<CommonProblem | Failure>
}

/** Runs one transaction that also checks the caller's session and stores the answer. */
export type Commit<Uses extends Access> = <Reply, Failure extends string = never>(
  operations: readonly OperationOf<Uses>[],
  reply: Reply,
  options?: CommitOptions<Failure>,
) => Promise<Result<Reply, Problem<CommonProblem | Failure>>>

type Output<Schema> = Schema extends z.core.$ZodType ? z.output<Schema> : undefined

/** The caller that a route's implementation gets: none in cached reads, perhaps none in routes for `anyone`. */
type CallerOf<Declared extends Route> = Declared['kind'] extends 'shared' | 'public'
  ? undefined
  : Declared['callers'] extends 'anyone'
    ? Caller | undefined
    : Caller

/**
 * The further members of a write's request. `commit` needs a caller; a route for `anyone` writes its own transaction, and
 * a repeatable write has none.
 */
type WritingOf<Declared extends Route, Uses extends Access> = Declared extends { readonly repeatable: true }
  ? object
  : Declared['kind'] extends 'write' | 'upload'
    ? {
        /** The client's Idempotency-Key. */
        readonly key: string
        /** True if this write was answered before, with an answer that is not stored: the same one must be returned. */
        readonly repeat: boolean
      } & (Declared['callers'] extends 'anyone' ? object : { readonly commit: Commit<Uses> })
    : object

/**
 * The viewer's address, user agent, refresh cookie, device cookie and the cookie of a sign-in's second step. `host`: the host
 * of the page, as the edge tells it.
 */
export type Client = {
  readonly host: string
  readonly step: string | undefined
  readonly address: string
  readonly agent: string
  readonly refresh: string | undefined
  readonly device: string | undefined
}

/** A request as relation loaders get it: parsed, from a caller who may call the route. */
export type ParsedRequest<Declared extends Route> = {
  readonly params: Output<Declared['params']>
  readonly query: Output<Declared['query']>
  readonly body: Output<Declared['body']>
  readonly caller: CallerOf<Declared>
  readonly now: Date
  readonly requestId: string
  readonly client: Client
}

type RelationNames<Declared extends Route> = Declared extends { readonly within: Related<infer Names> }
  ? Names[number]
  : never

type LoaderRequest<Declared extends Contract, Name extends string> = {
  [Key in keyof Declared['routes']]: Name extends RelationNames<Declared['routes'][Key]>
    ? ParsedRequest<Declared['routes'][Key]>
    : never
}[keyof Declared['routes']]

/**
 * The loader of each relation that a contract names. It loads what the request names and proves the caller's relation
 * to it, or fails with the problem to answer: `not-found` also if the caller may not know that it exists. `before`: the
 * results of the route's earlier relations. A missing loader does not compile.
 */
export type Loaders<Declared extends Contract> = {
  readonly [Name in RelationNames<Declared['routes'][keyof Declared['routes']]>]: (
    request: LoaderRequest<Declared, Name>,
    before: never,
  ) => Promise<Result<unknown, Problem<CommonProblem | (keyof Declared['problems'] & string)>>>
}

type Loaded<Loader> = Loader extends (...args: never) => Promise<infer Outcome>
  ? Extract<Outcome, { readonly ok: true }> extends { readonly value: infer Value }
    ? Value
    : never
  : never

/** The results of the loaders of a route's relations, by relation: `related.publication`. */
type RelatedOf<Declared extends Route, Given> = {
  readonly [Name in RelationNames<Declared>]: Name extends keyof Given ? Loaded<Given[Name]> : never
}

/** A request as an implementation gets it: parsed, from a caller who may call the route, with its relations proved. */
export type RequestOf<
  Declared extends Route,
  Uses extends Access = Access,
  Given = object,
> = ParsedRequest<Declared> & {
  readonly related: RelatedOf<Declared, Given>
} & WritingOf<Declared, Uses>

type ProblemOf<Declared extends Route> =
  | CommonProblem
  | (Declared extends { readonly problems: readonly (infer Type extends string)[] } ? Type : never)

/**
 * An implementation's value when it succeeds. For an upload: the reply without its grant, which the platform signs anew
 * for each reply, and the key of the object to upload, `<feature>/…`, which the implementation chooses, with the
 * id of the upload that it began for a file in parts. Both are stored with the answer, and sent to the client only within
 * the grant.
 */
type ValueOf<Declared extends Route> = Declared extends { readonly kind: 'upload' }
  ? Omit<Output<Declared['reply']>, 'upload'> & { readonly objectKey: string; readonly uploadId?: string | undefined }
  : Output<Declared['reply']>

/** An implementation's result: the reply or one of the declared problems, and cookies to set with either. */
export type AnswerOf<Declared extends Route> = Result<ValueOf<Declared>, Problem<ProblemOf<Declared>>> & {
  readonly cookies?: readonly string[]
}

/** One implementation for each route of a contract: a missing one does not compile. */
export type Implementations<Declared extends Contract, Uses extends Access, Given> = {
  readonly [Name in keyof Declared['routes']]: (
    request: RequestOf<Declared['routes'][Name], Uses, Given>,
  ) => Promise<AnswerOf<Declared['routes'][Name]>>
}
