import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { directoryContract, type Group } from '../../shared/directory/contract.ts'
import { useTexts } from '../platform/catalogue.ts'
import { readPages } from '../platform/read.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Segments } from '../ui/segments.tsx'
import styles from './directory.module.css'
import type { DirectorySchool } from './directory-schools.ts'
import { PeopleList } from './people-list.tsx'
import type { Selection } from './selection.ts'
import { texts } from './texts.ts'

const sides = ['pupil', 'guardian', 'teacher'] as const

type MembersProps = {
  readonly school: DirectorySchool
  readonly group: Pick<Group, 'id' | 'name'>
  readonly selection: Selection
  readonly onBack: () => void
}

/** The pupils, guardians or teachers of a class or group. */
export const Members = ({ school, group, selection, onBack }: MembersProps) => {
  const t = useTexts(texts)
  const [role, setRole] = useState<(typeof sides)[number]>('pupil')
  const heading = useRef<HTMLHeadingElement>(null)
  // The button that had the focus is gone: moves the focus to the heading.
  useEffect(() => heading.current?.focus(), [])
  const query = useInfiniteQuery(
    readPages(directoryContract.routes.members, { params: { group: group.id }, query: { role } }),
  )
  // A teacher gives codes to pupils and their guardians; who runs the school, to everybody.
  const issues = school.searches || (school.issues && role !== 'teacher')
  return (
    <section className={styles.section}>
      <div>
        <Button variant="quiet" icon="back" onClick={onBack}>
          {t('directory.back')}
        </Button>
      </div>
      <h2 ref={heading} tabIndex={-1}>
        {group.name}
      </h2>
      <Segments
        label={t('directory.role')}
        segments={sides.map(value => ({ value, label: t(`directory.role.${value}`) }))}
        value={role}
        onChange={value => {
          selection.clear()
          setRole(value)
        }}
      />
      <PeopleList
        label={t('directory.list.members', { group: group.name, role: t(`directory.role.${role}`) })}
        query={query}
        selection={issues ? selection : undefined}
        empty={<EmptyState title={t('directory.empty.members')} />}
      />
    </section>
  )
}
