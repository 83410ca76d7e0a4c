import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { epochSeconds, minute } from '../../shared/kernel/dates.ts'
import type { lossesAccess } from '../platform/access.ts'
import { chunks } from '../platform/concurrent.ts'
import { type EdgeStore, mostKeys } from '../platform/edge-store.ts'
import { type LogMessage, traceOf } from '../platform/log.ts'
import { raiseMark } from '../platform/loss.ts'
import { entriesOf, isLossKey, markKey, shardKey } from '../platform/loss-list.ts'
import { type LossItem, lossPatterns } from '../platform/loss-patterns.ts'
import { put, remove } from '../platform/operation.ts'
import { argsOf } from '../platform/pattern.ts'
import type { Background } from '../platform/platform.ts'
import { allWanted, type Wanted, wantedOf } from './wanted.ts'

/** The log messages of the losses function. */
export const lossesLogMessages = {
  published: { code: 'LOSSES-1', text: 'losses of access published to the edge' },
  waiting: { code: 'LOSSES-2', text: 'losses of access not published' },
  noRoom: { code: 'LOSSES-3', text: 'losses of access without room at the edge' },
} as const satisfies Record<string, LogMessage>

export type LossesContext = Background<typeof lossesAccess> & { readonly store: EdgeStore }

const consistent = { consistent: true } as const

/**
 * Losses for which a shard has no room, its 78 newer ones filling it, raise the marks of their schools: they then count
 * 15 minutes later. Those that name no school may go on reading until their token ends, which an alarm tells.
 */
const raiseMarks = async ({ table, log }: LossesContext, losses: readonly LossItem[]): Promise<void> => {
  const until = new Map<string, number>()
  for (const { at, schools } of losses) for (const uai of schools) until.set(uai, Math.max(at, until.get(uai) ?? 0))
  for (const [uai, at] of until) await raiseMark(table, uai, at)
  const unlisted = losses.filter(one => one.schools.length === 0).length
  if (losses.length > 0) log.info(lossesLogMessages.noRoom, { losses: unlisted })
  if (unlisted > 0) log.count('LossesWithoutRoom', unlisted)
}

/** Publishes some keys, as many as one call takes; returns how many changed. What is written is remembered. */
const publishSome = async (context: LossesContext, keys: readonly string[]): Promise<number> => {
  const { table, store, now } = context
  let without: readonly LossItem[] = []
  const { puts, deletes } = await store.update(async () => {
    const [wanted, published] = await Promise.all([
      wantedOf(table, keys, now()),
      table.getMany(
        lossPatterns.published,
        keys.map(key => ({ key })),
        consistent,
      ),
    ])
    without = wanted.without
    const known = new Map(published.flatMap(one => (one ? [[one.key, one.value] as const] : [])))
    return {
      puts: new Map([...wanted.values].filter(([key, value]) => known.get(key) !== value)),
      deletes: keys.filter(key => known.has(key) && !wanted.values.has(key)),
    }
  })
  await table.writeMany([
    ...[...puts].map(([key, value]) => put('published', lossPatterns.published, { key }, { key, value })),
    ...deletes.map(key => remove('published', lossPatterns.published, { key })),
  ])
  await raiseMarks(context, without)
  return puts.size + deletes.length
}

/** Publishes keys, {@link mostKeys} a call. */
const publish = async (context: LossesContext, keys: readonly string[]): Promise<void> => {
  let values = 0
  for (const some of chunks(keys, mostKeys)) values += await publishSome(context, some)
  if (values > 0) context.log.info(lossesLogMessages.published, { values })
}

/** The key of the store that a loss's row or a school's mark is a part of. */
const keyOfRecord = (record: DynamoDBRecord['dynamodb']): string | undefined => {
  const key = { pk: record?.Keys?.pk?.S ?? '', sk: record?.Keys?.sk?.S ?? '' }
  const mark = argsOf(lossPatterns.schoolMark, key)
  if (mark) return markKey(mark.uai)
  const loss = argsOf(lossPatterns.loss, key)
  return loss && shardKey(loss.shard)
}

