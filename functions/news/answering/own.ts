import { ok } from '../../../shared/kernel/result.ts'
import { saidIn } from '../../../shared/news/question.ts'
import { childrenConcerned } from '../../../shared/news/rules.ts'
import { directoryPatterns } from '../../directory/audiences.ts'
import { newsPatterns } from '../patterns.ts'
import type { NewsPlatform, NewsRequest } from '../relations.ts'

/** What the caller has answered to a notice, for themselves and for each of their children that it concerns. */
export const ownAnswers =
  ({ table }: NewsPlatform) =>
  async ({ caller: { person: by }, related: { readable } }: NewsRequest<'ownAnswers'>) => {
    const person = await table.get(directoryPatterns.person, { person: by })
    const signers = [by, ...(person ? childrenConcerned(readable.audiences, person) : [])]
    const found = await table.getMany(
      newsPatterns.answer,
      signers.map(signer => ({ news: readable.id, signer, by })),
      { consistent: true },
    )
    return ok({
      items: found.flatMap(answer =>
        answer
          ? [
              {
                ...saidIn(answer),
                signer: answer.person,
                at: answer.at,
                ...(answer.edition !== undefined && { edition: answer.edition }),
              },
            ]
          : [],
      ),
    })
  }
