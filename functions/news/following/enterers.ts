import type { Reader } from '../../../shared/news/shapes.ts'
import { directoryPatterns } from '../../directory/audiences.ts'
import type { NewsPlatform } from '../relations.ts'
import type { OrderedReader } from './readership.ts'

/** Readers with the names of those who entered what came on paper: one BatchGet of these few. */
export const withEnterers = async (
  table: NewsPlatform['table'],
  readers: readonly OrderedReader[],
): Promise<Reader[]> => {
  const ids = [...new Set(readers.flatMap(({ entered }) => entered?.by ?? []))]
  const people = await table.getMany(
    directoryPatterns.person,
    ids.map(person => ({ person })),
  )
  const names = new Map(
    people.flatMap(one =>
      one ? [[one.id, { id: one.id, givenName: one.givenName, familyName: one.familyName }] as const] : [],
    ),
  )
  return readers.map(({ entered, ...reader }) => {
    const by = entered && names.get(entered.by)
    return { ...reader, ...(entered && { paper: { at: entered.at, ...(by && { by }) } }) }
  })
}
