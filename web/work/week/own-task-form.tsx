import { useEffect, useState } from 'react'
import { randomId } from '../../../shared/kernel/ids.ts'
import { isBlank } from '../../../shared/kernel/text.ts'
import { workLimits } from '../../../shared/work/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { isKept, useWaiting } from '../../platform/outbox/device-outbox.ts'
import type { Waiting } from '../../platform/outbox/waiting.ts'
import { ActForm } from '../../ui/act-form.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { unreadable } from '../../ui/local-time.ts'
import { TextField } from '../../ui/text-field.tsx'
import { unsentOf } from '../data/unsent.ts'
import { texts } from '../texts.ts'
import { keepTask } from './own-tasks.ts'
import styles from './piece-view.module.css'

/** What of a task waits on this device, or was refused; undefined once the API has it. */
const useUnsent = (id: string): Waiting | undefined => {
  const own = unsentOf('keepTask', useWaiting()).filter(({ input }) => input.params.task === id)
  return own[own.length - 1]?.one
}

/**
 * A task that a pupil sets for themselves. The form is closed once the task is kept on the device, or sent: where the
 * device cannot keep it, that is said, and what was typed stays until it is sent.
 */
export const OwnTaskForm = ({ day: first, onDone }: { readonly day: string; readonly onDone: () => void }) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  // One for the form, however often its button is pressed.
  const [id] = useState(() => randomId(22))
  const [title, setTitle] = useState('')
  const [day, setDay] = useState(first)
  const [isTried, setTried] = useState(false)
  const [step, setStep] = useState<'writing' | 'keeping' | 'lost'>('writing')
  const unsent = useUnsent(id)
  const isTitled = !isBlank(title)
  const isDated = day !== '' && day !== unreadable
  const keep = async () => {
    setTried(true)
    if (!isTitled || !isDated) return
    setStep('keeping')
    if (await keepTask({ id, title, day })) onDone()
    else setStep('lost')
  }
  // Sent later, or stored after all.
  const isSafe = step === 'lost' && (!unsent || (isKept(unsent) && !unsent.refused))
  // biome-ignore lint/correctness/useExhaustiveDependencies: called once.
  useEffect(() => {
    if (isSafe) onDone()
  }, [isSafe])
  return (
    <ActForm className={styles.piece} onSubmit={() => void keep()}>
      <TextField
        label={t('work.task.what')}
        value={title}
        onChange={setTitle}
        maxLength={workLimits.title}
        error={isTried && !isTitled && t('work.task.missing')}
        autoComplete="off"
      />
      <DateField
        label={t('work.task.day')}
        value={day}
        onChange={setDay}
        error={isTried && !isDated && t('work.task.day.missing')}
      />
      {step === 'lost' && (
        <Banner tone="error" role="alert">
          {unsent?.refused ? `${t('work.refused')} ${words(unsent.refused)}` : t('work.task.lost')}
        </Banner>
      )}
      <Button type="submit" variant="primary" busy={step === 'keeping'}>
        {t('work.task.keep')}
      </Button>
    </ActForm>
  )
}
