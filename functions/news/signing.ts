import { fail } from '../../shared/kernel/result.ts'
import { newsProblem } from '../../shared/news/contract.ts'
import { childrenConcerned } from '../../shared/news/rules.ts'
import { directoryPatterns } from '../directory/audiences.ts'
import { entryOf, keepOf } from './marks/entry.ts'
import { markOfFacts, seenFact, signatureFact } from './marks/facts.ts'
import { additions, updatesOf } from './marks/items.ts'
import { newsPatterns } from './patterns.ts'
import type { NewsPlatform, NewsRequest } from './relations.ts'

/** Marks may be written by two devices, a fact by two guardians, at one moment: then what is there is read anew. */
const tries = 4

/**
 * Signs a notice: for oneself, or for a child where it asks for one signature a pupil. A second guardian of a pupil
 * already signed for gets the same state. Signing implies having seen. One's own marks are written in the transaction, so
 * that what one signed is never asked for again, however late the stream is.
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
      const signers = notice === 'pupil' ? children : [id]
      const [seen, ...facts] = await Promise.all([
        table.get(newsPatterns.seen, { news, person: id }, { consistent: true }),
        ...signers.map(one => table.get(newsPatterns.signature, { news, signer: one }, { consistent: true })),
      ])
      const known = facts.flatMap(fact => fact ?? [])
      const isSigned = known.some(fact => fact.person === signer)
      const signed = [...known, ...(isSigned ? [] : [{ person: signer, at, by: id }])]
      const mark = markOfFacts(news, id, seen ?? { person: id, at }, signed)
      const { seenAt: _, news: __, ...acts } = mark
      const entry = entryOf(news, keepOf(readable), { seen: true, ...acts })
      const updates = await updatesOf(table, id, additions(readable.through, entry), now)
      const [remindedAt] = updates.flatMap(({ entries }) => entries.find(one => one.news === news)?.remindedAt ?? [])
      return commit(
        [
          ...updates.flatMap(({ operation }) => operation ?? []),
          ...(seen ? [] : [seenFact(readable, caller, now)]),
          ...(isSigned ? [] : [signatureFact(readable, signer, id, now)]),
        ],
        { ...mark, ...(remindedAt !== undefined && { remindedAt }) },
      )
    }
    let done = await attempt()
    for (let tried = 1; tried < tries && !done.ok && done.problem.type === 'conflict'; tried++) done = await attempt()
    return done
  }
