import type { Access } from '../../functions/platform/access.ts'
import type { Platform } from '../../functions/platform/platform.ts'
import type { Contract, Related, Route } from '../../shared/kernel/route.ts'
import type { CallOptions } from './call.ts'
import type { TestPlatform } from './platform.ts'
import type { School } from './school.ts'

/** A school in a table, and the ids of what a feature's `arrange` has added to it. */
export type Arranged<Ids> = { readonly school: School; readonly ids: Ids }

/**
 * A valid call of a route. For a route within a relation, `related` names all people who have it
 * (test/support/school.ts): everybody else is refused, even with the route's role.
 */
type Example<Declared extends Route> = Pick<CallOptions, 'params' | 'query' | 'body'> &
  (Declared extends { readonly within: Related }
    ? { readonly related: readonly string[] }
    : { readonly related?: undefined })

/** An example for each route of a contract: a missing one does not compile. */
export type ExamplesOf<Declared extends Contract, Ids = undefined> = {
  readonly [Name in keyof Declared['routes']]: (arranged: Arranged<Ids>) => Example<Declared['routes'][Name]>
}

/** A function as the tests of all functions need it. */
export type TestedFunction = {
  readonly contract: Contract
  readonly open: (platform: TestPlatform) => unknown
  /** Its access to the table, including that of the request pipeline. */
  readonly access: readonly Access[]
  /** Adds to a newly seeded school what the examples refer to. */
  readonly arrange: (platform: TestPlatform, school: School) => Promise<unknown>
  readonly examples: Readonly<
    Record<
      string,
      (
        arranged: Arranged<never>,
      ) => Pick<CallOptions, 'params' | 'query' | 'body'> & { readonly related?: readonly string[] }
    >
  >
  /** By route: statuses other than success that a caller who is let in may get. */
  readonly mayAnswer?: Readonly<Record<string, readonly number[]>>
}

/** Declares a function for the tests of all functions. */
export const tested = <Declared extends Contract, Uses extends Access, Ids = undefined>(declared: {
  readonly contract: Declared
  readonly open: (platform: Platform<Uses>) => unknown
  readonly access: readonly Access[]
  readonly arrange?: (platform: TestPlatform, school: School) => Promise<Ids>
  readonly examples: ExamplesOf<Declared, Ids>
  readonly mayAnswer?: { readonly [Name in keyof Declared['routes']]?: readonly number[] }
}): TestedFunction => ({
  contract: declared.contract,
  open: declared.open as TestedFunction['open'],
  access: declared.access,
  arrange: declared.arrange ?? (async () => undefined),
  examples: declared.examples as unknown as TestedFunction['examples'],
  ...(declared.mayAnswer && { mayAnswer: declared.mayAnswer as Readonly<Record<string, readonly number[]>> }),
})
