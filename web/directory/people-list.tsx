import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo } from 'react'
import type { DirectoryPerson } from '../../shared/directory/contract.ts'
import type { Page } from '../../shared/kernel/page.ts'
import { useTexts } from '../platform/catalogue.ts'
import type { FailedRead } from '../platform/failure.ts'
import { Button } from '../ui/button.tsx'
import { ListEnd } from '../ui/list-end.tsx'
import { ReadState } from '../ui/read-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import styles from './directory.module.css'
import { PersonRow } from './person-row.tsx'
import { isWithoutCode, mayReceive, type Selection } from './selection.ts'
import { texts } from './texts.ts'

type PeopleListProps = {
  readonly label: string
  readonly query: UseInfiniteQueryResult<readonly Page<DirectoryPerson>[], FailedRead>
  readonly empty: ReactNode
  readonly selection?: Selection | undefined
  /** Whether rows lead to people's pages. */
  readonly linked: boolean
}

/** A paginated list of people, in all states of a read. */
export const PeopleList = ({ label, query, empty, selection, linked }: PeopleListProps) => {
  const people = useMemo(() => query.data?.flatMap(page => page.items), [query.data])
  const update = selection?.update
  useEffect(() => {
    if (people) update?.(people)
  }, [people, update])
  return (
    <ReadState query={{ ...query, data: people }} loading={<Skeleton rows={6} />}>
      {found =>
        found.length === 0 && !query.hasNextPage ? (
          empty
        ) : (
          <>
            {selection && <Choose people={found} selection={selection} />}
            <ul className={styles.list} aria-label={label}>
              {found.map(person => (
                <PersonRow key={person.id} person={person} selection={selection} linked={linked} />
              ))}
            </ul>
            <ListEnd query={query} />
          </>
        )
      }
    </ReadState>
  )
}

/** Selects all people shown, or those alone who hold no good code; or clears the selection. */
const Choose = ({
  people,
  selection,
}: {
  readonly people: readonly DirectoryPerson[]
  readonly selection: Selection
}) => {
  const t = useTexts(texts)
  const receiving = people.filter(person => mayReceive(person) && !selection.chosen.has(person.id))
  const without = receiving.filter(isWithoutCode)
  return (
    <div className={styles.all}>
      {receiving.length > 0 && !selection.full && (
        <Button variant="quiet" icon="check" onClick={() => selection.choose(people)}>
          {t('directory.select.all')}
        </Button>
      )}
      {without.length > 0 && without.length < receiving.length && !selection.full && (
        <Button variant="quiet" icon="key" onClick={() => selection.choose(without)}>
          {t('directory.select.without')}
        </Button>
      )}
      {selection.chosen.size > 0 && (
        <Button variant="quiet" icon="close" onClick={selection.clear}>
          {t('directory.select.none')}
        </Button>
      )}
    </div>
  )
}
