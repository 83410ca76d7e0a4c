import { useState } from 'react'
import { isBlank } from '../../../shared/kernel/text.ts'
import { workLimits } from '../../../shared/work/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { useWrite } from '../../platform/write.ts'
import { ActForm } from '../../ui/act-form.tsx'
import { Button } from '../../ui/button.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { FieldError } from '../../ui/field.tsx'
import { unreadable } from '../../ui/local-time.ts'
import { TextField } from '../../ui/text-field.tsx'
import { texts } from '../texts.ts'
import { newTaskId, writes } from '../writes.ts'
import styles from './piece-view.module.css'

/** A task that a pupil sets for themselves. */
export const OwnTaskForm = ({ day: first, onDone }: { readonly day: string; readonly onDone: () => void }) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const [task] = useState(newTaskId)
  const [title, setTitle] = useState('')
  const [day, setDay] = useState(first)
  const [isTried, setTried] = useState(false)
  const { send, state, failure } = useWrite(writes.keepTask)
  const isTitled = !isBlank(title)
  const isDated = day !== '' && day !== unreadable
  const keep = () => {
    setTried(true)
    if (isTitled && isDated) send({ params: { task }, body: { title, day } }, { onDone })
  }
  return (
    <ActForm className={styles.piece} onSubmit={keep}>
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
      {failure && <FieldError role="alert">{words(failure)}</FieldError>}
      <Button type="submit" variant="primary" busy={state === 'sending'}>
        {t('work.task.keep')}
      </Button>
    </ActForm>
  )
}
