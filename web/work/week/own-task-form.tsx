import { useState } from 'react'
import { randomId } from '../../../shared/kernel/ids.ts'
import { isBlank } from '../../../shared/kernel/text.ts'
import { workLimits } from '../../../shared/work/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { ActForm } from '../../ui/act-form.tsx'
import { Button } from '../../ui/button.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { unreadable } from '../../ui/local-time.ts'
import { TextField } from '../../ui/text-field.tsx'
import { texts } from '../texts.ts'
import { keepTask } from './own-tasks.ts'
import styles from './piece-view.module.css'

/** A task that a pupil sets for themselves. */
export const OwnTaskForm = ({ day: first, onDone }: { readonly day: string; readonly onDone: () => void }) => {
  const t = useTexts(texts)
  const [title, setTitle] = useState('')
  const [day, setDay] = useState(first)
  const [isTried, setTried] = useState(false)
  const isTitled = !isBlank(title)
  const isDated = day !== '' && day !== unreadable
  const keep = () => {
    setTried(true)
    if (!isTitled || !isDated) return
    keepTask({ id: randomId(22), title, day })
    onDone()
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
      <Button type="submit" variant="primary">
        {t('work.task.keep')}
      </Button>
    </ActForm>
  )
}
