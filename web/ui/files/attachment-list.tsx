import { lazy, Suspense, useId, useState } from 'react'
import type { Attachment } from '../../../shared/kernel/attachment.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useOnline } from '../../platform/online.ts'
import { FileButton } from '../button.tsx'
import { Icon } from '../icon.tsx'
import { Skeleton } from '../skeleton.tsx'
import { spaced } from '../spaces.ts'
import styles from './attachment-list.module.css'
import { fileIcon, kindOf } from './kinds.ts'
import { ScanWords } from './scan-words.tsx'
import { useBytes } from './sizes.ts'
import { texts } from './texts.ts'

const Preview = lazy(() => import('./preview.tsx').then(loaded => ({ default: loaded.Preview })))

/**
 * The files that hang on an item: each with its kind and size. One that was found clean opens below its name, or is saved
 * where it cannot be shown. Without a network they are named, and it is said what they need.
 */
export const AttachmentList = ({ attachments = [] }: { readonly attachments?: readonly Attachment[] | undefined }) => {
  const t = useTexts(texts)
  const isOnline = useOnline()
  if (attachments.length === 0) return null
  return (
    <div className={styles.attachments}>
      <ul className={styles.list} aria-label={t('ui.file.list')}>
        {attachments.map(one => (
          <AttachmentRow key={one.file} of={one} isOnline={isOnline} />
        ))}
      </ul>
      {!isOnline && <p className={styles.note}>{t('ui.file.offline')}</p>}
    </div>
  )
}

type RowProps = { readonly of: Attachment; readonly isOnline: boolean }

const AttachmentRow = ({ of, isOnline }: RowProps) => {
  const t = useTexts(texts)
  const bytes = useBytes()
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const { name, type, length, scan } = of
  const link = isOnline ? of.link : undefined
  const kind = kindOf(type)
  const face = (
    <>
      <span className={styles.icon}>
        <Icon name={fileIcon(type)} />
      </span>
      <span className={styles.words}>
        <span className={styles.name}>{spaced(name)}</span>
        <span className={styles.detail}>{`${t(`ui.file.kind.${kind}`)}, ${bytes(length)}`}</span>
        <ScanWords scan={scan} offers={false} />
        {scan !== 'clean' && <span className={styles.detail}>{t(`ui.file.${scan}`)}</span>}
      </span>
    </>
  )
  if (link === undefined)
    return (
      <li className={styles.item}>
        <span className={styles.row}>{face}</span>
      </li>
    )
  if (kind === 'file')
    return (
      <li className={styles.item}>
        <a className={styles.row} href={link} download={name}>
          {face}
          <Icon name="download" size={20} />
        </a>
      </li>
    )
  return (
    <li className={styles.item}>
      <button
        type="button"
        className={styles.row}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        {face}
        <span className={isOpen ? styles.open : styles.closed}>
          <Icon name="down" size={20} />
        </span>
      </button>
      {isOpen && (
        <div id={id} className={styles.preview}>
          <Suspense fallback={<Skeleton rows={3} />}>
            <Preview key={link} file={of} link={link} />
          </Suspense>
          <FileButton icon="download" href={link} name={name}>
            {t('ui.file.save')}
          </FileButton>
        </div>
      )}
    </li>
  )
}
