import { editionOf } from '../../../shared/news/rules.ts'
import { uses } from '../../platform/access.ts'
import type { Table } from '../../platform/table.ts'
import { type AnswerItem, type FactItem, type NewsItem, newsPatterns } from '../patterns.ts'
import { onPaper } from './answers.ts'

const enteredAccess = uses({ get: [newsPatterns.answer, newsPatterns.signature] })

/** A paper that was entered for somebody. `at`, `by`: of its last entry. */
export type EnteredPaper = {
  readonly signer: string
  readonly at: string
  readonly by: string
  /** Absent: the notice asks a signature alone. */
  readonly answer?: AnswerItem | undefined
  /** Absent: they had signed before the paper came. */
  readonly signature?: FactItem | undefined
}

/** What came on paper from somebody for the present text, as it was entered; undefined if nothing was. */
export const readEntered = async (
  table: Table<typeof enteredAccess>,
  { id: news, ...publication }: Pick<NewsItem, 'id' | 'edition'>,
  signer: string,
): Promise<EnteredPaper | undefined> => {
  const [signed, given] = await Promise.all([
    table.get(newsPatterns.signature, { news, signer }, { consistent: true }),
    table.get(newsPatterns.answer, { news, signer, by: onPaper }, { consistent: true }),
  ])
  const isPresent = (of: AnswerItem | FactItem | undefined) =>
    of?.enteredBy !== undefined && editionOf(of) === editionOf(publication)
  const answer = isPresent(given) ? given : undefined
  const signature = isPresent(signed) ? signed : undefined
  const { at, enteredBy: by } = answer ?? signature ?? {}
  return at === undefined || by === undefined ? undefined : { signer, at, by, answer, signature }
}
