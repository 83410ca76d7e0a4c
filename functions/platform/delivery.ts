import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import middy, { type MiddyfiedHandler } from '@middy/core'
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import * as z from 'zod/mini'
import { epochSeconds } from '../../shared/kernel/dates.ts'
import { type Access, type ChangeEvent, changeEvents } from './access.ts'
import type { BoardRenderer } from './boards/renderer.ts'
import { forEachConcurrent } from './concurrent.ts'
import { logMessages, traceOf } from './log.ts'
import { type ArgsOf, argsOf, type ItemOf, type ItemPattern, type Key } from './pattern.ts'
import type { Background } from './platform.ts'

/**
 * A change of an item, as the table's stream gives it: at least once, in order within a partition. `sequence` grows
 * within a partition.
 */
export type Change<Of extends ItemPattern = ItemPattern> = Of extends ItemPattern
  ? {
      readonly pattern: Of
      readonly sequence: string
      readonly event: ChangeEvent
      /** Epoch seconds of the change, rounded down. */
      readonly at: number
      readonly key: Key
      readonly args: ArgsOf<Of>
      readonly before?: ItemOf<Of> | undefined
      readonly after?: ItemOf<Of> | undefined
    }
  : never

/** A feature's processing of changes of items. */
export type Subscription<Uses extends Access = Access> = {
  /** For log lines. */
  readonly name: string
  readonly of: readonly ItemPattern[]
  readonly on: readonly ChangeEvent[]
  /** A metric that counts the invocations in which it was given changes, so that they are told from the others. */
  readonly metric?: string
  readonly group: (change: Change) => string
  readonly deliver: (background: Background<Uses>, changes: readonly Change[]) => Promise<void>
}

/**
 * Subscribes to changes of items. `deliver` gets those of one group that came in one batch, in the batch's order. It may
 * be given them again, all or some, and must then end in the same state. `group` names a change's group: by default its
 * partition, within which changes come in their order. Changes of another group may come in any order, and two batches
 * with changes of it may be processed at one moment.
 */
export const subscription = <const Of extends ItemPattern, Uses extends Access>(declared: {
  readonly name: string
  readonly of: readonly Of[]
  readonly on: readonly ChangeEvent[]
  readonly metric?: string
  readonly group?: (change: Change<Of>) => string
  readonly deliver: (background: Background<Uses>, changes: readonly Change<Of>[]) => Promise<void>
}): Subscription<Uses> => ({
  ...declared,
  group: change => declared.group?.(change as unknown as Change<Of>) ?? change.key.pk,
  deliver: (background, changes) => declared.deliver(background, changes as unknown as readonly Change<Of>[]),
})

/** A feature's subscriptions, and what they do with the table; and how its board is made, if its contract declares one. */
export type Deliveries = {
  readonly access: Access
  readonly subscriptions: readonly Subscription[]
  readonly board?: BoardRenderer
  /**
   * Of changes that are counted: the id of what they are counted of. Counts pass over what comes again after newer
   * changes, so that they are to be compared with their facts once it was delivered again.
   */
  readonly countedOf?: (change: Pick<Change, 'pattern' | 'args'>) => string | undefined
}

/** Groups a feature's subscriptions; each accepts what `access` declares. */
export const deliveries = <Uses extends Access>(
  access: Uses,
  ...subscriptions: readonly Subscription<Uses>[]
): Deliveries => ({ access, subscriptions: subscriptions as unknown as readonly Subscription[] })

/** Throws for a subscription to changes that no access lists under `subscribes`: the stream would not pass them. */
const assertListed = (all: readonly Deliveries[]): void => {
  const listed = new Map(
    changeEvents.map(event => [event, new Set(all.flatMap(({ access }) => access.subscribes?.[event] ?? []))]),
  )
  for (const { name, of, on } of all.flatMap(({ subscriptions }) => subscriptions))
    for (const event of on)
      for (const pattern of of)
        if (!listed.get(event)?.has(pattern))
          throw new Error(`"${name}" subscribes to ${event} of ${pattern.pk} ${pattern.sk}, which no access lists`)
}

/** Groups processed concurrently; each makes several requests to the table at once. */
const groupConcurrency = 12

type Group = { readonly subscription: Subscription; readonly background: Background; readonly changes: Change[] }
type Failure = { readonly sequence: string; readonly error: unknown; readonly subscription?: string }

const imageOf = (pattern: ItemPattern, image: DynamoDBRecord['dynamodb'], which: 'NewImage' | 'OldImage'): unknown =>
  image?.[which] && z.parse(pattern.item, unmarshall(image[which] as Record<string, AttributeValue>))

