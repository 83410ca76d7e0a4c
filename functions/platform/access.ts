import { erasingPatterns } from './erasing/patterns.ts'
import { lossPatterns } from './loss-patterns.ts'
import { type ItemPattern, type ListPattern, leadingKey, type Pattern } from './pattern.ts'
import { platformPatterns } from './patterns.ts'
import { redeliveryPatterns } from './redelivery-patterns.ts'

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
   * Items whose changes its subscriptions get (functions/platform/delivery.ts), by what happened to them. Needs no
   * permission: the event source mapping passes these changes and hardly any others (lib/platform/delivery.ts).
   */
  readonly subscribes?: { readonly [Event in ChangeEvent]?: readonly ItemPattern[] }
}

/** What happened to an item, as a record of the table's stream names it. */
export const changeEvents = ['INSERT', 'MODIFY', 'REMOVE'] as const
export type ChangeEvent = (typeof changeEvents)[number]

/** What a function does with the table, each with an IAM action. */
export type Verb = Exclude<keyof Access, 'subscribes'>

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

/** A pattern of an event filter, as the template of an event source mapping has it. */
export type StreamPattern = {
  readonly eventName: readonly [ChangeEvent]
  readonly dynamodb: { readonly Keys: { readonly pk: KeyRules; readonly sk: KeyRules } }
}
type KeyRules = { readonly S: readonly (string | { readonly prefix: string })[] }

/** The rules that the keys of a template meet: the text itself, or what comes before its first placeholder. */
const rulesOf = (templates: readonly string[]): KeyRules => ({
  S: [...new Set(templates)]
    .sort()
    .map(text => (text.includes('{') ? { prefix: text.slice(0, text.indexOf('{')) } : text)),
})

/**
 * The patterns of the stream's filter. Each names an event, partitions, and the sort keys of the items that are subscribed
 * to; any of these keys in any of these partitions passes. So that no other item of a partition does, the partitions of
 * which only items with fixed sort keys are subscribed to have a pattern of their own: of a school the school itself, and
 * not the rows of its people, which imports write by the hundred thousand.
 */
export const streamPatterns = (accesses: readonly Access[]): readonly StreamPattern[] =>
  changeEvents.flatMap(event => {
    const items = [...new Set(accesses.flatMap(({ subscribes }) => subscribes?.[event] ?? []))]
    // Imports remove little, and a mapping takes five patterns: removals have one.
    const isFixed = (of: readonly ItemPattern[]) => event !== 'REMOVE' && of.every(({ sk }) => !sk.includes('{'))
    const partitions = Map.groupBy([...Map.groupBy(items, leadingKey).values()], isFixed)
    return [...partitions.values()].map(
      ([...of]): StreamPattern => ({
        eventName: [event],
        dynamodb: { Keys: { pk: rulesOf(of.flat().map(one => one.pk)), sk: rulesOf(of.flat().map(one => one.sk)) } },
      }),
    )
  })

/** The access of every function that answers requests: the territory's keys, the caller's session, first answers. */
export const requestAccess = uses({
  get: [platformPatterns.keys, platformPatterns.answer, platformPatterns.freeze],
  put: [platformPatterns.answer],
  check: [platformPatterns.callerAccess, platformPatterns.callerSession, platformPatterns.freeze],
})

/** The access of the function that generates and rotates the territory's keys. */
export const keysAccess = uses({
  get: [platformPatterns.keys, platformPatterns.factorsKey, platformPatterns.formerFactorsKey],
  put: [platformPatterns.keys, platformPatterns.factorsKey],
  remove: [platformPatterns.formerFactorsKey],
})

/** The access of the clock itself; the features' part of what it does is declared in their own access.ts. */
export const clockAccess = uses({
  get: [platformPatterns.clock],
  query: [platformPatterns.dueIn],
  put: [platformPatterns.clock],
  update: [platformPatterns.due],
  remove: [platformPatterns.due],
})

/** What shows that the stream is read: the clock's own item, which changes once a minute. */
export const beatAccess = uses({ subscribes: { MODIFY: [platformPatterns.clock] } })

