import { problem } from '../../../shared/kernel/problem.ts'
import { fail } from '../../../shared/kernel/result.ts'
import { holds } from '../../../shared/kernel/role.ts'
import { mayRead } from '../../../shared/news/rules.ts'
import { put, update } from '../../platform/operation.ts'
import { patterns } from '../../platform/patterns.ts'
import type { Platform } from '../../platform/platform.ts'
import type { NewsRequest } from '../request.ts'
import { markEnd, markOf } from './marks.ts'

/**
 * Records that one has opened a news item of one's audiences. The first time counts; later ones answer with it. An author
 * is not among those who are counted, unless as a guardian.
 */
export const see =
  ({ table }: Platform) =>
  async ({ params, caller, now, commit }: NewsRequest<'see'>) => {
    const id = params.news
    const [news, mark] = await Promise.all([
      table.get(patterns.news, [id]),
      table.get(patterns.mark, [caller.person, id], { consistent: true }),
    ])
    if (!news || !mayRead(news, caller.audiences, now)) return fail(problem('not-found'))
    if (mark?.seenAt !== undefined) return commit([], markOf(id, mark))
    const seenAt = now.toISOString()
    const isCounted = news.author.id !== caller.person || holds(caller.roles, news.uai, ['guardian'])
    const done = await commit(
      [
        update('mark', patterns.mark, [caller.person, id], {
          set: { news: id, expiresAt: markEnd(now) },
          first: { seenAt },
        }),
        ...(isCounted
          ? [put('seen', patterns.seen, [id, caller.person], { person: caller.person, at: seenAt }, { absent: true })]
          : []),
      ],
      markOf(id, { ...mark, news: id, seenAt }),
    )
    if (done.ok || done.problem.type !== 'conflict') return done
    // Another device of the same person was first, between the read and the write.
    return commit([], markOf(id, await table.get(patterns.mark, [caller.person, id], { consistent: true })))
  }
