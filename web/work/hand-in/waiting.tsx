import type { Assignment } from '../../../shared/work/hand-in.ts'
import { judgementOf } from '../../../shared/work/hand-in-rules.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { useOnline } from '../../platform/online.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { PlainText } from '../plain-text.tsx'
import { texts as shared } from '../texts.ts'
import { WaitingFiles } from './files/waiting-files.tsx'
import styles from './hand-in.module.css'
import { type Made, sendAgain } from './outbox.ts'
import { texts } from './texts.ts'

type WaitingProps = {
  readonly of: Made
  readonly person: string
  readonly assignment: Assignment | undefined
  readonly extendedUntil: string | undefined
}

/** What was handed in here and has not arrived: the time it was done, then why it waits, or why it was refused. */
export const WaitingCard = ({ of, person, assignment, extendedUntil }: WaitingProps) => {
  const t = useTexts(texts, shared)
  const dates = useDates()
  const words = useFailureWords()
  const online = useOnline()
  const judgement = assignment && judgementOf(assignment, extendedUntil, { at: of.at, receivedAt: of.at }, [])
  return (
    <section className={styles.card} role="status">
      {of.refused === undefined ? (
        <div className={styles.head}>
          <Icon name={online ? 'check' : 'offline'} size={28} />
          <div>
            <h2 className={styles.title}>{t('work.handIn.done', { time: dates.time(of.at) })}</h2>
            <p>{t(judgement === 'late' ? 'work.handIn.done.late' : 'work.handIn.done.inTime')}</p>
          </div>
        </div>
      ) : (
        <Banner
          tone="warn"
          title={t('work.handIn.refused')}
          action={<Button onClick={() => sendAgain(person, of.version)}>{t('work.handIn.again')}</Button>}
        >
          {words({ type: of.refused })} {t('work.handIn.refused.kept')}
        </Banner>
      )}
      {of.text !== '' && (
        <details>
          <summary>{t('work.handIn.text')}</summary>
          <PlainText text={of.text} />
        </details>
      )}
      {of.files && <WaitingFiles files={of.files} />}
      {of.refused === undefined && (
        <p className={styles.soft}>{t(online ? 'work.handIn.sending' : 'work.handIn.waits')}</p>
      )}
    </section>
  )
}
