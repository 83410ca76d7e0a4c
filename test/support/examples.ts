import type { Access } from '../../functions/platform/access.ts'
import type { Platform } from '../../functions/platform/platform.ts'
import type { Contract, Related, Route } from '../../shared/kernel/route.ts'
import type { CallOptions } from './call.ts'
import type { TestPlatform } from './platform.ts'
import type { School } from './school.ts'

/** A school on a table, and what a feature has put there to call its routes with. */
export type Arranged<Ids> = { readonly school: School; readonly ids: Ids }

/**
 * How to call a route rightly. For a route within a relation, `related` names all who have it (test/support/school.ts):
 * whoever else may hold the route's role is refused.
 */
type Example<Declared extends Route> = Pick<CallOptions, 'params' | 'query' | 'body'> &
  (Declared extends { readonly within: Related }
    ? { readonly related: readonly string[] }
    : { readonly related?: undefined })

/** An example for each route of a contract: a missing one does not compile. */
export type ExamplesOf<Declared extends Contract, Ids = undefined> = {
  readonly [Name in keyof Declared['routes']]: (arranged: Arranged<Ids>) => Example<Declared['routes'][Name]>
}

/** What the tests of all functions know of one. */
export type TestedFunction = {
  readonly contract: Contract
  readonly open: (platform: TestPlatform) => unknown
  /** What it does with the table, what answering requests takes included. */
  readonly access: readonly Access[]
  /** Puts there what the examples name, for a school just seeded. */
  readonly arrange: (platform: TestPlatform, school: School) => Promise<unknown>
  readonly examples: Readonly<
    Record<
      string,
      (
        arranged: Arranged<never>,
      ) => Pick<CallOptions, 'params' | 'query' | 'body'> & { readonly related?: readonly string[] }
    >
  >
  /** What somebody let in may be answered with besides success. */
  readonly mayAnswer?: Readonly<Record<string, readonly number[]>>
}

/** Tells the tests of all functions about one. */
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
