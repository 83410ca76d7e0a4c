import type * as z from 'zod/mini'
import type { Result } from '../../shared/kernel/result.ts'
import type { Contract, Route } from '../../shared/kernel/route.ts'
import type { Caller } from './caller.ts'
import type { Commit } from './commit.ts'

type Output<Schema> = Schema extends z.core.$ZodType ? z.output<Schema> : undefined

/** The caller a route's implementation gets: the edge answers for shared reads, `anyone` may be nobody. */
type CallerOf<Declared extends Route> = Declared['kind'] extends 'shared'
  ? undefined
  : Declared['callers'] extends 'anyone'
    ? Caller | undefined
    : Caller

/** What writes have besides. `commit` needs a caller; a route for `anyone` writes its own transaction. */
type WriteOf<Declared extends Route> = Declared['kind'] extends 'write'
  ? {
      /** The client's Idempotency-Key. */
      readonly key: string
      /** True if an answer that could not be remembered was already given: make the same one again. */
      readonly repeat: boolean
    } & (Declared['callers'] extends 'anyone' ? object : { readonly commit: Commit })
  : object

/** The viewer's address, user agent, refresh cookie and device cookie. */
export type Client = {
  readonly address: string
  readonly agent: string
  readonly refresh: string | undefined
  readonly device: string | undefined
}

/** A request as an implementation sees it: parsed, and its caller allowed to call the route. */
export type RequestOf<Declared extends Route> = {
  readonly params: Output<Declared['params']>
  readonly query: Output<Declared['query']>
  readonly body: Output<Declared['body']>
  readonly caller: CallerOf<Declared>
  readonly now: Date
  readonly requestId: string
  readonly client: Client
} & WriteOf<Declared>

/** What an implementation answers: the reply or a problem, and cookies to set with either. */
export type AnswerOf<Declared extends Route> = Result<Output<Declared['reply']>> & {
  readonly cookies?: readonly string[]
}

/** One implementation for each route of a contract: a missing one does not compile. */
export type Implementations<Declared extends Contract> = {
  readonly [Name in keyof Declared['routes']]: (
    request: RequestOf<Declared['routes'][Name]>,
  ) => Promise<AnswerOf<Declared['routes'][Name]>>
}
