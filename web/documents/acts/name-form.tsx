import { useState } from 'react'
import { cleanName, longestName } from '../../../shared/kernel/file-name.ts'
import { useTexts } from '../../platform/catalogue.ts'
import type { Failure } from '../../platform/failure.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { Button } from '../../ui/button.tsx'
import { FieldError } from '../../ui/field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import styles from './acts.module.css'
import { texts } from './texts.ts'

type NameFormProps = {
  readonly name: string
  /** What its button says. */
  readonly act: string
  readonly failure: Failure | undefined
  readonly isSending: boolean
  readonly onName: (name: string) => void
}

/** The name of a folder or document. */
export const NameForm = ({ name: before, act, failure, isSending, onName }: NameFormProps) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const [name, setName] = useState(before)
  const [isTried, setTried] = useState(false)
  const isName = cleanName(name) !== undefined
  return (
    <form
      noValidate
      className={styles.form}
      onSubmit={event => {
        event.preventDefault()
        setTried(true)
        if (isName) onName(name)
      }}
    >
      <TextField
        label={t('documents.name')}
        value={name}
        onChange={setName}
        maxLength={longestName}
        autoComplete="off"
        error={isTried && !isName && t('documents.name.missing')}
      />
      {failure && <FieldError role="alert">{words(failure)}</FieldError>}
      <Button type="submit" variant="primary" busy={isSending}>
        {act}
      </Button>
    </form>
  )
}
