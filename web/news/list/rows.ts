import { compareNews } from '../data/feed.ts'
import { awaitsSignature, type ReaderNews } from '../data/reading.ts'

export const shows = ['all', 'unread', 'sign'] as const

/** A filter of the list. */
export type Filter = {
  /** Absent: all. */
  readonly show?: (typeof shows)[number] | undefined
  /** A child's id, or a school's UAI. Absent: of all. */
  readonly of?: string | undefined
}

/** Parses the filter from the address, where anything may have been typed. */
export const filterOf = ({ show, of }: Record<string, unknown>): Filter => ({
  ...(typeof show === 'string' && show !== 'all' && shows.includes(show as 'all') && { show: show as 'unread' }),
  ...(typeof of === 'string' && of !== '' && { of }),
})

/**
 * All notices, and the open item or all rows, in the order of lists: the rows that the filter "to sign" chooses from, or a
 * search.
 */
export const withAll = (
  rows: readonly ReaderNews[],
  notices: readonly ReaderNews[],
  open: string | undefined,
  withRows = false,
): ReaderNews[] => {
  const here = new Set(notices.map(({ news }) => news.id))
  return [...notices, ...rows.filter(({ news }) => (withRows || news.id === open) && !here.has(news.id))].sort((a, b) =>
    compareNews(a.news, b.news),
  )
}

/** The rows that match. The open item stays in the list even when reading or signing it made it match no longer. */
export const filtered = (rows: readonly ReaderNews[], { show, of }: Filter, open?: string | undefined): ReaderNews[] =>
  rows.filter(({ news, children, signing, unread }) => {
    if (of !== undefined && news.uai !== of && !children.includes(of)) return false
    if (show === undefined || show === 'all' || news.id === open) return true
    return show === 'unread' ? unread : awaitsSignature(signing)
  })

export type Group = { readonly key: string; readonly at?: string | undefined; readonly rows: readonly ReaderNews[] }

/** Groups rows by the day they were published on; pinned ones are a group of their own, first. */
export const grouped = (rows: readonly ReaderNews[], dayKey: (at: string) => string): Group[] => {
  const groups = new Map<string, ReaderNews[]>()
  for (const row of rows) {
    const key = row.news.pinned ? 'pinned' : dayKey(row.news.publishedAt)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return [...groups].map(([key, of]) => ({ key, at: key === 'pinned' ? undefined : of[0]?.news.publishedAt, rows: of }))
}
