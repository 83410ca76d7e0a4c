import type { Key } from '../../platform/pattern.ts'
import type { Platform } from '../../platform/platform.ts'
import { deliverCounts } from './counts.ts'
import { deliverFeed } from './feed.ts'
import { deliverReminder } from './reminders.ts'
import { deliverSignatures } from './signatures.ts'

/** A change of an item in a news item's partition, as the stream tells it: at least once, in order within the partition. */
export type NewsChange = {
  readonly sequence: string
  readonly event: 'INSERT' | 'MODIFY' | 'REMOVE'
  readonly key: Key
  readonly before?: unknown
  readonly after?: unknown
}

/** What of a batch could not be delivered: the first record concerned, and why. */
export type Undelivered = { readonly sequence: string; readonly error: unknown }

type Kind = 'feed' | 'facts' | 'signatures' | 'reminders'
type Delivery = (platform: Platform, news: string, changes: readonly NewsChange[]) => Promise<void>

const deliveries: Record<Kind, Delivery> = {
  feed: deliverFeed,
  facts: deliverCounts,
  signatures: deliverSignatures,
  reminders: deliverReminder,
}

/** What follows from a change. Facts are inserted once and never changed; what retention removes is not counted off. */
const kindsOf = ({ event, key }: NewsChange): Kind[] => {
  if (key.sk === 'NEWS') return ['feed']
  if (event !== 'INSERT') return []
  if (key.sk.startsWith('SEEN#')) return ['facts']
  if (key.sk.startsWith('SIGNED#')) return ['facts', 'signatures']
  return key.sk.startsWith('REMIND#') ? ['reminders'] : []
}

/**
 * Delivers the news' changes: grouped by news item and by what follows, so that one that fails does not keep back the
 * others. Each delivery may be repeated with the same changes, or with some of them, and ends in the same state.
 */
export const deliverNews = async (platform: Platform, changes: readonly NewsChange[]): Promise<Undelivered[]> => {
  const groups = new Map<string, { kind: Kind; news: string; changes: NewsChange[] }>()
  for (const change of changes)
    for (const kind of kindsOf(change)) {
      const news = change.key.pk.slice('N#'.length)
      const group = groups.get(`${kind}#${news}`) ?? { kind, news, changes: [] }
      group.changes.push(change)
      groups.set(`${kind}#${news}`, group)
    }
  const undelivered: Undelivered[] = []
  await Promise.all(
    [...groups.values()].map(async group => {
      try {
        await deliveries[group.kind](platform, group.news, group.changes)
      } catch (error) {
        undelivered.push({ sequence: group.changes[0]?.sequence ?? '', error })
      }
    }),
  )
  return undelivered
}
