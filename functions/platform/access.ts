import { type ItemPattern, type ListPattern, leadingKey, type Pattern } from './pattern.ts'
import { platformPatterns } from './patterns.ts'

/**
 * A function's access to the table: for each verb of the client (functions/platform/open-table.ts), the access patterns it
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
  /**
   * Items whose changes its subscriptions get (functions/platform/delivery.ts). Needs no permission: the event source
   * mapping passes the changes of these partitions and no others (lib/platform/delivery.ts).
   */
  readonly subscribes?: readonly ItemPattern[]
}

/** What a function does with the table, each with an IAM action. */
type Verb = Exclude<keyof Access, 'subscribes'>

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
} as const satisfies Record<Verb, string>

export type Action = (typeof actions)[Verb]

/** The prefixes of the partition keys that each action is used with, sorted: `{ GetItem: ['N#', 'P#'] }`. */
export const actionsOf = (accesses: readonly Access[]): ReadonlyMap<Action, readonly string[]> => {
  const prefixes = new Map<Action, readonly string[]>()
  for (const verb of Object.keys(actions) as Verb[]) {
    const patterns = accesses.flatMap((access): readonly Pattern[] => access[verb] ?? [])
    if (patterns.length > 0) prefixes.set(actions[verb], [...new Set(patterns.map(leadingKey))].sort())
  }
  return prefixes
}

/** Partitions of which changes are subscribed to, and the sort keys in them; without `sortKeys`, all. */
export type SubscribedPartitions = { readonly prefixes: readonly string[]; readonly sortKeys?: readonly string[] }

/**
 * The partitions whose changes are subscribed to, by the prefixes of their keys. Where only items with fixed sort keys are
 * subscribed to, those alone: of a school's partition the school, and not each of its members, whom imports write.
 */
export const subscribedPartitions = (accesses: readonly Access[]): readonly SubscribedPartitions[] => {
  const byPrefix = Map.groupBy(new Set(accesses.flatMap(({ subscribes = [] }) => subscribes)), leadingKey)
  const partitions = [...byPrefix].map(([prefix, patterns]) => {
    const sortKeys = [...new Set(patterns.map(({ sk }) => sk))].sort()
    return { prefix, ...(sortKeys.every(sk => !sk.includes('{')) && { sortKeys }) }
  })
  return [...Map.groupBy(partitions, ({ sortKeys }) => sortKeys?.join(' ')).values()].map(alike => ({
    prefixes: alike.map(({ prefix }) => prefix).sort(),
    ...(alike[0]?.sortKeys && { sortKeys: alike[0].sortKeys }),
  }))
}

/** The access of every function that answers requests: the territory's keys, the caller's session, first answers. */
export const requestAccess = uses({
  get: [platformPatterns.keys, platformPatterns.answer],
  put: [platformPatterns.answer],
  check: [platformPatterns.callerAccess, platformPatterns.callerSession],
})

/** The access of the function that generates and rotates the territory's keys. */
export const keysAccess = uses({ get: [platformPatterns.keys], put: [platformPatterns.keys] })

/** The access of the clock itself; the features' part of what it does is declared in their own access.ts. */
export const clockAccess = uses({
  get: [platformPatterns.clock],
  query: [platformPatterns.dueIn],
  put: [platformPatterns.clock],
  update: [platformPatterns.due],
  remove: [platformPatterns.due],
})

/** The access of recording a loss (functions/platform/loss.ts). */
export const lossAccess = uses({ get: [platformPatterns.loss], update: [platformPatterns.loss] })

/** The access of raising a school's mark. */
export const markAccess = uses({ get: [platformPatterns.schoolMark], update: [platformPatterns.schoolMark] })

/** The access of recording a loss that counts among its school's. */
export const schoolLossAccess = uses({
  get: [...lossAccess.get, ...markAccess.get],
  update: [...lossAccess.update, ...markAccess.update, platformPatterns.schoolLosses],
})

/** The access of the function that publishes losses to the edge. */
export const lossesAccess = uses({
  ...markAccess,
  getMany: [platformPatterns.published, platformPatterns.schoolMark],
  query: [
    platformPatterns.allPublished,
    platformPatterns.lossesOfPage,
    platformPatterns.lossesOfShard,
    platformPatterns.schoolMarks,
  ],
  batch: [platformPatterns.published],
})

/** The access of rendering the indexes of a school. */
export const indexAccess = uses({ get: [platformPatterns.boardSchool], query: [platformPatterns.boards] })

/** The access of ordering migrations. */
export const migrationOrderAccess = uses({
  get: [platformPatterns.itemGeneration],
  put: [platformPatterns.itemGeneration],
  update: [platformPatterns.migration],
})

/** The access of carrying migrations out; what each does with items it declares itself. */
export const migrationsAccess = uses({
  get: [platformPatterns.migration],
  getMany: [platformPatterns.migration],
  update: [platformPatterns.itemGeneration, platformPatterns.migration],
  subscribes: [platformPatterns.migration],
})

/** The access of what renders boards and indexes. */
export const boardsAccess = uses({
  ...indexAccess,
  get: [...indexAccess.get, platformPatterns.keys, platformPatterns.board, platformPatterns.boardAudience],
  put: [platformPatterns.board],
  batch: [platformPatterns.due],
  subscribes: [platformPatterns.boardAudience, platformPatterns.boardSchool],
})

/** The access of deleting superseded files of boards when that is due. */
export const supersededAccess = uses({ ...indexAccess, update: [platformPatterns.board] })
