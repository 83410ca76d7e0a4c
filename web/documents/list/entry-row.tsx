import type { ReactNode } from 'react'
import { useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { classes } from '../../ui/classes.ts'
import { ScanWords } from '../../ui/files/scan-words.tsx'
import { useBytes } from '../../ui/files/sizes.ts'
import { Icon } from '../../ui/icon.tsx'
import { Link } from '../../ui/link.tsx'
import { spaced } from '../../ui/spaces.ts'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import type { ShownEntry } from '../data/order.ts'
import { texts } from '../texts.ts'
import type { useDragging } from './drag.ts'
import { entryIcon } from './entry-icon.ts'
import styles from './entry-row.module.css'

type EntryRowProps = {
  readonly entry: ShownEntry
  readonly space: string
  readonly isOpen: boolean
  /** Keeps the scroll position: it opens beside the list. */
  readonly stays: boolean
  /** What can be done about it, at the row's end. */
  readonly act?: ReactNode
  /** Of a row that one may move; of a folder, what is let go over it is moved there. */
  readonly dragging: ReturnType<typeof useDragging>
  readonly moves: boolean
  /** Who, when and how large in columns, where there is room for them. */
  readonly inColumns: boolean
}

/** A folder or document: a link to it, all of it but the button at its end. */
export const EntryRow = ({ entry, space, isOpen, stays, act, dragging, moves, inColumns }: EntryRowProps) => {
  const t = useTexts(texts)
  const me = useMe()
  const dates = useDates()
  const bytes = useBytes()
  const { file } = entry
  const by = entry.by.id === me.person.id ? t('documents.you') : entry.by.name
  const isTold = !file || file.scan === 'clean'
  const face = (
    <>
      <span className={classes(styles.icon, !file && styles.folder)}>
        <Icon name={entryIcon(entry)} />
      </span>
      <span className={styles.body}>
        <span className={styles.name}>
          <VisuallyHidden>{t(file ? 'documents.document.kind' : 'documents.folder.kind')} · </VisuallyHidden>
          {spaced(entry.name)}
        </span>
        {file && !isTold && <ScanWords scan={file.scan} />}
        <span className={classes(styles.details, !isTold && styles.beside)}>
          <span className={styles.by}>{by}</span>
          <span className={styles.when}>{dates.brief(entry.at)}</span>
          {file && <span className={styles.size}>{bytes(file.length)}</span>}
        </span>
      </span>
    </>
  )
  return (
    <li
      className={classes(styles.item, inColumns && styles.columns)}
      {...(moves && dragging.from(entry))}
      {...(!file && dragging.to(entry.id))}
    >
      {file ? (
        <Link
          to="/documents/:space"
          params={{ space }}
          search={{ folder: entry.folder, document: entry.id }}
          stays={stays}
          className={styles.row}
          aria-current={isOpen ? 'true' : undefined}
        >
          {face}
        </Link>
      ) : (
        <Link to="/documents/:space" params={{ space }} search={{ folder: entry.id }} className={styles.row}>
          {face}
        </Link>
      )}
      {act && <div className={styles.act}>{act}</div>}
    </li>
  )
}
