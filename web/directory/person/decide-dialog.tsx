import { useId, useRef, useState } from 'react'
import { isBlank } from '../../../shared/kernel/text.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { serverDate } from '../../platform/server-time.ts'
import { useWrite } from '../../platform/write.ts'
import { ActForm } from '../../ui/act-form.tsx'
import { Button } from '../../ui/button.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FieldError } from '../../ui/field.tsx'
import { focusFirstInvalid } from '../../ui/first-invalid.ts'
import { dayProblem, yearsAfter } from '../../ui/local-time.ts'
import { TextField } from '../../ui/text-field.tsx'
import { writes } from '../writes.ts'
import { ChoosePupil, type Pupil } from './choose-pupil.tsx'
import styles from './person.module.css'
import { texts } from './texts.ts'

type DecideDialogProps = {
  readonly open: boolean
  readonly onClose: () => void
  readonly adult: { readonly id: string; readonly name: string }
  /** The child whose access is stopped. Absent: the dialog asks to whom access is granted. */
  readonly child?: Pupil
  /** The school in which pupils are looked for. */
  readonly uai: string
}

/** Years for which a decision may be made: until a child in its first year of school is of age, and some. */
const longest = 20

/** Grants an adult access to a child, or stops it: with a reason, and a last day if there is one. */
export const DecideDialog = ({ open, onClose, adult, child, uai }: DecideDialogProps) => {
  const t = useTexts(texts)
  const why = useFailureWords()
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  const [chosen, setChosen] = useState<Pupil>()
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState('')
  const [tried, setTried] = useState(false)
  const decide = useWrite(writes.decide)
  const about = child ?? chosen
  const isTold = !isBlank(reason) && reason.trim().length >= 3
  const wrongDay = dayProblem(until, serverDate(), yearsAfter(serverDate(), longest))
  const submit = () => {
    if (!about || !isTold || wrongDay) return focusFirstInvalid(form.current, () => setTried(true))
    const body = { kind: child ? ('stopped' as const) : ('granted' as const), reason: reason.trim() }
    decide.send(
      { params: { person: adult.id, child: about.id }, body: { ...body, ...(until && { until }) } },
      { onDone: onClose },
    )
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={child ? t('directory.person.stop', { child: child.name }) : t('directory.person.grant')}
      actions={
        <>
          <Button type="submit" form={id} variant={child ? 'danger' : 'primary'} busy={decide.state === 'sending'}>
            {t(child ? 'directory.person.stop.do' : 'directory.person.grant.do')}
          </Button>
          <Button onClick={onClose}>{t('directory.person.keep')}</Button>
        </>
      }
    >
      <ActForm id={id} ref={form} className={styles.form} onSubmit={submit}>
        <p>{t(child ? 'directory.person.stop.why' : 'directory.person.grant.why', { name: adult.name })}</p>
        {!child && (
          <ChoosePupil
            uai={uai}
            chosen={chosen}
            onChoose={setChosen}
            error={tried && !chosen && t('directory.person.pupil.missing')}
          />
        )}
        <TextField
          label={t('directory.person.reason')}
          hint={t('directory.person.reason.hint')}
          maxLength={300}
          autoComplete="off"
          value={reason}
          onChange={setReason}
          error={tried && !isTold && t('directory.person.reason.missing')}
        />
        <DateField
          label={t('directory.person.until')}
          optional={t('directory.person.until.optional')}
          value={until}
          onChange={setUntil}
          error={tried && wrongDay && t(`directory.person.until.${wrongDay}`)}
        />
        {decide.failure && (
          <div role="alert">
            <FieldError>
              {decide.failure.type === 'not-allowed' ? t('directory.person.decide.not-allowed') : why(decide.failure)}
            </FieldError>
          </div>
        )}
      </ActForm>
    </Dialog>
  )
}
