import type { Reader } from '../../../shared/news/shapes.ts'
import { directoryPatterns } from '../../directory/audiences.ts'
import { type NewsItem, newsPatterns } from '../patterns.ts'
import type { NewsPlatform } from '../relations.ts'
import type { OrderedReader } from './readership.ts'

/**
 * Readers with the names of those who entered what came on paper, or took it back: one Query and one BatchGet of these few;
 * none for what asks no signature.
 */
export const withEnterers = async (
  table: NewsPlatform['table'],
  { id: news, notice }: Pick<NewsItem, 'id' | 'notice'>,
  readers: readonly OrderedReader[],
): Promise<Reader[]> => {
  const all = notice === 'none' ? [] : await table.all(newsPatterns.allTakenBack, { news })
  // In the order of their times: the last one is kept.
  const takenBack = new Map(all.map(one => [one.person, one]))
  const acts = readers.map(({ id, entered }) => ({ entered, back: entered ? undefined : takenBack.get(id) }))
  const ids = [...new Set(acts.flatMap(({ entered, back }) => entered?.by ?? back?.by ?? []))]
  const people = await table.getMany(
    directoryPatterns.person,
    ids.map(person => ({ person })),
  )
  const names = new Map(
    people.flatMap(one =>
      one ? [[one.id, { id: one.id, givenName: one.givenName, familyName: one.familyName }] as const] : [],
    ),
  )
  const named = ({ at, by: id }: { readonly at: string; readonly by: string }) => {
    const by = names.get(id)
    return { at, ...(by && { by }) }
  }
  return readers.map(({ entered: _, ...reader }, at) => {
    const { entered, back } = acts[at] ?? {}
    return { ...reader, ...(entered && { paper: named(entered) }), ...(back && { paperTakenBack: named(back) }) }
  })
}
