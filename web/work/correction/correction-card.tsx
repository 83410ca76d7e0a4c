import { workBoard } from '../../../shared/work/board.ts'
import type { Correction } from '../../../shared/work/correction.ts'
import { useBoardFiles } from '../../platform/boards/boards.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { AttachmentList } from '../../ui/files/attachment-list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { ReaderPiece } from '../data/pieces.ts'
import { PlainText } from '../plain-text.tsx'
import styles from './correction-card.module.css'
import { texts } from './texts.ts'

/** The correction for the class, with its text and files. */
export const CorrectionCard = ({ of }: { readonly of: Correction }) => {
  const t = useTexts(texts)
  const dates = useDates()
  return (
    <section className={styles.card} aria-label={t('work.correction.title')}>
      <h2 className={styles.title}>{t('work.correction.title')}</h2>
      {of.text !== undefined && <PlainText text={of.text} />}
      <AttachmentList attachments={of.attachments} />
      <p className={styles.soft}>{t('work.correction.at', { when: dates.ago(of.at) })}</p>
    </section>
  )
}

/** The same from the board of a class: a long text is in a file, which is asked for. */
export const BoardCorrectionCard = ({ piece: { audience, correction } }: { readonly piece: ReaderPiece }) => {
  const t = useTexts(texts)
  const ref = correction?.file === undefined ? [] : [{ audience, file: correction.file }]
  const [file] = useBoardFiles(workBoard, 'correction', ref)
  if (!correction) return null
  if (file?.state === 'waiting') return <Skeleton rows={2} />
  const text = file?.state === 'cached' ? file.content.text : file ? t('work.correction.gone') : correction.text
  return <CorrectionCard of={{ ...correction, text }} />
}
