import type { HandIn, Returned } from '../../../shared/work/hand-in.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { AttachmentList } from '../../ui/files/attachment-list.tsx'
import { PlainText } from '../plain-text.tsx'
import { useVoices, Voices } from '../voices.tsx'
import type { Unscanned } from './files/unscanned.ts'
import styles from './hand-in.module.css'
import { ReturnedPhotos } from './returned-photos.tsx'
import { texts } from './texts.ts'

/** What was given back: mark and comment, or neither. `isNewer`: something was handed in since. */
export const ReturnedCard = ({
  of,
  handIn,
  isNewer,
  isPupil,
  unscanned,
}: {
  readonly of: Returned
  readonly handIn: Pick<HandIn, 'versions'>
  readonly isNewer: boolean
  readonly isPupil: boolean
  readonly unscanned: Unscanned
}) => {
  const t = useTexts(texts)
  const dates = useDates()
  const { voices, rest } = useVoices(of.files)
  return (
    <section className={styles.card}>
      {of.drawings && <ReturnedPhotos of={handIn} drawings={of.drawings} />}
      <div className={styles.marked}>
        <h2 className={styles.title}>{of.mark ?? t('work.handIn.returned')}</h2>
        <p className={styles.soft}>{t('work.handIn.returned.at', { when: dates.dayTime(of.at) })}</p>
      </div>
      {of.comment === undefined ? <p>{t('work.handIn.returned.none')}</p> : <PlainText text={of.comment} />}
      <Voices of={voices} />
      <AttachmentList attachments={rest} unscanned={unscanned} />
      {isNewer && <p className={styles.soft}>{t('work.handIn.newer')}</p>}
      {isPupil && <p className={styles.soft}>{t('work.handIn.returned.who')}</p>}
    </section>
  )
}
