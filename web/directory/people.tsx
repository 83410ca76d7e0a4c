import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { directoryContract } from '../../shared/directory/contract.ts'
import { roles } from '../../shared/kernel/role.ts'
import { useTexts } from '../platform/catalogue.ts'
import { readPages } from '../platform/read.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Select } from '../ui/select.tsx'
import styles from './directory.module.css'
import { PeopleList } from './people-list.tsx'
import type { Place } from './places.ts'
import type { Selection } from './selection.ts'
import { useSettled } from './settled.ts'
import { texts } from './texts.ts'

const filters = ['all', ...roles, 'suspended'] as const
type Filter = (typeof filters)[number]

/** Everybody of a school, by name or by role. */
export const People = ({ place, selection }: { readonly place: Place; readonly selection: Selection }) => {
  const t = useTexts(texts)
  const [typed, setTyped] = useState('')
  const [filter, setFilter] = useState<Filter>('all')
  const search = useSettled(typed.trim())
  const role = filter === 'all' ? undefined : filter
  const asked = search !== '' || role !== undefined
  const query = useInfiniteQuery({
    ...readPages(directoryContract.routes.people, {
      params: { uai: place.uai },
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
          selection={place.issues ? selection : undefined}
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
