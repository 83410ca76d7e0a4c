import type { KeptFile } from '../../../../shared/kernel/attachment.ts'
import { useTexts } from '../../../platform/catalogue.ts'
import { fileIcon } from '../../../ui/files/kinds.ts'
import { useBytes } from '../../../ui/files/sizes.ts'
import { Icon } from '../../../ui/icon.tsx'
import styles from './receipt-files.module.css'
import { texts } from './texts.ts'

/** The files of a receipt, each with its size and SHA-256: what the pupil can show, also without a network. */
export const ReceiptFiles = ({ files }: { readonly files: readonly KeptFile[] }) => {
  const t = useTexts(texts)
  const bytes = useBytes()
  return (
    <ul className={styles.files} aria-label={t('work.handIn.files')}>
      {files.map(({ file, name, type, length, sha256 }) => (
        <li key={file} className={styles.file}>
          <Icon name={fileIcon(type)} />
          <span className={styles.words}>
            <span className={styles.name}>{name}</span>
            <span className={styles.detail}>{bytes(length)}</span>
            <span className={styles.detail}>{t('work.handIn.files.hash', { hash: sha256 })}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}
