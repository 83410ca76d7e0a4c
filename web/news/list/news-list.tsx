import { type ComponentProps, useMemo } from 'react'
import { isBlank } from '../../../shared/kernel/text.ts'
import type { Me } from '../../../shared/session/contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import type { Readable } from '../../platform/read.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { List } from '../../ui/list.tsx'
import { ListEnd } from '../../ui/list-end.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { ReaderNews } from '../data/reading.ts'
import { useWide } from '../wide.ts'
import { Filters, type FiltersProps } from './filters.tsx'
import styles from './news-list.module.css'
import { NewsRow, useChildFaces } from './news-row.tsx'
import { filtered, grouped, withAll } from './rows.ts'
import { longestSearch, useSought } from './search.ts'
import { texts } from './texts.ts'

export type NewsListProps = Pick<FiltersProps, 'filter' | 'isAll' | 'onFilter'> & {
  readonly query: Readable<readonly ReaderNews[]>
  /** What the boards hold of the newest: what is unread is counted among these. */
  readonly newest: readonly ReaderNews[]
  /** All notices that are open: what is to be signed is among these, however far the list has been read. */
  readonly notices: readonly ReaderNews[]
  /** As `isAll`, of the child or the school that the filter names. */
  readonly isAllShown: { readonly all: boolean; readonly unread: boolean; readonly sign: boolean }
  readonly end: ComponentProps<typeof ListEnd>['query']
  readonly me: Me
  /** The id of the open item. */
  readonly open: string | undefined
  /** What is searched for, as it is typed. */
  readonly sought: string
  readonly onSeek: (sought: string) => void
}

/** The reader's news grouped by day, with the filters above. */
export const NewsList = (props: NewsListProps) => {
  const { query, newest, notices, isAll, isAllShown, end, me, filter, open, onFilter, sought, onSeek } = props
  const t = useTexts(texts)
  const dates = useDates()
  const faces = useChildFaces(me)
  const isWide = useWide()
  const isSeeking = !isBlank(sought)
  // Notices may be older than the rows that were read: what is searched are both.
  const all = useMemo(
    () =>
      query.data && (isSeeking || filter.show === 'sign' ? withAll(query.data, notices, open, isSeeking) : query.data),
    [query.data, notices, open, isSeeking, filter.show],
  )
  const found = useSought(all, sought)
  const none = (of: readonly ReaderNews[]) => {
    if (of.length === 0 && !end.hasNextPage)
      return <EmptyState title={t('news.empty')}>{t('news.empty.hint')}</EmptyState>
    if (isSeeking)
      return (
        <EmptyState title={t('news.search.none', { sought: sought.trim() })}>
          {end.hasNextPage ? t('news.search.none.part') : t('news.search.none.all')}
        </EmptyState>
      )
    // "Nothing" is said of what is known to the last item.
    const title = {
      all: isAllShown.all ? 'news.empty.filter' : 'news.empty.filter.part',
      unread: isAllShown.unread ? 'news.empty.unread' : 'news.empty.unread.part',
      sign: isAllShown.sign ? 'news.empty.sign' : 'news.empty.sign.part',
    } as const
    const back = <Button onClick={() => onFilter({ show: undefined, of: undefined })}>{t('news.showAll')}</Button>
    return <EmptyState title={t(title[filter.show ?? 'all'])} action={back} />
  }
  return (
    <ReadState query={query} loading={<Skeleton rows={6} />}>
      {rows => {
        const shown = filtered(found ?? rows, filter, isSeeking ? undefined : open)
        return (
          <>
            {rows.length > 0 && (
              <div className={styles.search}>
                <SearchField label={t('news.search')} maxLength={longestSearch} value={sought} onChange={onSeek} />
              </div>
            )}
            {rows.length > 0 && (
              <Filters
                newest={newest}
                notices={notices}
                isAll={isAll}
                me={me}
                faces={faces}
                filter={filter}
                onFilter={onFilter}
              />
            )}
            <div className={styles.groups}>
              {grouped(shown, dates.dayKey).map(group => (
                <section key={group.key} aria-labelledby={`news-${group.key}`}>
                  <h2 id={`news-${group.key}`} className={styles.day}>
                    {group.at === undefined ? t('news.pinned') : dates.day(group.at)}
                  </h2>
                  <List>
                    {group.rows.map(row => (
                      <NewsRow
                        key={row.news.id}
                        row={row}
                        isOpen={row.news.id === open}
                        stays={isWide}
                        faces={faces}
                        me={me}
                        under={{ day: true, toSign: filter.show === 'sign' }}
                        search={filter}
                      />
                    ))}
                  </List>
                </section>
              ))}
            </div>
            {shown.length === 0 && none(rows)}
            <p role="status" className={styles.found}>
              {isSeeking && shown.length > 0 && t('news.search.found', { count: shown.length })}
            </p>
            {filter.show !== 'sign' && <ListEnd query={end}>{isSeeking ? t('news.search.older') : undefined}</ListEnd>}
          </>
        )
      }}
    </ReadState>
  )
}
