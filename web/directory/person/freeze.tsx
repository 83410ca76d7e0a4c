import { useId, useRef, useState } from 'react'
import type { PersonPage } from '../../../shared/directory/person-page.ts'
import { listName } from '../../../shared/kernel/names.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { useWrite } from '../../platform/write.ts'
import { ActForm } from '../../ui/act-form.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FieldError } from '../../ui/field.tsx'
import { focusFirstInvalid } from '../../ui/first-invalid.ts'
import { Icon } from '../../ui/icon.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { writes } from '../writes.ts'
import styles from './person.module.css'
import { texts } from './texts.ts'

type Of = { readonly person: PersonPage }

/** Freezes the account's publishing, with a reason. */
const FreezeDialog = ({ person, open, onClose }: Of & { readonly open: boolean; readonly onClose: () => void }) => {
  const t = useTexts(texts)
  const why = useFailureWords()
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  const [reason, setReason] = useState('')
  const [endSessions, setEndSessions] = useState(true)
  const [tried, setTried] = useState(false)
  const freeze = useWrite(writes.freeze)
  const isTold = reason.trim().length >= 3
  const submit = () => {
    if (!isTold) return focusFirstInvalid(form.current, () => setTried(true))
    const body = { reason: reason.trim(), endSessions }
    freeze.send({ params: { person: person.id }, body }, { onDone: onClose })
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('directory.person.freeze.title', { name: listName(person) })}
      actions={
        <>
          <Button type="submit" form={id} variant="danger" busy={freeze.state === 'sending'}>
            {t('directory.person.freeze.do')}
          </Button>
          <Button onClick={onClose}>{t('directory.person.keep')}</Button>
        </>
      }
    >
      <ActForm id={id} ref={form} className={styles.form} onSubmit={submit}>
        <p>{t('directory.person.freeze.why')}</p>
        <TextField
          label={t('directory.person.reason')}
          hint={t('directory.person.freeze.hint')}
          maxLength={300}
          autoComplete="off"
          value={reason}
          onChange={setReason}
          error={tried && !isTold && t('directory.person.reason.missing')}
        />
        <Checkbox
          label={t('directory.person.freeze.sign-out')}
          hint={t('directory.person.freeze.sign-out.hint')}
          checked={endSessions}
          onChange={setEndSessions}
        />
        {freeze.failure && (
          <div role="alert">
            <FieldError>{why(freeze.failure)}</FieldError>
          </div>
        )}
      </ActForm>
    </Dialog>
  )
}

/** Whether the account's publishing is frozen; freezes it, and ends the freeze, in one act. */
export const Freeze = ({ person }: Of) => {
  const t = useTexts(texts)
  const dates = useDates()
  const why = useFailureWords()
  const [asking, setAsking] = useState(false)
  const unfreeze = useWrite(writes.unfreeze)
  const { frozen, mayFreeze } = person
  if (!frozen && !mayFreeze) return null
  return (
    <div className={styles.act}>
      {frozen && (
        <div>
          <p className={styles.waits}>
            <Icon name="warning" size={20} /> {t('directory.person.frozen')}
          </p>
          <p className={styles.soft}>
            {t('directory.person.frozen.since', {
              when: dates.dayTime(frozen.at),
              by: frozen.by ?? t('directory.person.operator'),
              reason: frozen.reason,
            })}
          </p>
        </div>
      )}
      {frozen && mayFreeze && (
        <>
          <Button
            icon="undo"
            wide
            busy={unfreeze.state === 'sending'}
            onClick={() => unfreeze.send({ params: { person: person.id } })}
          >
            {t('directory.person.unfreeze')}
          </Button>
          <p className={styles.soft}>{t('directory.person.unfreeze.why')}</p>
        </>
      )}
      {!frozen && (
        <Button icon="warning" wide onClick={() => setAsking(true)}>
          {t('directory.person.freeze')}
        </Button>
      )}
      {unfreeze.failure && (
        <div role="alert">
          <FieldError>{why(unfreeze.failure)}</FieldError>
        </div>
      )}
      <FreezeDialog key={String(asking)} person={person} open={asking} onClose={() => setAsking(false)} />
    </div>
  )
}
