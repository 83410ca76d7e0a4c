import type { HandIn, Receipt } from '../../../shared/work/hand-in.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { AttachmentList } from '../../ui/files/attachment-list.tsx'
import { Icon } from '../../ui/icon.tsx'
import { PlainText } from '../plain-text.tsx'
import { ReceiptFiles } from './files/receipt-files.tsx'
import type { Unscanned } from './files/unscanned.ts'
import styles from './hand-in.module.css'
import { texts } from './texts.ts'

/** That something was handed in, and when. */
const HandedIn = ({ at }: { readonly at: string }) => {
  const t = useTexts(texts)
  const dates = useDates()
  return (
    <div className={styles.head}>
      <span className={styles.check} aria-hidden="true">
        <Icon name="check" size={28} />
      </span>
      <div>
        <h2 className={styles.title}>{t('work.handIn.handedIn')}</h2>
        <p>{dates.dayTime(at)}</p>
      </div>
    </div>
  )
}

/** To a guardian who did not hand it in: that it was. */
export const HandedInCard = ({ at }: { readonly at: string }) => {
  const t = useTexts(texts)
  return (
    <section className={styles.card}>
      <HandedIn at={at} />
      <p className={styles.soft}>{t('work.handIn.ofChild')}</p>
    </section>
  )
}

/** The receipt of a hand-in: when it was done and came, by whom, its size and hash. */
export const ReceiptCard = ({
  of,
  teacher,
}: {
  readonly of: Omit<Receipt, 'piece' | 'pupil'>
  readonly teacher: string
}) => {
  const t = useTexts(texts)
  const dates = useDates()
  const facts: readonly (readonly [string, string])[] = [
    [t('work.handIn.at'), dates.dayTime(of.at)],
    [t('work.handIn.received'), dates.dayTime(of.receivedAt)],
    [t('work.handIn.by'), of.by.name],
    ...(of.size > 0
      ? ([
          [t('work.handIn.size'), t('work.handIn.bytes', { count: of.size })],
          [t('work.handIn.hash'), of.sha256],
        ] as const)
      : []),
  ]
  return (
    <section className={styles.card} aria-label={t('work.handIn.receipt')}>
      <HandedIn at={of.at} />
      <p>
        {t('work.handIn.has', { teacher })} {t(`work.handIn.judged.${of.judgement}`)}
      </p>
      {of.files && <ReceiptFiles files={of.files} />}
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.soft}>{t('work.handIn.stays')}</p>
    </section>
  )
}

/** Every version that the reader may read, the last one first. */
export const Versions = ({
  of,
  unscanned,
}: {
  readonly of: Pick<HandIn, 'versions'>
  readonly unscanned: Unscanned
}) => {
  const t = useTexts(texts)
  const dates = useDates()
  return (
    <section className={styles.versions}>
      <h2 className={styles.heading}>{t('work.handIn.versions')}</h2>
      {of.versions.map((version, at) => (
        <details key={version.id} className={styles.card} open={at === 0}>
          <summary>{t('work.handIn.version', { when: dates.dayTime(version.at) })}</summary>
          {version.text !== '' && <PlainText text={version.text} />}
          <AttachmentList attachments={version.files} unscanned={unscanned} />
        </details>
      ))}
    </section>
  )
}
