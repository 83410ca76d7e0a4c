import { queryOptions } from '@tanstack/react-query'
import type { Page } from '../../../shared/kernel/page.ts'
import type { Me } from '../../../shared/session/contract.ts'
import { workContract } from '../../../shared/work/contract.ts'
import type { Piece } from '../../../shared/work/shapes.ts'
import { call } from '../../platform/api.ts'
import { FailedRead } from '../../platform/failure.ts'
import { useRead } from '../../platform/reads.ts'
import { compare, distinct, type EarlierBegin, type Pieces, type ReaderPiece } from './pieces.ts'

/** Milliseconds for which pages are not asked for again: the edge keeps them as long. */
const fresh = 55_000

type Found = Piece & { readonly audience: string }

const pageAt = async (audience: string, cursor: string, list: string | undefined): Promise<Page<Piece>> => {
  const query = { cursor, ...(list !== undefined && { list }) }
  const reply = await call(workContract.routes.list, { params: { audience }, query })
  if (!reply.ok) throw new FailedRead(reply.problem)
  return reply.value
}

/** The pages of a notebook that come before its board, back to a day. */
const pagesTo = async (from: string, audience: string, begin: EarlierBegin): Promise<Found[]> => {
  const found: Found[] = []
  let cursor: string | undefined = begin.cursor
  while (cursor !== undefined) {
    const page: Page<Piece> = await pageAt(audience, cursor, begin.list)
    found.push(...page.items.map(item => ({ ...item, audience })))
    // By day, the last one first.
    cursor = page.items.some(({ day }) => day < from) ? undefined : page.next
  }
  return found
}

/** The first day of which a notebook's board tells everything. */
const knownFrom = (pieces: readonly ReaderPiece[], audience: string): string =>
  pieces.flatMap(one => (one.audience === audience ? one.day : [])).sort()[0] ?? '9999-12-31'

/**
 * The pieces of the boards with those that come before them, back to the Monday that is shown: what is not known is asked
 * for, so that a week is not said to be empty of which nothing is known.
 */
export const useBackTo = (me: Me, boards: Pieces, monday: string): Pieces => {
  const { data: known, begins } = boards
  const missing = known ? [...begins].filter(([audience]) => knownFrom(known, audience) > monday) : []
  const earlier = useRead(
    queryOptions<readonly Found[], FailedRead>({
      queryKey: ['work', 'earlier', monday, missing.map(([audience, { cursor, list }]) => [audience, cursor, list])],
      queryFn: async () =>
        (await Promise.all(missing.map(([audience, begin]) => pagesTo(monday, audience, begin)))).flat(),
      enabled: missing.length > 0,
      staleTime: fresh,
    }),
  )
  if (!known || missing.length === 0) return boards
  if (!earlier.data) return { ...boards, data: undefined, error: earlier.error, refetch: earlier.refetch }
  const children = new Map(me.audiences.map(({ id, children: of = [] }) => [id, of]))
  const found = earlier.data.map(
    (piece): ReaderPiece => ({ ...piece, version: 1, children: children.get(piece.audience) ?? [] }),
  )
  return { ...boards, data: distinct([...known, ...found]).sort(compare) }
}