/** A record as a change of a pattern's item; undefined if its key is of another pattern. */
const changeOf = (pattern: ItemPattern, { eventName, dynamodb }: DynamoDBRecord, now: Date): Change | undefined => {
  const key = { pk: dynamodb?.Keys?.pk?.S ?? '', sk: dynamodb?.Keys?.sk?.S ?? '' }
  const args = argsOf(pattern, key)
  if (!args || !eventName || !dynamodb?.SequenceNumber) return undefined
  return {
    pattern,
    sequence: dynamodb.SequenceNumber,
    event: eventName,
    at: dynamodb.ApproximateCreationDateTime ?? epochSeconds(now),
    key,
    args,
    before: imageOf(pattern, dynamodb, 'OldImage') as never,
    after: imageOf(pattern, dynamodb, 'NewImage') as never,
  }
}

/** The changes of a batch by subscription and group, and the records that could not be parsed. */
const grouped = (
  records: readonly DynamoDBRecord[],
  subscribed: readonly Omit<Group, 'changes'>[],
): { groups: Group[]; failures: Failure[] } => {
  const groups = new Map<string, Group>()
  const failures: Failure[] = []
  for (const record of records)
    for (const [at, { subscription: to, background }] of subscribed.entries()) {
      if (!to.on.some(event => event === record.eventName)) continue
      try {
        const changes = to.of.flatMap(pattern => changeOf(pattern, record, background.now()) ?? [])
        for (const change of changes) {
          const name = `${at} ${to.group(change)}`
          const group = groups.get(name) ?? { subscription: to, background, changes: [] }
          group.changes.push(change)
          groups.set(name, group)
        }
      } catch (error) {
        failures.push({ sequence: record.dynamodb?.SequenceNumber ?? '', error })
      }
    }
  return { groups: [...groups.values()], failures }
}

/** Delivers records to subscriptions; returns the first record of each group that failed, and those it could not parse. */
export type Deliver = (records: readonly DynamoDBRecord[]) => Promise<readonly Failure[]>

/**
 * Passes records to the subscriptions to their kinds of items. A group that fails does not keep the others from being
 * processed. Throws for a subscription to changes that no access lists.
 * @param open opens the clients of a feature's subscriptions, for the access they declare.
 */
export const openDeliver = (features: readonly Deliveries[], open: (access: Access) => Background): Deliver => {
  assertListed(features)
  const subscribed = features.flatMap(({ access, subscriptions }) => {
    const background = open(access)
    return subscriptions.map(one => ({ subscription: one, background }))
  })
  const { log } = open({})
  return async records => {
    const began = performance.now()
    const { groups, failures } = grouped(records, subscribed)
    for (const { error } of failures) log.error(logMessages.unreadable, traceOf(error))
    await forEachConcurrent(
      groups,
      async ({ subscription: to, background, changes }) => {
        try {
          await to.deliver(background, changes)
        } catch (error) {
          failures.push({ sequence: changes[0]?.sequence ?? '', error })
          log.error(logMessages.undelivered, { subscription: to.name, ...traceOf(error) })
        }
      },
      groupConcurrency,
    )
    for (const metric of new Set(groups.flatMap(({ subscription: to }) => to.metric ?? []))) log.count(metric)
    log.info(logMessages.delivered, { records: records.length, ms: Math.round(performance.now() - began) })
    if (failures.length > 0) log.count('DeliveryFailures', failures.length)
    return failures
  }
}

/**
 * The handler of the table's stream: passes each record to the subscriptions to its kind of item. Of each group that
 * failed it reports the first record, from which Lambda retries the batch (ReportBatchItemFailures). Records without a
 * subscription are acknowledged. Throws at init for a subscription to changes that no access lists.
 * @param open opens the clients of a feature's subscriptions, for the access they declare.
 */
export const deliveryHandler = (
  features: readonly Deliveries[],
  open: (access: Access) => Background,
): MiddyfiedHandler<DynamoDBStreamEvent, DynamoDBBatchResponse, Error, Context> => {
  const deliver = openDeliver(features, open)
  const { log } = open({})
  return middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
    .use({ after: () => log.flush(), onError: () => log.flush() })
    .handler(async ({ Records }) => {
      const failures = await deliver(Records)
      // Once, also where several subscriptions failed at the same record.
      const first = new Set(failures.map(({ sequence }) => sequence))
      return { batchItemFailures: [...first].map(itemIdentifier => ({ itemIdentifier })) }
    })
}
