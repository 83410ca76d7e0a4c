import type { ReactNode } from 'react'
import { useTexts } from '../platform/catalogue.ts'
import { Button } from './button.tsx'
import styles from './list-end.module.css'
import { texts } from './texts.ts'

/** The end of a paginated list: a button that reads the next page of an infinite query. */
export const ListEnd = ({
  query,
  children,
}: {
  readonly query: {
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly fetchNextPage: () => unknown
  }
  /** Instead of "show more". */
  readonly children?: ReactNode
}) => {
  const t = useTexts(texts)
  if (!query.hasNextPage) return null
  return (
    <div className={styles.end}>
      <Button busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
        {children ?? t('ui.more')}
      </Button>
    </div>
  )
}
