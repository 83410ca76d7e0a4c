import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { directoryContract, type Group } from '../../shared/directory/contract.ts'
import { useTexts } from '../platform/catalogue.ts'
import { readPages } from '../platform/read.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ListEnd } from '../ui/list-end.tsx'
import { ReadState } from '../ui/read-state.tsx'
import styles from './directory.module.css'
import type { DirectorySchool } from './directory-schools.ts'
import { Members } from './members.tsx'
import type { Selection } from './selection.ts'
import { texts } from './texts.ts'

type Named = Pick<Group, 'id' | 'name'>

const byName = (a: Named, b: Named) => a.name.localeCompare(b.name, 'fr', { numeric: true })

const GroupTiles = ({
  title,
  groups,
  onOpen,
}: {
  readonly title: string
  readonly groups: readonly Named[]
  readonly onOpen: (group: Named) => void
}) =>
  groups.length === 0 ? null : (
    <section className={styles.section}>
      <h2>{title}</h2>
      <ul className={styles.tiles}>
        {[...groups].sort(byName).map(group => (
          <li key={group.id}>
            <Button wide onClick={() => onOpen(group)}>
              {group.name}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )

/** All groups of a school. */
const SchoolGroups = ({ uai, onOpen }: { readonly uai: string; readonly onOpen: (group: Named) => void }) => {
  const t = useTexts(texts)
  const query = useInfiniteQuery(readPages(directoryContract.routes.groups, { params: { uai }, query: {} }))
  const groups = query.data?.flatMap(page => page.items)
  return (
    <ReadState query={{ ...query, data: groups }}>
      {found =>
        found.length === 0 ? (
          <EmptyState title={t('directory.empty.groups')}>{t('directory.empty.groups.hint')}</EmptyState>
        ) : (
          <>
            <GroupTiles
              title={t('directory.classes')}
              groups={found.filter(group => group.kind === 'class')}
              onOpen={onOpen}
            />
            <GroupTiles
              title={t('directory.teaching-groups')}
              groups={found.filter(group => group.kind === 'group')}
              onOpen={onOpen}
            />
            <ListEnd query={query} />
          </>
        )
      }
    </ReadState>
  )
}

/** The classes and groups of a school, or a teacher's own; then the members of the one that is opened. */
export const Groups = ({ school, selection }: { readonly school: DirectorySchool; readonly selection: Selection }) => {
  const t = useTexts(texts)
  const [opened, setOpened] = useState<Named>()
  const open = (group: Named | undefined) => {
    selection.clear()
    setOpened(group)
  }
  if (opened) return <Members school={school} group={opened} selection={selection} onBack={() => open(undefined)} />
  if (!school.own) return <SchoolGroups uai={school.uai} onOpen={open} />
  if (school.own.length === 0)
    return <EmptyState title={t('directory.empty.groups')}>{t('directory.empty.groups.hint')}</EmptyState>
  return <GroupTiles title={t('directory.own')} groups={school.own} onOpen={open} />
}
