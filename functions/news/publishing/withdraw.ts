import { update } from '../../platform/operation.ts'
import { patterns } from '../../platform/patterns.ts'
import type { Platform } from '../../platform/platform.ts'
import type { NewsRequest } from '../request.ts'
import { managed } from './managed.ts'

/** Takes a news item back, once: it leaves the feeds, and stays listed for its author as withdrawn. */
export const withdraw =
  ({ table }: Platform) =>
  async ({ params, caller, now, commit }: NewsRequest<'withdraw'>) => {
    const found = await managed(table, params.news, caller)
    if (!found.ok) return found
    if (found.value.withdrawnAt !== undefined) return commit([], undefined)
    const withdrawn = update(
      'news',
      patterns.news,
      [params.news],
      { first: { withdrawnAt: now.toISOString() }, add: { version: 1 } },
      { present: true },
    )
    return commit([withdrawn], undefined)
  }
