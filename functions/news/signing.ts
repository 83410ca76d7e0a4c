import { fail } from '../../shared/kernel/result.ts'
import { newsProblem } from '../../shared/news/contract.ts'
import { childrenConcerned } from '../../shared/news/rules.ts'
import { directoryPatterns } from '../directory/audiences.ts'
import { put, update } from '../platform/operation.ts'
import { newsPatterns } from './patterns.ts'
import { markEnd, markOf } from './reading.ts'
import type { NewsPlatform, NewsRequest } from './relations.ts'

/** Marks may be written by two devices, a fact by two guardians, at one moment: then what is there is read anew. */
const tries = 3

/**
 * Signs a notice: for oneself, or for a child where it asks for one signature a pupil. A second guardian of a pupil
 * already signed for gets the same state. Signing implies having seen.
 */
export const sign =
  ({ table }: NewsPlatform) =>
  async ({ body, caller, now, commit, related: { readable } }: NewsRequest<'sign'>) => {
    const { id: news, notice, audiences } = readable
    const { person: id } = caller
    const person = await table.get(directoryPatterns.person, { person: id })
    const children = person ? childrenConcerned(audiences, person) : []
    const pupil = notice === 'pupil' ? body.pupil : undefined
    const signer = notice === 'guardian' ? id : pupil
    const expected = pupil === undefined ? children.length > 0 : children.includes(pupil)
    if (signer === undefined || !expected) return fail(newsProblem('nothing-to-sign'))

    const at = now.toISOString()
    const attempt = async () => {
      const [mark, fact] = await Promise.all([
        table.get(newsPatterns.mark, { person: id, news }, { consistent: true }),
        table.get(newsPatterns.signature, { news, signer }, { consistent: true }),
      ])
      const signedFor = new Set([...(mark?.signedFor ?? []), ...(pupil ? [pupil] : [])])
      const next = {
        seenAt: mark?.seenAt ?? at,
        // For a pupil somebody else signed for, one is told so, and has not signed oneself.
        signedAt: fact && fact.by !== id ? mark?.signedAt : (mark?.signedAt ?? at),
        ...(pupil && { signedFor }),
        remindedAt: mark?.remindedAt,
      }
      if (fact && mark?.seenAt && (!pupil || mark.signedFor?.has(pupil))) return commit([], markOf(news, mark))
      return commit(
        [
          update(
            'mark',
            newsPatterns.mark,
            { person: id, news },
            {
              set: { news, expiresAt: markEnd(now) },
              first: { seenAt: next.seenAt, signedAt: next.signedAt },
              ...(pupil && { add: { signedFor: new Set([pupil]) } }),
            },
          ),
          ...(mark?.seenAt
            ? []
            : [put('seen', newsPatterns.seen, { news, person: id }, { person: id, at }, { absent: true })]),
          ...(fact
            ? []
            : [
                put(
                  'signed',
                  newsPatterns.signature,
                  { news, signer },
                  { person: signer, at, by: id },
                  { absent: true },
                ),
              ]),
        ],
        markOf(news, next),
      )
    }
    let done = await attempt()
    for (let tried = 1; tried < tries && !done.ok && done.problem.type === 'conflict'; tried++) done = await attempt()
    return done
  }
