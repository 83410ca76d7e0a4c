import { documentsProblem } from '../../shared/documents/contract.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail } from '../../shared/kernel/result.ts'
import type { Limits } from './limits.ts'
import { placerOf } from './placer.ts'
import { quotaOf } from './quota.ts'
import type { DocumentsPlatform, DocumentsRequest } from './relations.ts'
import { shownEntry } from './shown.ts'
import { changeEntry, countSpace, readSpace } from './spaces.ts'

/**
 * Makes an earlier version the current one. The current one is kept as the newest of the earlier: nothing is lost, and no
 * file takes or leaves a place. The room that is counted is that of the current version.
 */
export const restoreVersion =
  ({ table }: DocumentsPlatform, limits: Limits) =>
  async ({ params, caller, now, commit, related: { space, managed: item } }: DocumentsRequest<'restoreVersion'>) => {
    const { file: current, former = [], by, at } = item
    if (!current || item.trashedAt !== undefined) return fail(problem('not-found'))
    // Asked again after it was done.
    if (current.id === params.file) return commit([], shownEntry(item))
    const version = former.find(one => one.file.id === params.file)
    if (!version) return fail(problem('not-found'))
    const { file } = version
    if (file.scan === 'infected') return fail(documentsProblem('not-served'))
    const [quota, { used }, placer] = await Promise.all([
      quotaOf(table, space, caller, limits),
      readSpace(table, space),
      placerOf(table, caller.person),
    ])
    const left = Math.max(0, quota - used) + current.length
    const full = documentsProblem('space-full', { room: { needed: file.length, left } })
    const kept = [{ file: current, by, at }, ...former.filter(one => one !== version)]
    const set = { file, by: placer, at: now.toISOString(), former: kept }
    return commit(
      [
        changeEntry(space, item, { set }),
        countSpace(space, { bytes: file.length - current.length, entries: 0, quota }),
      ],
      shownEntry({ ...item, ...set }),
      { refused: refused => (refused.includes('space') ? full : problem('conflict')) },
    )
  }
