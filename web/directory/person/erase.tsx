import { useId, useRef, useState } from 'react'
import { isNameOf } from '../../../shared/directory/erasing.ts'
import type { PersonPage } from '../../../shared/directory/person-page.ts'
import { listName, spokenName } from '../../../shared/kernel/names.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { navigate } from '../../platform/navigation.ts'
import { useWrite } from '../../platform/write.ts'
import { ActForm } from '../../ui/act-form.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FieldError } from '../../ui/field.tsx'
import { focusFirstInvalid } from '../../ui/first-invalid.ts'
import { TextField } from '../../ui/text-field.tsx'
import { toast } from '../../ui/toast.tsx'
import { writes } from '../writes.ts'
import { texts } from './erase-texts.ts'
import styles from './person.module.css'
import { texts as ofPerson } from './texts.ts'

type Of = { readonly person: PersonPage }

/** What goes, and what stays and why: said before anything is erased. */
const Consequences = () => {
  const t = useTexts(texts)
  return (
    <>
      <h3>{t('directory.erase.goes')}</h3>
      <ul className={styles.said}>
        <li>{t('directory.erase.goes.account')}</li>
        <li>{t('directory.erase.goes.directory')}</li>
        <li>{t('directory.erase.goes.own')}</li>
      </ul>
      <h3>{t('directory.erase.stays')}</h3>
      <ul className={styles.said}>
        <li>{t('directory.erase.stays.published')}</li>
        <li>{t('directory.erase.stays.signed')}</li>
        <li>{t('directory.erase.stays.placed')}</li>
        <li>{t('directory.erase.stays.backups')}</li>
        <li>{t('directory.erase.stays.note')}</li>
      </ul>
    </>
  )
}

const EraseDialog = ({ person, onClose }: Of & { readonly onClose: () => void }) => {
  const t = useTexts(texts, ofPerson)
  const why = useFailureWords()
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const erase = useWrite(writes.erase)
  const name = spokenName(person)
  const submit = () => {
    if (!isNameOf(typed, person)) return focusFirstInvalid(form.current, () => setTried(true))
    erase.send(
      { params: { person: person.id }, body: { name: typed } },
      {
        onDone: () => {
          toast({ text: t('directory.erase.done') })
          navigate({ to: '/directory', replace: true })
        },
      },
    )
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('directory.erase.title', { name: listName(person) })}
      actions={
        <>
          <Button type="submit" form={id} variant="danger" busy={erase.state === 'sending'}>
            {t('directory.erase.do')}
          </Button>
          <Button onClick={onClose}>{t('directory.person.keep')}</Button>
        </>
      }
    >
      <ActForm id={id} ref={form} className={styles.form} onSubmit={submit}>
        <p className={styles.strong}>{t('directory.erase.no-way-back')}</p>
        <Consequences />
        <TextField
          label={t('directory.erase.name', { name })}
          maxLength={200}
          autoComplete="off"
          autoCapitalize="words"
          spellCheck={false}
          value={typed}
          onChange={setTyped}
          error={tried && !isNameOf(typed, person) && t('directory.erase.name.wrong', { name })}
        />
        {erase.failure && (
          <div role="alert">
            <FieldError>{why(erase.failure)}</FieldError>
          </div>
        )}
      </ActForm>
    </Dialog>
  )
}

/** Erases somebody who left; of everybody else it says why that is not possible yet, and what to do. */
export const Erase = ({ person }: Of) => {
  const t = useTexts(texts)
  const [asking, setAsking] = useState(false)
  const { erasure, caredForIn } = person
  if (!erasure && !caredForIn) return null
  const said = () => {
    if (!erasure) return t('directory.erase.active')
    return erasure === 'possible' || erasure === 'elsewhere' ? t(`directory.erase.${erasure}`) : t(`failure.${erasure}`)
  }
  return (
    <section className={styles.section}>
      <h2>{t('directory.erase')}</h2>
      <p className={styles.soft}>{said()}</p>
      {erasure === 'possible' && (
        <div className={styles.choicesOfActs}>
          <Button variant="danger" onClick={() => setAsking(true)}>
            {t('directory.erase.open')}
          </Button>
        </div>
      )}
      {asking && <EraseDialog person={person} onClose={() => setAsking(false)} />}
    </section>
  )
}
