import { after, day, epochSeconds } from '../../../shared/kernel/dates.ts'
import { randomId } from '../../../shared/kernel/ids.ts'
import { editionOf } from '../../../shared/news/rules.ts'
import { uses } from '../../platform/access.ts'
import { put } from '../../platform/operation.ts'
import type { Table } from '../../platform/table.ts'
import { type FactItem, newsPatterns } from '../patterns.ts'
import { factId } from './counting.ts'
import { type CountsItem, countPatterns, type RecountItem } from './patterns.ts'

/** What recounting does with the table. */
export const recountAccess = uses({
  get: [countPatterns.counts],
  put: [countPatterns.recount],
  query: [newsPatterns.seenBy, newsPatterns.signedBy],
})

type RecountTable = Table<typeof recountAccess>

/** What is counted of a publication, of the latest text that anybody saw. */
export type Counted = { readonly edition: number; readonly seen: number; readonly signed: number }

/** The facts that count, by their ids. */
const factsOf = async (table: RecountTable, news: string): Promise<Map<string, FactItem>> => {
  const found = new Map<string, FactItem>()
  for (const pattern of [newsPatterns.seenBy, newsPatterns.signedBy])
    for await (const page of table.pages(pattern, { news }, { consistent: true }))
      for (const { key, item } of page) if (!item.uncounted) found.set(factId(key.sk, item), item)
  return found
}

const countOf = (facts: ReadonlyMap<string, FactItem>): Counted => {
  const edition = Math.max(1, ...[...facts.values()].map(editionOf))
  const ofText = [...facts].filter(([, fact]) => editionOf(fact) === edition).map(([id]) => id)
  const seen = ofText.filter(id => id.startsWith('SEEN#')).length
  return { edition, seen, signed: ofText.length - seen }
}

const storedOf = (counts: CountsItem | undefined): Counted => ({
  edition: editionOf(counts),
  seen: counts?.seen ?? 0,
  signed: counts?.signed ?? 0,
})

/**
 * Whether both count the same of the later of their texts. The counts may be of a later one than all facts: those of it were
 * erased, and nothing is counted of it.
 */
const isSame = (a: Counted, b: Counted): boolean => {
  const edition = Math.max(a.edition, b.edition)
  const [ofA, ofB] = [a, b].map(one => (one.edition === edition ? one : { seen: 0, signed: 0 }))
  return ofA?.seen === ofB?.seen && ofA?.signed === ofB?.signed
}

/**
 * What is counted of a publication, and what its facts say. While the stream has not counted the newest facts yet, the two
 * differ without a fault.
 */
export const compareCounts = async (
  table: RecountTable,
  news: string,
): Promise<{ readonly stored: Counted; readonly facts: Counted; readonly isRight: boolean }> => {
  const stored = storedOf(await table.get(countPatterns.counts, { news }, { consistent: true }))
  const facts = countOf(await factsOf(table, news))
  return { stored, facts, isRight: isSame(stored, facts) }
}

/** Facts written between two reads, at most: a recount with more is given up, and tried again. */
const mostLate = 2_000

/**
 * Has a publication counted anew from its facts, while people go on reading and signing. The facts are read, the first step
 * is written, they are read again, and the second step is written with what was found. The stream passes both steps in the
 * order of the partition, between the facts:
 *
 * - a fact before the first step is among what was found, since it was written before the second read;
 * - one after the second step is not, since that read was over; it is added as ever;
 * - one between the steps is among what was found or is not. The counts remember those since the first step, and the second
 *   step names what the second read found and the first did not (`late`): so each is counted once.
 *
 * No clock is asked, and nothing that people do waits for it.
 * @returns the token that the counts bear once it is done (`recounted`); undefined where too much was written meanwhile
 */
export const recount = async (table: RecountTable, news: string, now: Date): Promise<string | undefined> => {
  const token = randomId(16)
  const expiresAt = epochSeconds(after(now, day))
  const step = (item: Omit<RecountItem, 'token' | 'expiresAt'>) =>
    table.transact([put('recount', countPatterns.recount, { news }, { token, expiresAt, ...item })])
  // Read before the first step: a fact that is counted after it and erased before the second read was found by neither.
  const counts = await table.get(countPatterns.counts, { news }, { consistent: true })
  const before = await factsOf(table, news)
  await step({})
  const facts = await factsOf(table, news)
  const late = [...facts.keys()].filter(id => !before.has(id))
  if (late.length > mostLate) return undefined
  await step({ found: { ...countOf(facts), late, erased: counts?.erased ?? 0 } })
  return token
}

/** Whether the stream has applied a recount. */
export const isRecounted = async (table: RecountTable, news: string, token: string): Promise<boolean> =>
  (await table.get(countPatterns.counts, { news }, { consistent: true }))?.recounted === token
