import type { ReactNode } from 'react'
import { useTexts } from '../platform/catalogue.ts'
import { useDates } from '../platform/dates.ts'
import { useFailureWords } from '../platform/failure-words.ts'
import { useOnline } from '../platform/online.ts'
import type { Readable } from '../platform/read.ts'
import { serverTimeAt } from '../platform/server-time.ts'
import { texts } from '../platform/texts.ts'
import { Banner } from './banner.tsx'
import { Button } from './button.tsx'
import { ConfirmedAge } from './confirmed-age.tsx'
import { EmptyState } from './empty-state.tsx'
import styles from './read-state.module.css'
import { Skeleton } from './skeleton.tsx'

export type ReadStateProps<Data> = {
  readonly query: Readable<Data>
  /** Shown while it loads for the first time. */
  readonly loading?: ReactNode
  readonly children: (data: Data) => ReactNode
}

/**
 * Renders a read in each of its states: loading for the first time, loaded, loaded but outdated (with its age), or failed,
 * with the reason and the next step.
 */
export const ReadState = <Data,>({ query, loading, children }: ReadStateProps<Data>) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const dates = useDates()
  const online = useOnline()
  const again = (
    <Button variant="plain" onClick={() => query.refetch()}>
      {t('content.retry')}
    </Button>
  )
  if (query.data !== undefined && query.confirmedAt !== undefined)
    return (
      <>
        <ConfirmedAge at={query.confirmedAt} />
        {children(query.data)}
      </>
    )
  if (query.data !== undefined) {
    const when = dates.dayTime(new Date(serverTimeAt(query.dataUpdatedAt)))
    return (
      <>
        {!online && (
          <p role="status" className={styles.age}>
            {t('content.offline', { when })}
          </p>
        )}
        {online && query.error && (
          <Banner tone="warn" role="status" action={again}>
            {t('content.late', { when })}
          </Banner>
        )}
        {children(query.data)}
      </>
    )
  }
  if (query.error || !online) {
    const failure = query.error?.failure ?? { type: 'unreachable' as const }
    const final = failure.type === 'not-found' || failure.type === 'not-allowed'
    return (
      <div role="alert">
        <EmptyState title={words(failure)} action={final ? undefined : again}>
          {failure.requestId && failure.type === 'unexpected' && t('failure.support', { id: failure.requestId })}
        </EmptyState>
      </div>
    )
  }
  return loading ?? <Skeleton />
}
