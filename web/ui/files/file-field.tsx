import { mostAttachments } from '../../../shared/kernel/attachment.ts'
import { useTexts } from '../../platform/catalogue.ts'
import type { Failure } from '../../platform/failure.ts'
import { FieldError } from '../field.tsx'
import { refusedFile } from './chosen-file.ts'
import { texts } from './field-texts.ts'
import { type FileChooserProps, useFileChooser } from './file-chooser.ts'
import styles from './file-field.module.css'

type FileFieldProps = FileChooserProps & {
  /** Why what was written was refused. */
  readonly failure?: Failure | undefined
}

/**
 * Chooses files to hang on what is written, from the device or from one's own documents. It suspends until the
 * chooser is there: a form shows as a whole, so that no button moves under a finger.
 */
export const FileField = ({ failure, ...props }: FileFieldProps) => {
  const t = useTexts(texts)
  const Chooser = useFileChooser()
  const refused = refusedFile(failure, props.files)
  if (!Chooser) return null
  return (
    <fieldset className={styles.field}>
      <legend className={styles.legend}>
        {t('ui.files.label')}{' '}
        <span className={styles.optional}>{t('ui.files.most', { most: props.most ?? mostAttachments })}</span>
      </legend>
      <Chooser key={props.owner} {...props} />
      {refused && <FieldError role="alert">{t('ui.files.refused', { name: refused.name })}</FieldError>}
    </fieldset>
  )
}