/** Calls of one scheduled run for values in which only sign-outs or ended losses differ: calls are what the store costs. */
const mostOutdatedCalls = 4

/** Whether a value holds what another one must: a mark, or the entries of losses that are not ended. */
const lacks = (key: string, wanted: string, known: string | undefined, losing: ReadonlySet<string>): boolean => {
  if (key.startsWith('s')) return known !== wanted
  const there = new Map(entriesOf(known ?? '').map(({ hash, at }) => [hash, at]))
  return entriesOf(wanted).some(({ hash, at }) => losing.has(`${key} ${hash}`) && (there.get(hash) ?? 0) < at)
}

/** Keys whose published value differs from the wanted one: those that lack a loss, and those that are only outdated. */
const differing = (wanted: Wanted, known: ReadonlyMap<string, string>) => {
  const missing: string[] = []
  const outdated: string[] = []
  for (const [key, value] of wanted.values)
    if (known.get(key) !== value) (lacks(key, value, known.get(key), wanted.losing) ? missing : outdated).push(key)
  for (const key of known.keys()) if (!wanted.values.has(key)) outdated.push(key)
  return { missing, outdated }
}

/** Corrects what is remembered as published by what the store holds: one call for each 50 of its values. */
const compareWithStore = async ({ table, store }: LossesContext): Promise<void> => {
  const held = new Map([...(await store.list())].filter(([key]) => isLossKey(key)))
  const remembered = await table.all(lossPatterns.allPublished, {}, consistent)
  const known = new Map(remembered.map(({ key, value }) => [key, value]))
  await table.writeMany([
    ...[...held]
      .filter(([key, value]) => known.get(key) !== value)
      .map(([key, value]) => put('published', lossPatterns.published, { key }, { key, value })),
    ...[...known.keys()].filter(key => !held.has(key)).map(key => remove('published', lossPatterns.published, { key })),
  ])
}

/** Publishes what differs from what was published: losses that were missed, and, some at a time, what is outdated. */
const publishDifferences = async (context: LossesContext): Promise<void> => {
  const { table, now } = context
  const [wanted, remembered] = await Promise.all([
    allWanted(table, now()),
    table.all(lossPatterns.allPublished, {}, consistent),
  ])
  const known = new Map(remembered.map(({ key, value }) => [key, value]))
  const { missing, outdated } = differing(wanted, known)
  await publish(context, missing)
  // Begins elsewhere at each run, so that none is always left out.
  const most = mostOutdatedCalls * mostKeys
  const run = Math.floor(epochSeconds(now()) / (10 * minute))
  const from = outdated.length > most ? (run * most) % outdated.length : 0
  await publish(context, [...outdated.slice(from), ...outdated.slice(0, from)].slice(0, most))
}

type Scheduled = { readonly compare?: 'store' }

/**
 * The handler of the table's stream, with the rows of losses and of marks, and of two schedules: `{}` publishes what
 * differs, `{ compare: 'store' }` compares with the store itself before. A failure is thrown, so that Lambda retries.
 */
export const lossesHandler =
  (context: LossesContext) =>
  async (event: DynamoDBStreamEvent | Scheduled): Promise<void> => {
    const keys = 'Records' in event ? event.Records.flatMap(one => keyOfRecord(one.dynamodb) ?? []) : undefined
    const isComparing = 'compare' in event && event.compare === 'store'
    try {
      if (keys) return await publish(context, [...new Set(keys)])
      if (isComparing) await compareWithStore(context)
      await publishDifferences(context).catch(async error => {
        // A value that was to be deleted is gone: what is remembered is not what the store holds.
        if (isComparing || !(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error
        await compareWithStore(context)
        await publishDifferences(context)
      })
    } catch (error) {
      context.log.error(lossesLogMessages.waiting, { ...(keys && { losses: keys.length }), ...traceOf(error) })
      throw error
    } finally {
      context.log.flush()
    }
  }
