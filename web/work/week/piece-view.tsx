import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { AttachmentList } from '../../ui/files/attachment-list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { BoardCorrectionCard } from '../correction/correction-card.tsx'
import { type ReaderPiece, useText } from '../data/pieces.ts'
import { PlainText } from '../plain-text.tsx'
import { SubjectMark } from '../subject.tsx'
import { texts } from '../texts.ts'
import styles from './piece-view.module.css'

/** A piece with its text. */
export const PieceView = ({ piece, onClose }: { readonly piece: ReaderPiece; readonly onClose: () => void }) => {
  const t = useTexts(texts)
  const dates = useDates()
  const { text, isGone } = useText(piece)
  const about = [
    t('work.setOn', { when: dates.ago(piece.publishedAt) }),
    piece.editedAt !== undefined && t('work.edited', { when: dates.ago(piece.editedAt) }),
    piece.minutes !== undefined && t('work.minutes', { minutes: piece.minutes }),
  ]
  return (
    <Dialog open onClose={onClose} title={piece.title}>
      <div className={styles.piece}>
        <p className={styles.subject}>
          <SubjectMark subject={piece.subject} />
          {[piece.subject, piece.author.name, dates.day(piece.day)].join(' · ')}
        </p>
        {text !== undefined && <PlainText text={text} />}
        {piece.hasText && text === undefined && (isGone ? <p>{t('work.text.gone')}</p> : <Skeleton rows={2} />)}
        <AttachmentList attachments={piece.attachments} />
        <BoardCorrectionCard piece={piece} />
        <p className={styles.about}>{about.filter(Boolean).join(' · ')}</p>
      </div>
    </Dialog>
  )
}
