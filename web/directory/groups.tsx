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
import { Members } from './members.tsx'
import type { Place } from './places.ts'
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

/** The groups of a school as the API lists them. */
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

/** The classes and groups of a school, or those a teacher teaches; then the people of the one opened. */
export const Groups = ({ place, selection }: { readonly place: Place; readonly selection: Selection }) => {
  const t = useTexts(texts)
  const [opened, setOpened] = useState<Named>()
  const open = (group: Named | undefined) => {
    selection.clear()
    setOpened(group)
  }
  if (opened) return <Members place={place} group={opened} selection={selection} onBack={() => open(undefined)} />
  if (!place.own) return <SchoolGroups uai={place.uai} onOpen={open} />
  if (place.own.length === 0)
    return <EmptyState title={t('directory.empty.groups')}>{t('directory.empty.groups.hint')}</EmptyState>
  return <GroupTiles title={t('directory.own')} groups={place.own} onOpen={open} />
}