/** The access of recording a loss (functions/platform/loss.ts). */
export const lossAccess = uses({ get: [lossPatterns.loss], update: [lossPatterns.loss] })

/** The access of raising a school's mark. */
export const markAccess = uses({ get: [lossPatterns.schoolMark], update: [lossPatterns.schoolMark] })

/** The access of recording a loss that counts among its school's. */
export const schoolLossAccess = uses({
  get: [...lossAccess.get, ...markAccess.get],
  update: [...lossAccess.update, ...markAccess.update, lossPatterns.schoolLosses],
})

/** The access of the function that publishes losses to the edge. */
export const lossesAccess = uses({
  ...markAccess,
  getMany: [lossPatterns.published, lossPatterns.schoolMark],
  query: [lossPatterns.allPublished, lossPatterns.lossesOfPage, lossPatterns.lossesOfShard, lossPatterns.schoolMarks],
  batch: [lossPatterns.published],
})

/** The access of rendering the indexes of a school. */
export const indexAccess = uses({ get: [platformPatterns.boardSchool], query: [platformPatterns.boards] })

/** The access of ordering migrations. */
export const migrationOrderAccess = uses({
  get: [platformPatterns.itemGeneration],
  put: [platformPatterns.due, platformPatterns.itemGeneration],
  update: [platformPatterns.migration],
})

/** The access of carrying migrations out; what each does with items it declares itself. */
export const migrationsAccess = uses({
  get: [platformPatterns.migration],
  getMany: [platformPatterns.migration],
  update: [platformPatterns.itemGeneration, platformPatterns.migration],
  subscribes: { INSERT: [platformPatterns.migration], MODIFY: [platformPatterns.migration] },
})

/** The access of ordering that what the stream set aside be delivered again. */
export const redeliveryOrderAccess = uses({
  get: [redeliveryPatterns.redelivery],
  put: [redeliveryPatterns.redelivery],
  update: [redeliveryPatterns.redelivery],
  query: [redeliveryPatterns.redeliveries],
})

/** The access of carrying that out. */
export const redeliveryAccess = uses({
  get: [redeliveryPatterns.redelivery],
  update: [redeliveryPatterns.redelivery],
  subscribes: { INSERT: [redeliveryPatterns.redelivery], MODIFY: [redeliveryPatterns.redelivery] },
})

/** The access of what renders boards and indexes. */
export const boardsAccess = uses({
  ...indexAccess,
  get: [...indexAccess.get, platformPatterns.keys, platformPatterns.board, platformPatterns.boardAudience],
  put: [platformPatterns.board],
  update: [platformPatterns.board],
  remove: [platformPatterns.board],
  batch: [platformPatterns.due],
  subscribes: {
    INSERT: [platformPatterns.boardAudience],
    MODIFY: [platformPatterns.boardAudience, platformPatterns.boardSchool],
    REMOVE: [platformPatterns.boardAudience],
  },
})

/** The access of deleting superseded files of boards when that is due. */
export const supersededAccess = uses({ ...indexAccess, update: [platformPatterns.board] })

/** The access of ending a sweep that erased people. */
export const endOfSweepAccess = uses({
  query: [erasingPatterns.orders],
  batch: [erasingPatterns.erased, erasingPatterns.order],
})

/** The access of a sweep, beside what features erase with: each declares that itself. */
export const sweepAccess = uses({
  get: [erasingPatterns.lane],
  getMany: [erasingPatterns.lane, platformPatterns.callerAccess],
  query: endOfSweepAccess.query,
  put: [erasingPatterns.lane, platformPatterns.due],
  batch: endOfSweepAccess.batch,
})

/** The access of erasing people from the platform's own items. */
export const erasureAccess = uses({
  get: [platformPatterns.freeze, platformPatterns.migration],
  update: [platformPatterns.freeze, platformPatterns.migration],
  batch: [platformPatterns.answer, platformPatterns.due, platformPatterns.freeze],
})
