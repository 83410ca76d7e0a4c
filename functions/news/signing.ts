import { fail } from '../../shared/kernel/result.ts'
import { newsProblem } from '../../shared/news/contract.ts'
import { isAnswerTo } from '../../shared/news/question.ts'
import { childrenConcerned, editionOf, isOpenToAnswers } from '../../shared/news/rules.ts'
import { directoryPatterns } from '../directory/audiences.ts'
import { answerPut } from './answering/answers.ts'
import { entryOf, keepOf } from './marks/entry.ts'
import { markOfFacts, ownSignature, seenFact, signatureFact } from './marks/facts.ts'
import { additions, updatesOf } from './marks/items.ts'
import { newsPatterns } from './patterns.ts'
import type { NewsPlatform, NewsRequest } from './relations.ts'

/** Marks may be written by two devices, a fact by two guardians, at one moment: then what is there is read anew. */
const tries = 4

/**
 * Signs a notice: for oneself, or for a child where it asks for one signature a pupil. A second guardian of a pupil
 * already signed for gets the same state. Signing implies having seen. One's own marks are written in the transaction, so
 * that what one signed is never asked for again, however late the stream is. What is signed is the text that was read: where
 * it was changed since, nothing is signed. Where the notice asks something, the signature comes with the guardian's own
 * answer, which stands beside that of another guardian, and is changed by signing again until the deadline.
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
    const edition = editionOf(readable)
    const expected = pupil === undefined ? children.length > 0 : children.includes(pupil)
    if (signer === undefined || !expected) return fail(newsProblem('nothing-to-sign'))
    if ((body.edition ?? 1) !== edition) return fail(newsProblem('text-changed'))
    if (!isOpenToAnswers(readable, now)) return fail(newsProblem('deadline-passed'))
    const { answer } = body
    if ((readable.question || answer) && !isAnswerTo(readable.question, answer))
      return fail(newsProblem('answer-not-asked'))

    const at = now.toISOString()
    const attempt = async () => {
      const signers = notice === 'pupil' ? children : [id]
      const [seen, given, ...facts] = await Promise.all([
        table.get(newsPatterns.seen, { news, person: id }, { consistent: true }),
        answer && table.get(newsPatterns.answer, { news, signer, by: id }, { consistent: true }),
        ...signers.map(one => table.get(newsPatterns.signature, { news, signer: one }, { consistent: true })),
      ])
      const known = facts.flatMap(fact => fact ?? [])
      const before = known.find(fact => fact.person === signer)
      const isSigned = before !== undefined && editionOf(before) === edition
      const isOnPaper = isSigned && before.enteredBy !== undefined
      const isSeen = seen !== undefined && editionOf(seen) >= edition
      const of = edition > 1 ? { edition } : {}
      const others = known.filter(fact => fact !== before)
      const signed = [
        ...others,
        isSigned ? (isOnPaper ? { ...before, by: id } : before) : { person: signer, at, by: id, ...of },
      ]
      const mark = markOfFacts(news, id, isSeen ? seen : { person: id, at, ...of }, signed)
      const { seenAt: _, news: __, ...acts } = mark
      const entry = entryOf(news, keepOf(readable), { seen: true, ...acts })
      const updates = await updatesOf(table, id, additions(readable.through, entry), now)
      const [remindedAt] = updates.flatMap(({ entries }) => entries.find(one => one.news === news)?.remindedAt ?? [])
      return commit(
        [
          ...updates.flatMap(({ operation }) => operation ?? []),
          ...(isSeen ? [] : [seenFact(readable, caller, now, { edition, isFirst: !seen })]),
          ...(isSigned ? [] : [signatureFact(readable, { signer, by: id }, before, now)]),
          ...(isOnPaper ? [ownSignature(news, before, id)] : []),
          ...(answer ? answerPut(readable, { signer, by: id, answer }, given, now) : []),
        ],
        { ...mark, ...(remindedAt !== undefined && { remindedAt }) },
      )
    }
    let done = await attempt()
    for (let tried = 1; tried < tries && !done.ok && done.problem.type === 'conflict'; tried++) done = await attempt()
    return done
  }
