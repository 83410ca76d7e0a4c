import { useRef, useState } from 'react'
import { workLimits } from '../../../shared/work/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { useWrite } from '../../platform/write.ts'
import { ActForm } from '../../ui/act-form.tsx'
import { Button } from '../../ui/button.tsx'
import { FieldError } from '../../ui/field.tsx'
import { focusFirstInvalid } from '../../ui/first-invalid.ts'
import { TextField } from '../../ui/text-field.tsx'
import { toast } from '../../ui/toast.tsx'
import { minutesOf } from '../set/form.ts'
import { texts as shared } from '../texts.ts'
import { writes } from '../writes.ts'
import styles from './budget.module.css'
import { texts } from './texts.ts'

type BudgetFormProps = { readonly uai: string; readonly minutes: number | undefined }

/** Sets the school's budget. `minutes`: as it is. */
export const BudgetForm = ({ uai, minutes }: BudgetFormProps) => {
  const t = useTexts(texts, shared)
  const words = useFailureWords()
  const form = useRef<HTMLFormElement>(null)
  const [typed, setTyped] = useState(minutes === undefined ? '' : String(minutes))
  const [isTried, setTried] = useState(false)
  const { send, state, failure } = useWrite(writes.setBudget)
  const wanted = minutesOf({ minutes: typed })
  const isWrong = wanted !== undefined && !(wanted >= 1 && wanted <= workLimits.minutes)
  const submit = () => {
    if (isWrong) return focusFirstInvalid(form.current, () => setTried(true))
    const body = wanted === undefined ? {} : { minutes: wanted }
    send({ params: { uai }, body }, { onDone: () => toast({ text: t('work.budget.saved') }) })
  }
  return (
    <ActForm ref={form} className={styles.form} onSubmit={submit}>
      <TextField
        label={t('work.budget.minutes')}
        hint={t('work.budget.minutes.hint')}
        value={typed}
        onChange={setTyped}
        inputMode="numeric"
        autoComplete="off"
        error={isTried && isWrong && t('work.budget.minutes.wrong', { most: workLimits.minutes })}
      />
      {failure && <FieldError role="alert">{words(failure)}</FieldError>}
      <Button type="submit" variant="primary" busy={state === 'sending'}>
        {t('work.budget.save')}
      </Button>
    </ActForm>
  )
}
