import { epochSeconds, hour, minute } from '../../shared/kernel/dates.ts'
import type { lossAccess, markAccess, schoolLossAccess } from './access.ts'
import { lossHash, lossLifetime, shardOf } from './loss-list.ts'
import { lossPatterns } from './loss-patterns.ts'
import { type Operation, put, update } from './operation.ts'
import type { ArgsOf } from './pattern.ts'
import type { Table } from './table.ts'

/**
 * Losses of access, written to the table, from where functions/losses publishes them to the edge. Nothing is read back
 * by whoever writes: what a token may still do at the API is decided by the session and person items.
 */

/** Losses of a school in an hour that become entries; those after them raise the school's mark. */
export const listedOfSchool = 500

/**
 * Seconds added to the time of a change: clocks differ a little, and the time in a stream record is rounded down. Tokens
 * carry the second before the person was read, so that none of what was before has a later one.
 */
const margin = 1

/** The person, or one session of theirs, who lost access at an epoch second, and in which schools. */
export type Loss = {
  readonly person: string
  readonly session?: string
  readonly at: number
  readonly schools: readonly string[]
}

const lossKey = ({ person, session }: Pick<Loss, 'person' | 'session'>): ArgsOf<typeof lossPatterns.loss> => {
  const shard = shardOf(person)
  return { page: shard.slice(0, 2), shard, hash: lossHash(session ?? person) }
}

const lossItem = (kind: 'lost' | 'left', hash: string, at: number, schools: readonly string[]) => ({
  kind,
  hash,
  at,
  schools: [...schools],
  expiresAt: at + lossLifetime,
})

/** True if the update was done, false if its condition was not met. */
const applied = async (work: Promise<void>): Promise<boolean> => {
  try {
    await work
    return true
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false
    throw error
  }
}

/** The entry of a loss, unless a later one is there. `until`: the last second that is refused. */
const enter = async (table: Table<typeof lossAccess>, loss: Loss, until: number): Promise<void> => {
  const key = lossKey(loss)
  const item = lossItem('lost', key.hash, until, loss.schools)
  const later = { any: [{ absent: true as const }, { notAbove: { at: until } }] }
  await applied(table.apply(update('loss', lossPatterns.loss, key, { set: item }, later)))
}

const isEntered = async (table: Table<typeof lossAccess>, loss: Loss, until: number): Promise<boolean> => {
  const known = await table.get(lossPatterns.loss, lossKey(loss), { consistent: true })
  return known !== undefined && known.at >= until
}

/** Records a loss that concerns one person: whatever else happens in their school, it is seen within seconds. */
export const recordLoss = async (
  { table }: { readonly table: Table<typeof lossAccess> },
  loss: Loss,
): Promise<void> => {
  const until = loss.at + margin
  if (!(await isEntered(table, loss, until))) await enter(table, loss, until)
}

/**
 * Raises the mark of a school to the end of the minute: what was issued until then is refused once it is older than 15
 * minutes. To the end of the minute, so that a mark is written once a minute, however many people lose something.
 */
export const raiseMark = async (table: Table<typeof markAccess>, uai: string, until: number): Promise<void> => {
  const at = Math.ceil(until / minute) * minute
  const known = await table.get(lossPatterns.schoolMark, { uai }, { consistent: true })
  if (known && known.at >= at) return
  const item = { kind: 'lost' as const, uai, at, expiresAt: at + lossLifetime }
  const later = { any: [{ absent: true as const }, { notAbove: { at } }] }
  await applied(table.apply(update('mark', lossPatterns.schoolMark, { uai }, { set: item }, later)))
}

/** Counts a loss of a school in its hour; false if {@link listedOfSchool} are counted. */
const counts = (table: Table<typeof schoolLossAccess>, uai: string, at: number): Promise<boolean> => {
  const began = Math.floor(at / hour) * hour
  const change = { add: { count: 1 }, set: { expiresAt: began + 2 * hour } }
  const free = { any: [{ lacks: ['count' as const] }, { notAbove: { count: listedOfSchool - 1 } }] }
  const key = { uai, hour: String(began) }
  return applied(table.apply(update('count', lossPatterns.schoolLosses, key, change, free)))
}

/**
 * Records a loss that the directory brings, which may be one of a whole school's at the end of a year. The first 500 of
 * a school in an hour are entries. Those after them raise the school's mark instead, since each entry makes somebody
 * renew at once. Recording a loss again does not count it again, but for one whose recording was interrupted.
 */
export const recordSchoolLoss = async (
  { table }: { readonly table: Table<typeof schoolLossAccess> },
  loss: Loss,
): Promise<void> => {
  const until = loss.at + margin
  if (await isEntered(table, loss, until)) return
  const counted = await Promise.all(loss.schools.map(uai => counts(table, uai, loss.at)))
  if (counted.length === 0 || counted.includes(true)) return enter(table, loss, until)
  await Promise.all(loss.schools.map(uai => raiseMark(table, uai, until)))
}

/** The operation that records a sign-out on one's own device, for the transaction that ends the session. */
export const signedOut = (person: string, session: string, now: Date): Operation<'put', typeof lossPatterns.loss> => {
  const key = lossKey({ person, session })
  return put('left', lossPatterns.loss, key, lossItem('left', key.hash, epochSeconds(now) + margin, []))
}
