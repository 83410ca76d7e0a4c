import { useInfiniteQuery } from '@tanstack/react-query'
import { directoryContract } from '../../shared/directory/contract.ts'
import { useTexts } from '../platform/catalogue.ts'
import { navigate, useSearch } from '../platform/navigation.ts'
import { readPages } from '../platform/read.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Segments } from '../ui/segments.tsx'
import { ClassCodes } from './class-codes.tsx'
import styles from './directory.module.css'
import type { DirectorySchool } from './directory-schools.ts'
import type { Issuing } from './issuing.ts'
import { PeopleList } from './people-list.tsx'
import type { Selection } from './selection.ts'
import { texts } from './texts.ts'

const sides = ['pupil', 'guardian', 'teacher'] as const

/** A group's name: the teacher's own groups are known, others are the school's. */
const useGroupName = (school: DirectorySchool, group: string): string => {
  const own = school.own?.find(one => one.id === group)?.name
  const query = useInfiniteQuery({
    ...readPages(directoryContract.routes.groups, { params: { uai: school.uai }, query: {} }),
    enabled: own === undefined,
  })
  return own ?? query.data?.flatMap(page => page.items).find(one => one.id === group)?.name ?? ''
}

type MembersProps = {
  readonly school: DirectorySchool
  readonly group: string
  readonly selection: Selection
  readonly issuing: Issuing
}

/** The pupils, guardians or teachers of a class or group. */
export const Members = ({ school, group, selection, issuing }: MembersProps) => {
  const t = useTexts(texts)
  const address = useSearch('/directory/classes/:group')
  const role = sides.find(one => one === address.side) ?? 'pupil'
  const name = useGroupName(school, group)
  const query = useInfiniteQuery(readPages(directoryContract.routes.members, { params: { group }, query: { role } }))
  // A teacher gives codes to pupils and their guardians; who runs the school, to everybody.
  const issues = school.searches || (school.issues && role !== 'teacher')
  return (
    <section className={styles.section}>
      <h2>{name}</h2>
      {school.issues && <ClassCodes group={group} issuing={issuing} />}
      <Segments
        label={t('directory.role')}
        segments={sides.map(value => ({ value, label: t(`directory.role.${value}`) }))}
        value={role}
        onChange={side => {
          selection.clear()
          navigate({
            to: '/directory/classes/:group',
            params: { group },
            search: { ...address, side: side === 'pupil' ? undefined : side },
            replace: true,
          })
        }}
      />
      <PeopleList
        label={t('directory.list.members', { group: name, role: t(`directory.role.${role}`) })}
        query={query}
        selection={issues ? selection : undefined}
        linked={school.searches}
        empty={<EmptyState title={t('directory.empty.members')} />}
      />
    </section>
  )
}
