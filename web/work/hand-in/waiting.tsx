import { useState } from 'react'
import type { Assignment } from '../../../shared/work/hand-in.ts'
import { judgementOf } from '../../../shared/work/hand-in-rules.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { useOnline } from '../../platform/online.ts'
import { isHeldUp, isKept, putBack, removeWaiting, sendAgain } from '../../platform/outbox/device-outbox.ts'
import { saveFile } from '../../platform/save-file.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { toast } from '../../ui/toast.tsx'
import type { Unsent } from '../data/unsent.ts'
import { PlainText } from '../plain-text.tsx'
import { texts as shared } from '../texts.ts'
import { WaitingFiles } from './files/waiting-files.tsx'
import styles from './hand-in.module.css'
import { filesOf } from './handing-in.ts'
import { texts } from './texts.ts'

/** The text of what has not arrived, to be read, copied or saved elsewhere. */
const OwnText = ({ title, text }: { readonly title: string; readonly text: string }) => {
  const t = useTexts(texts)
  const [isCopied, setCopied] = useState(false)
  const copy = () => {
    // Where the browser does not let a page copy, the text can be marked and copied by hand, or saved.
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => undefined,
    )
  }
  return (
    <>
      <details>
        <summary>{t('work.handIn.text')}</summary>
        <PlainText text={text} />
      </details>
      <p className={styles.acts}>
        <Button variant="quiet" onClick={copy}>
          {t(isCopied ? 'work.handIn.copied' : 'work.handIn.copy')}
        </Button>
        <Button variant="quiet" onClick={() => saveFile(`${title}.txt`, text, 'text/plain')}>
          {t('work.handIn.save')}
        </Button>
      </p>
    </>
  )
}

/** Why it was refused, and what can be done: sending it again, or removing it, its text being below. */
const Refused = ({ of: { one } }: Pick<WaitingProps, 'of'>) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const remove = () => {
    void removeWaiting(one.key)
    toast({ text: t('work.handIn.removed'), undo: () => putBack(one) })
  }
  return (
    <Banner
      tone="warn"
      title={t('work.handIn.refused')}
      action={
        <>
          <Button onClick={() => sendAgain(one)}>{t('work.handIn.again')}</Button>{' '}
          <Button onClick={remove}>{t('work.handIn.remove')}</Button>
        </>
      }
    >
      {one.refused && words(one.refused)} {t('work.handIn.refused.kept')}
    </Banner>
  )
}

type WaitingProps = {
  readonly of: Unsent<'sendHandIn'>
  readonly assignment?: Assignment | undefined
  readonly extendedUntil?: string | undefined
}

/** What was handed in here and has not arrived: the time it was done, then why it waits, or why it was refused. */
export const WaitingCard = ({ of, assignment, extendedUntil }: WaitingProps) => {
  const t = useTexts(texts, shared)
  const dates = useDates()
  useOnline()
  const { one, input } = of
  const { at, text = '' } = input.body
  const waits = isHeldUp(one)
  const judgement = assignment && judgementOf(assignment, extendedUntil, { at, receivedAt: at }, [])
  return (
    <section className={styles.card} role="status">
      {one.refused ? (
        <Refused of={of} />
      ) : (
        <div className={styles.head}>
          <Icon name={waits ? 'offline' : 'check'} size={28} />
          <div>
            <h2 className={styles.title}>{t('work.handIn.done', { time: dates.time(at) })}</h2>
            {judgement && <p>{t(judgement === 'late' ? 'work.handIn.done.late' : 'work.handIn.done.inTime')}</p>}
          </div>
        </div>
      )}
      {!isKept(one) && <Banner tone="error">{t('work.handIn.notKept')}</Banner>}
      {text !== '' && <OwnText title={one.label} text={text} />}
      <WaitingFiles files={filesOf(of)} />
      {!one.refused && isKept(one) && (
        <p className={styles.soft}>{t(waits ? 'work.handIn.waits' : 'work.handIn.sending')}</p>
      )}
    </section>
  )
}
