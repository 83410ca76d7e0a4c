import type { ScanState } from '../../../shared/documents/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { classes } from '../../ui/classes.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { spaced } from '../../ui/spaces.ts'
import { texts } from '../texts.ts'
import styles from './scan-words.module.css'

const faces = {
  waiting: ['wait', 'documents.scan.waiting'],
  unscannable: ['info', 'documents.scan.unscannable'],
  infected: ['warning', 'documents.scan.infected'],
} as const satisfies Readonly<Record<string, readonly [IconName, string]>>

/** What a scan has found, where that is anything but "clean". */
export const ScanWords = ({ scan }: { readonly scan: ScanState }) => {
  const t = useTexts(texts)
  if (scan === 'clean') return null
  const [icon, key] = faces[scan]
  return (
    <span className={classes(styles.scan, styles[scan])}>
      <Icon name={icon} size={16} />
      {spaced(t(key))}
    </span>
  )
}
