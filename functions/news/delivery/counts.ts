import { update } from '../../platform/operation.ts'
import { patterns } from '../../platform/patterns.ts'
import type { Platform } from '../../platform/platform.ts'
import type { NewsChange } from './deliver.ts'

/**
 * Counts the facts of one news item, each once: sequence numbers grow within a partition, and the counts remember the
 * last one counted. If another environment counts at the same moment the condition fails, and the batch comes again.
 * This holds while a partition's records come in order, so the event source mapping has a parallelization factor of 1:
 * above it, the service keeps the order of an item only, not of its partition.
 */
export const deliverCounts = async (
  { table }: Platform,
  news: string,
  changes: readonly NewsChange[],
): Promise<void> => {
  const counts = await table.get(patterns.counts, [news], { consistent: true })
  const counted = counts?.upTo
  const fresh = changes.filter(change => counted === undefined || BigInt(change.sequence) > BigInt(counted))
  const last = fresh.reduce((most, { sequence }) => (BigInt(sequence) > most ? BigInt(sequence) : most), -1n)
  if (last < 0n) return
  const of = (kind: string) =>
    new Set(fresh.filter(change => change.key.sk.startsWith(kind)).map(change => change.sequence)).size
  await table.apply(
    update(
      'counts',
      patterns.counts,
      [news],
      { set: { upTo: String(last) }, add: { seen: of('SEEN#'), signed: of('SIGNED#') } },
      counted === undefined ? { lacks: ['upTo'] } : { is: { upTo: counted } },
    ),
  )
}
