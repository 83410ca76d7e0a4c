import type { ReactNode } from 'react'
import { useTexts } from '../../platform/catalogue.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { List } from '../../ui/list.tsx'
import { ListEnd } from '../../ui/list-end.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import type { Asked, Entries } from '../data/entries.ts'
import type { ShownEntry } from '../data/order.ts'
import type { ReaderSpace } from '../data/spaces.ts'
import { texts } from '../texts.ts'
import type { useDragging } from './drag.ts'
import styles from './entry-list.module.css'
import { EntryRow } from './entry-row.tsx'

type EntryListProps = {
  readonly space: ReaderSpace
  readonly asked: Asked
  readonly entries: Entries
  /** The id of the open document. */
  readonly open: string | undefined
  readonly stays: boolean
  readonly actOf: (entry: ShownEntry) => ReactNode
  readonly mayManage: (entry: ShownEntry) => boolean
  readonly dragging: ReturnType<typeof useDragging>
  readonly inColumns: boolean
}

/** Why a list is empty, and what may stand in it. */
const Nothing = ({ space: { label }, asked: { folder, sought } }: Pick<EntryListProps, 'space' | 'asked'>) => {
  const t = useTexts(texts)
  if (sought)
    return <EmptyState title={t('documents.search.none', { sought })}>{t('documents.search.none.hint')}</EmptyState>
  if (folder !== undefined)
    return <EmptyState title={t('documents.empty.folder')}>{t('documents.empty.folder.hint')}</EmptyState>
  if (label === undefined)
    return <EmptyState title={t('documents.empty.mine')}>{t('documents.empty.mine.hint')}</EmptyState>
  return <EmptyState title={t('documents.empty.class', { label })}>{t('documents.empty.class.hint')}</EmptyState>
}

/** What is in a folder, or what was found. */
export const EntryList = ({
  space,
  asked,
  entries,
  open,
  stays,
  actOf,
  mayManage,
  dragging,
  inColumns,
}: EntryListProps) => {
  const t = useTexts(texts)
  return (
    <ReadState query={entries.query} loading={<Skeleton rows={6} />}>
      {rows => (
        <>
          <p role="status" className={styles.said}>
            <VisuallyHidden>
              {asked.sought && rows.length > 0 && t('documents.search.found', { count: rows.length })}
            </VisuallyHidden>
          </p>
          {rows.length === 0 && !entries.end.hasNextPage && <Nothing space={space} asked={asked} />}
          {rows.length > 0 && (
            <List label={t('documents.list')}>
              {rows.map(entry => (
                <EntryRow
                  key={entry.id}
                  entry={entry}
                  space={space.id}
                  isOpen={entry.id === open}
                  stays={stays}
                  act={actOf(entry)}
                  moves={mayManage(entry)}
                  dragging={dragging}
                  inColumns={inColumns}
                />
              ))}
            </List>
          )}
          <ListEnd query={entries.end} />
        </>
      )}
    </ReadState>
  )
}
