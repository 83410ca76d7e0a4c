import * as z from 'zod/mini'
import { stateOf } from '../../../shared/news/rules.ts'
import { update } from '../../platform/operation.ts'
import { patterns } from '../../platform/patterns.ts'
import type { Platform } from '../../platform/platform.ts'
import { readReadership } from '../following/read-readership.ts'
import { toRemind } from '../following/readership.ts'
import { ReminderItem } from '../items.ts'
import { markEnd } from '../reading/marks.ts'
import type { NewsChange } from './deliver.ts'
import { spread } from './spread.ts'

/** Marks those who are to be reminded: whoever has not seen, or not signed, at this moment. */
export const deliverReminder = async (
  { table, now }: Platform,
  id: string,
  changes: readonly NewsChange[],
): Promise<void> => {
  const news = await table.get(patterns.news, [id], { consistent: true })
  if (!news || stateOf(news, now()) !== 'published') return
  const { addressed, facts } = await readReadership(table, news)
  const remindedAt = new Map<string, string>()
  for (const change of changes) {
    const { state, group, at } = z.parse(ReminderItem, change.after)
    for (const person of toRemind(news.notice, addressed, facts, state, group)) remindedAt.set(person, at)
  }
  await spread([...remindedAt], ([person, at]) =>
    table.apply(
      update('reminded', patterns.mark, [person, id], {
        set: { news: id, remindedAt: at, expiresAt: markEnd(now()) },
      }),
    ),
  )
}
