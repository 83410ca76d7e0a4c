import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { DirectoryPerson } from '../../shared/directory/contract.ts'
import type { Page } from '../../shared/kernel/page.ts'
import { useMessages } from '../platform/catalogue.ts'
import type { FailedRead } from '../platform/failure.ts'
import { useFailureWords } from '../platform/failure-words.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { ListEnd } from '../ui/list-end.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import styles from './directory.module.css'
import { messages } from './messages.ts'
import { PersonRow } from './person-row.tsx'
import { mayReceive, type Selection } from './selection.ts'

type PeopleListProps = {
  readonly label: string
  readonly query: UseInfiniteQueryResult<readonly Page<DirectoryPerson>[], FailedRead>
  readonly empty: ReactNode
  readonly selection?: Selection | undefined
}

/** People, page after page, in each of the states a list may be in. */
export const PeopleList = ({ label, query, empty, selection }: PeopleListProps) => {
  const t = useMessages(messages)
  const why = useFailureWords()
  if (query.data === undefined && query.error)
    return (
      <Banner
        tone="error"
        role="alert"
        title={t('directory.failed')}
        action={<Button onClick={() => query.refetch()}>{t('directory.retry')}</Button>}
      >
        {why(query.error.failure)}
      </Banner>
    )
  if (query.data === undefined) return <Skeleton rows={6} />
  const people = query.data.flatMap(page => page.items)
  if (people.length === 0 && !query.hasNextPage) return empty
  const waiting = selection && people.some(person => mayReceive(person) && !selection.chosen.has(person.id))
  return (
    <>
      {selection && (
        <div className={styles.all}>
          {waiting && !selection.full && (
            <Button look="quiet" icon="check" onClick={() => selection.choose(people)}>
              {t('directory.select.all')}
            </Button>
          )}
          {selection.chosen.size > 0 && (
            <Button look="quiet" icon="close" onClick={selection.clear}>
              {t('directory.select.none')}
            </Button>
          )}
        </div>
      )}
      <ul className={styles.list} aria-label={label}>
        {people.map(person => (
          <PersonRow key={person.id} person={person} selection={selection} />
        ))}
      </ul>
      <ListEnd query={query} />
    </>
  )
}
