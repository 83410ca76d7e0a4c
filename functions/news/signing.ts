import { problem } from '../../shared/kernel/problem.ts'
import { fail, type Result } from '../../shared/kernel/result.ts'
import { childrenConcerned, mayRead } from '../../shared/news/rules.ts'
import type { NewsMark } from '../../shared/news/shapes.ts'
import { put, update } from '../platform/operation.ts'
import { patterns } from '../platform/patterns.ts'
import type { Platform } from '../platform/platform.ts'
import { markEnd, markOf } from './reading/marks.ts'
import type { NewsRequest } from './request.ts'

/** Marks may be written by two devices, a fact by two guardians, at one moment: then what is there is read anew. */
const tries = 3

/**
 * Signs a notice: for oneself, or for a child where it asks for one signature a pupil. A second guardian of a pupil
 * already signed for gets the same state. Signing implies having seen.
 */
export const sign =
  ({ table }: Platform) =>
  async ({ params, body, caller, now, commit }: NewsRequest<'sign'>): Promise<Result<NewsMark>> => {
    const id = params.news
    const [news, person] = await Promise.all([
      table.get(patterns.news, [id]),
      table.get(patterns.person, [caller.person]),
    ])
    if (!news || !person || !mayRead(news, caller.audiences, now)) return fail(problem('not-found'))
    const children = childrenConcerned(news.audiences, person)
    const pupil = news.notice === 'pupil' ? body.pupil : undefined
    const signer = news.notice === 'guardian' ? caller.person : pupil
    const expected = pupil === undefined ? children.length > 0 : children.includes(pupil)
    if (signer === undefined || !expected) return fail(problem('nothing-to-sign'))

    const at = now.toISOString()
    const attempt = async () => {
      const [mark, fact] = await Promise.all([
        table.get(patterns.mark, [caller.person, id], { consistent: true }),
        table.get(patterns.signature, [id, signer], { consistent: true }),
      ])
      const signedFor = new Set([...(mark?.signedFor ?? []), ...(pupil ? [pupil] : [])])
      const next = {
        news: id,
        seenAt: mark?.seenAt ?? at,
        // For a pupil somebody else signed for, one is told so, and has not signed oneself.
        signedAt: fact && fact.by !== caller.person ? mark?.signedAt : (mark?.signedAt ?? at),
        ...(pupil && { signedFor }),
        remindedAt: mark?.remindedAt,
      }
      if (fact && mark?.seenAt && (!pupil || mark.signedFor?.has(pupil))) return commit([], markOf(id, mark))
      return commit(
        [
          update('mark', patterns.mark, [caller.person, id], {
            set: { news: id, expiresAt: markEnd(now) },
            first: { seenAt: next.seenAt, signedAt: next.signedAt },
            ...(pupil && { add: { signedFor: new Set([pupil]) } }),
          }),
          ...(mark?.seenAt
            ? []
            : [put('seen', patterns.seen, [id, caller.person], { person: caller.person, at }, { absent: true })]),
          ...(fact
            ? []
            : [
                put(
                  'signed',
                  patterns.signature,
                  [id, signer],
                  { person: signer, at, by: caller.person },
                  {
                    absent: true,
                  },
                ),
              ]),
        ],
        markOf(id, next),
      )
    }
    let done = await attempt()
    for (let tried = 1; tried < tries && !done.ok && done.problem.type === 'conflict'; tried++) done = await attempt()
    return done
  }
