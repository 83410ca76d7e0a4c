import { useInfiniteQuery } from '@tanstack/react-query'
import { directoryContract } from '../../shared/directory/contract.ts'
import { roles } from '../../shared/kernel/role.ts'
import { useTexts } from '../platform/catalogue.ts'
import { navigate, useSearch } from '../platform/navigation.ts'
import { readPages } from '../platform/read.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Select } from '../ui/select.tsx'
import styles from './directory.module.css'
import type { DirectorySchool } from './directory-schools.ts'
import { GroupTiles } from './group-tiles.tsx'
import { PeopleList } from './people-list.tsx'
import { longestSearch, searchOf } from './search-of.ts'
import type { Selection } from './selection.ts'
import { texts } from './texts.ts'
import { useTyped } from './typed.ts'

const filters = ['all', ...roles, 'suspended'] as const

/** Everybody of a school, by name, class or kind of people. */
export const People = ({ school, selection }: { readonly school: DirectorySchool; readonly selection: Selection }) => {
  const t = useTexts(texts)
  const address = useSearch('/directory')
  const search = searchOf(address.search ?? '')
  const filter = filters.find(one => one === address.role) ?? 'all'
  const role = filter === 'all' ? undefined : filter
  const show = (change: { search?: string; role?: string | undefined }) =>
    navigate({ to: '/directory', search: { ...address, ...change }, replace: true })
  const [typed, setTyped] = useTyped(search, next => show({ search: next }))
  const asked = search !== '' || role !== undefined
  const query = useInfiniteQuery({
    ...readPages(directoryContract.routes.people, {
      params: { uai: school.uai },
      query: { ...(search && { search }), ...(role && { role }) },
    }),
    enabled: asked,
  })
  const classes = asked ? (query.data?.[0]?.groups ?? []) : []
  return (
    <>
      <search className={styles.filters}>
        <SearchField
          label={t('directory.search')}
          hint={t('directory.search.hint')}
          value={typed}
          maxLength={longestSearch}
          onChange={setTyped}
        />
        <Select
          label={t('directory.role')}
          options={filters.map(value => ({ value, label: t(`directory.role.${value}`) }))}
          value={filter}
          onChange={value => show({ role: value === 'all' ? undefined : value })}
        />
      </search>
      {classes.length > 0 && <GroupTiles title={t('directory.found.groups')} groups={classes} school={school} />}
      {asked ? (
        <PeopleList
          label={t('directory.list.people')}
          query={query}
          selection={school.issues ? selection : undefined}
          linked={school.searches}
          empty={
            classes.length > 0 ? null : search ? (
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
