import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { directoryContract } from '../../shared/directory/contract.ts'
import { roles } from '../../shared/kernel/role.ts'
import { useTexts } from '../platform/catalogue.ts'
import { useDebounced } from '../platform/debounced.ts'
import { readPages } from '../platform/read.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Select } from '../ui/select.tsx'
import styles from './directory.module.css'
import type { DirectorySchool } from './directory-schools.ts'
import { PeopleList } from './people-list.tsx'
import type { Selection } from './selection.ts'
import { texts } from './texts.ts'

const filters = ['all', ...roles, 'suspended'] as const
type Filter = (typeof filters)[number]

/** Milliseconds without a key pressed after which a search is requested: one request a word, not one a letter. */
const searchDelay = 250

/** Everybody of a school, by name or by role. */
export const People = ({ school, selection }: { readonly school: DirectorySchool; readonly selection: Selection }) => {
  const t = useTexts(texts)
  const [typed, setTyped] = useState('')
  const [filter, setFilter] = useState<Filter>('all')
  const search = useDebounced(typed.trim(), searchDelay)
  const role = filter === 'all' ? undefined : filter
  const asked = search !== '' || role !== undefined
  const query = useInfiniteQuery({
    ...readPages(directoryContract.routes.people, {
      params: { uai: school.uai },
      query: { ...(search && { search }), ...(role && { role }) },
    }),
    enabled: asked,
  })
  return (
    <>
      <search className={styles.filters}>
        <SearchField
          label={t('directory.search')}
          hint={t('directory.search.hint')}
          value={typed}
          maxLength={80}
          onChange={setTyped}
        />
        <Select
          label={t('directory.role')}
          options={filters.map(value => ({ value, label: t(`directory.role.${value}`) }))}
          value={filter}
          onChange={setFilter}
        />
      </search>
      {asked ? (
        <PeopleList
          label={t('directory.list.people')}
          query={query}
          selection={school.issues ? selection : undefined}
          empty={
            search ? (
              <EmptyState title={t('directory.empty.search')}>{t('directory.empty.search.hint')}</EmptyState>
            ) : (
              <EmptyState title={t('directory.empty.role')} />
            )
          }
        />
      ) : (
        <EmptyState title={t('directory.first')}>{t('directory.first.hint')}</EmptyState>
      )}
    </>
  )
}
