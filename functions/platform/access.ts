import { type ItemPattern, type ListPattern, leadingKey, type Pattern } from './pattern.ts'
import { platformPatterns } from './patterns.ts'

/**
 * A function's access to the table: for each verb of the client (functions/platform/table.ts), the access patterns it
 * is used with. The client's type accepts nothing else, and the function's IAM policy is derived from the same
 * declaration (lib/platform/table-access.ts). This file imports no SDK, so that lib/ may import it.
 */
export type Access = {
  readonly get?: readonly ItemPattern[]
  readonly getMany?: readonly ItemPattern[]
  /** `list`, `all` and `pages`. */
  readonly query?: readonly ListPattern[]
  readonly put?: readonly ItemPattern[]
  readonly update?: readonly ItemPattern[]
  readonly remove?: readonly ItemPattern[]
  /** Conditions on items that a transaction does not write. */
  readonly check?: readonly ItemPattern[]
  /** Puts and removals without a condition, 25 a request. */
  readonly batch?: readonly ItemPattern[]
}

/** Declares a function's access to the table. */
export const uses = <const Declared extends Access>(declared: Declared): Declared => declared

/** The IAM action of each verb. A transaction needs the permissions of its parts. */
const actions = {
  get: 'GetItem',
  getMany: 'BatchGetItem',
  query: 'Query',
  put: 'PutItem',
  update: 'UpdateItem',
  remove: 'DeleteItem',
  check: 'ConditionCheckItem',
  batch: 'BatchWriteItem',
} as const satisfies Record<keyof Access, string>

export type Action = (typeof actions)[keyof Access]

/** The prefixes of the partition keys that each action is used with, sorted: `{ GetItem: ['N#', 'P#'] }`. */
export const actionsOf = (accesses: readonly Access[]): ReadonlyMap<Action, readonly string[]> => {
  const prefixes = new Map<Action, readonly string[]>()
  for (const verb of Object.keys(actions) as (keyof Access)[]) {
    const patterns = accesses.flatMap((access): readonly Pattern[] => access[verb] ?? [])
    if (patterns.length > 0) prefixes.set(actions[verb], [...new Set(patterns.map(leadingKey))].sort())
  }
  return prefixes
}

/** The access of every function that answers requests: the territory's keys, the caller's session, first answers. */
export const requestAccess = uses({
  get: [platformPatterns.keys, platformPatterns.answer],
  put: [platformPatterns.answer],
  check: [platformPatterns.callerAccess, platformPatterns.callerSession],
})

/** The access of the function that generates and rotates the territory's keys. */
export const keysAccess = uses({ get: [platformPatterns.keys], put: [platformPatterns.keys] })
