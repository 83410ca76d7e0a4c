import { useTexts } from '../../../platform/catalogue.ts'
import type { ChosenFile } from '../../../ui/files/chosen-file.ts'
import { DeviceFileState } from '../../../ui/files/device-file.tsx'
import { fileIcon } from '../../../ui/files/kinds.ts'
import { useBytes } from '../../../ui/files/sizes.ts'
import { Icon } from '../../../ui/icon.tsx'
import styles from './receipt-files.module.css'
import { texts } from './texts.ts'

/** The files of a hand-in that has not arrived: in the sender's own documents, or on this device with how far each is. */
export const WaitingFiles = ({ files }: { readonly files: readonly ChosenFile[] }) => {
  const t = useTexts(texts)
  const bytes = useBytes()
  if (files.length === 0) return null
  return (
    // Within a status: not each step of each file is read out.
    <ul className={styles.files} aria-label={t('work.handIn.files')} aria-live="off">
      {files.map(file => (
        <li key={file.id} className={styles.file}>
          <Icon name={fileIcon(file.type)} />
          <span className={styles.words}>
            <span className={styles.name}>{file.name}</span>
            <span className={styles.detail}>{bytes(file.length)}</span>
            {file.onDevice && <DeviceFileState of={file} />}
          </span>
        </li>
      ))}
    </ul>
  )
}
