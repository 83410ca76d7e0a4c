import { update } from '../../platform/operation.ts'
import type { Background } from '../../platform/platform.ts'
import type { deliveryAccess } from '../access.ts'
import { type CountedChange, counted } from './counting.ts'
import { type CountsItem, countPatterns } from './patterns.ts'

const none: CountsItem = { seen: 0, signed: 0 }

/** The changes that were not counted before, each once, in their order. */
const freshOf = (changes: readonly CountedChange[], upTo: string | undefined): CountedChange[] => {
  const fresh = changes.filter(({ sequence }) => upTo === undefined || BigInt(sequence) > BigInt(upTo))
  const each = new Map(fresh.map(change => [change.sequence, change]))
  return [...each.values()].sort((a, b) => (BigInt(a.sequence) < BigInt(b.sequence) ? -1 : 1))
}

/**
 * Counts the facts of one news item, each once, of the latest text that anybody saw: sequence numbers grow within a
 * partition, and the counts remember the last one counted. If another environment counts at the same moment, or somebody
 * is erased, the condition fails, and the batch comes again. This holds while a partition's records come in order, so the
 * event source mapping has a parallelization factor of 1: above it, the service keeps the order of an item only, not of
 * its partition.
 *
 * A record that was set aside and comes again later is before what was counted, and is passed over: what is missing then is
 * found by a recount (./recount.ts), whose two steps come through here in the same order.
 */
export const deliverCounts = async (
  { table }: Background<typeof deliveryAccess>,
  changes: readonly CountedChange[],
): Promise<void> => {
  const news = changes[0]?.args.news
  if (news === undefined) return
  const stored = await table.get(countPatterns.counts, { news }, { consistent: true })
  const before = stored ?? none
  const after = counted(before, freshOf(changes, before.upTo))
  const { upTo, seen, signed, edition, recount, recounted } = after
  if (upTo === before.upTo) return
  const { erased } = before
  await table.apply(
    update(
      'counts',
      countPatterns.counts,
      { news },
      {
        set: { upTo, seen, signed, edition, recount, recounted },
        remove: (['recount', 'edition'] as const).filter(
          name => after[name] === undefined && before[name] !== undefined,
        ),
      },
      stored
        ? {
            is: {
              seen: before.seen,
              signed: before.signed,
              ...(before.upTo !== undefined && { upTo: before.upTo }),
              ...(erased !== undefined && { erased }),
            },
            lacks: [
              ...(before.upTo === undefined ? (['upTo'] as const) : []),
              ...(erased === undefined ? (['erased'] as const) : []),
            ],
          }
        : { absent: true },
    ),
  )
}
