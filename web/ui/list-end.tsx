import type { ReactNode } from 'react'
import { useTexts } from '../platform/catalogue.ts'
import type { Failure } from '../platform/failure.ts'
import { useFailureWords } from '../platform/failure-words.ts'
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
    /** Why the next page could not be read; the button tries again. */
    readonly failure?: Failure | undefined
  }
  /** Instead of "show more". */
  readonly children?: ReactNode
}) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  if (!query.hasNextPage) return null
  return (
    <div className={styles.end}>
      {query.failure && !query.isFetchingNextPage && <p role="alert">{words(query.failure)}</p>}
      <Button busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
        {children ?? t('ui.more')}
      </Button>
    </div>
  )
}
