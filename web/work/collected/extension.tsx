import { useState } from 'react'
import type { CollectedHandIn } from '../../../shared/work/hand-in.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { serverDate } from '../../platform/server-time.ts'
import { useWrite } from '../../platform/write.ts'
import { ActForm } from '../../ui/act-form.tsx'
import { Button } from '../../ui/button.tsx'
import { DateTimeField } from '../../ui/date-field.tsx'
import { toInstant } from '../../ui/local-time.ts'
import { toast } from '../../ui/toast.tsx'
import { texts as shared } from '../texts.ts'
import { writes } from '../writes.ts'
import styles from './collected.module.css'
import { texts } from './texts.ts'

/** Gives one pupil more time, or takes that back. */
export const Extension = ({ piece, of }: { readonly piece: string; readonly of: CollectedHandIn }) => {
  const t = useTexts(texts, shared)
  const dates = useDates()
  const words = useFailureWords()
  const [local, setLocal] = useState('')
  const [isWrong, setWrong] = useState(false)
  const { send, state } = useWrite(writes.extend)
  const extend = (until: string | undefined) =>
    send(
      { params: { piece, pupil: of.id }, body: until === undefined ? {} : { until } },
      {
        onDone: () =>
          toast({
            text:
              until === undefined
                ? t('work.collected.extension.taken')
                : t('work.collected.extended', { when: dates.dayTime(until) }),
          }),
        onFailed: failure => toast({ text: words(failure) }),
      },
    )
  const submit = () => {
    const until = toInstant(local)
    const isRight = until !== undefined && until > serverDate().toISOString()
    setWrong(!isRight)
    if (isRight) extend(until)
  }
  return (
    <details className={styles.extension}>
      <summary>{t('work.collected.extension')}</summary>
      <ActForm className={styles.said} onSubmit={submit}>
        <DateTimeField
          label={t('work.collected.extension.until')}
          value={local}
          onChange={setLocal}
          error={isWrong && t('work.collected.extension.wrong')}
        />
        <Button type="submit" busy={state === 'sending'}>
          {t('work.collected.extension.give')}
        </Button>
        {of.extendedUntil !== undefined && (
          <Button variant="quiet" busy={state === 'sending'} onClick={() => extend(undefined)}>
            {t('work.collected.extension.take')}
          </Button>
        )}
      </ActForm>
    </details>
  )
}
