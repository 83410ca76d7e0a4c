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
import type { AskUnscanned } from './unscanned-button.tsx'

const Preview = lazy(() => import('./preview.tsx').then(loaded => ({ default: loaded.Preview })))
const UnscannedButton = lazy(() =>
  import('./unscanned-button.tsx').then(loaded => ({ default: loaded.UnscannedButton })),
)

type AttachmentListProps = {
  readonly attachments?: readonly Attachment[] | undefined
  /** Of adults: asks for the address of a file that no scanner can look into. Absent: it is offered to nobody. */
  readonly unscanned?: ((file: string) => ReturnType<AskUnscanned>) | undefined
}

/**
 * The files that hang on an item: each with its kind and size. One that was found clean opens below its name, or is saved
 * where it cannot be shown. Without a network they are named, and it is said what they need.
 */
export const AttachmentList = ({ attachments = [], unscanned }: AttachmentListProps) => {
  const t = useTexts(texts)
  const isOnline = useOnline()
  if (attachments.length === 0) return null
  return (
    <div className={styles.attachments}>
      <ul className={styles.list} aria-label={t('ui.file.list')}>
        {attachments.map(one => (
          <AttachmentRow key={one.file} of={one} isOnline={isOnline} unscanned={unscanned} />
        ))}
      </ul>
      {!isOnline && <p className={styles.note}>{t('ui.file.offline')}</p>}
    </div>
  )
}

type RowProps = Pick<AttachmentListProps, 'unscanned'> & { readonly of: Attachment; readonly isOnline: boolean }

const AttachmentRow = ({ of, isOnline, unscanned }: RowProps) => {
  const t = useTexts(texts)
  const bytes = useBytes()
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const { name, type, length, scan } = of
  const link = isOnline ? of.link : undefined
  const kind = kindOf(type)
  const offers = scan === 'unscannable' && unscanned !== undefined
  const face = (
    <>
      <span className={styles.icon}>
        <Icon name={fileIcon(type)} />
      </span>
      <span className={styles.words}>
        <span className={styles.name}>{spaced(name)}</span>
        <span className={styles.detail}>{`${t(`ui.file.kind.${kind}`)}, ${bytes(length)}`}</span>
        <ScanWords scan={scan} offers={offers} />
        {scan !== 'clean' && !offers && <span className={styles.detail}>{t(`ui.file.${scan}`)}</span>}
      </span>
    </>
  )
  if (link === undefined)
    return (
      <li className={styles.item}>
        <span className={styles.row}>{face}</span>
        {offers && isOnline && (
          <div className={styles.offer}>
            <Suspense fallback={<Skeleton rows={1} />}>
              <UnscannedButton ask={() => unscanned(of.file)} />
            </Suspense>
          </div>
        )}
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
