import { useInfiniteQuery } from '@tanstack/react-query'
import { type DirectoryPerson, directoryContract } from '../../../shared/directory/contract.ts'
import type { PersonPage } from '../../../shared/directory/person-page.ts'
import { listName } from '../../../shared/kernel/names.ts'
import { roles } from '../../../shared/kernel/role.ts'
import { useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { navigate, useSearch } from '../../platform/navigation.ts'
import { readPages } from '../../platform/read.ts'
import { Link } from '../../ui/link.tsx'
import { ListEnd } from '../../ui/list-end.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { directorySchoolsOf } from '../directory-schools.ts'
import { longestSearch, searchOf } from '../search-of.ts'
import { texts as ofDirectory } from '../texts.ts'
import { useTyped } from '../typed.ts'
import styles from './beside.module.css'
import { texts } from './texts.ts'

const filters = [...roles, 'suspended'] as const

type Found = { readonly school: string; readonly search: string; readonly role: (typeof filters)[number] | undefined }

const Row = ({ person, open, found }: { person: DirectoryPerson; open: boolean; found: Found }) => {
  const t = useTexts(ofDirectory)
  const children = person.children?.map(child => child.givenName) ?? []
  const what =
    person.role === 'guardian' && children.length > 0
      ? t('directory.guardian-of', { children: children.join(', ') })
      : t(`directory.is.${person.role}`)
  const classes = person.role === 'guardian' ? [] : person.classes.map(of => of.name)
  return (
    <li className={styles.item}>
      <Link
        to="/directory/people/:person"
        params={{ person: person.id }}
        search={found}
        className={styles.row}
        aria-current={open ? 'page' : undefined}
      >
        <span className={styles.name}>{listName(person)}</span>
        <span className={styles.detail}>{[what, ...classes].join(' · ')}</span>
      </Link>
    </li>
  )
}

const People = ({ id, found }: { readonly id: string; readonly found: Found }) => {
  const t = useTexts(texts, ofDirectory)
  const { school: uai, search, role } = found
  const query = useInfiniteQuery(
    readPages(directoryContract.routes.people, {
      params: { uai },
      query: { ...(search && { search }), ...(role && { role }) },
    }),
  )
  const people = query.data?.flatMap(page => page.items)
  return (
    <ReadState query={{ ...query, data: people }} loading={<Skeleton rows={6} />}>
      {all => (
        <>
          {!query.hasNextPage && <p className={styles.count}>{t('directory.person.found', { count: all.length })}</p>}
          <ul className={styles.list} aria-label={t('directory.list.people')}>
            {all.map(person => (
              <Row key={person.id} person={person} open={person.id === id} found={found} />
            ))}
          </ul>
          <ListEnd query={query} />
        </>
      )}
    </ReadState>
  )
}

/**
 * Who was searched for, beside the page of one of them; whoever came another way finds those of the person's family
 * name. What is searched for stands in the address.
 */
export const Beside = ({ id, person }: { readonly id: string; readonly person: PersonPage | undefined }) => {
  const t = useTexts(texts, ofDirectory)
  const address = useSearch('/directory/people/:person')
  const schools = directorySchoolsOf(useMe()).filter(one => one.searches)
  const school =
    schools.find(one => one.uai === address.school) ??
    schools.find(one => person?.roles.some(({ uai }) => uai === one.uai)) ??
    schools[0]
  const role = filters.find(one => one === address.role)
  const search = searchOf(address.search ?? (role ? '' : (person?.familyName ?? '')))
  const [typed, setTyped] = useTyped(search, next =>
    navigate({
      to: '/directory/people/:person',
      params: { person: id },
      search: { ...address, search: next },
      replace: true,
    }),
  )
  if (!school) return null
  return (
    <aside className={styles.beside} aria-label={t('directory.title')}>
      <search>
        <SearchField label={t('directory.search')} value={typed} maxLength={longestSearch} onChange={setTyped} />
      </search>
      {(search || role) && <People id={id} found={{ school: school.uai, search, role }} />}
      <p className={styles.hint}>{t('directory.search.hint')}</p>
    </aside>
  )
}
