import type { ScanState } from '../../../shared/kernel/attachment.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { classes } from '../classes.ts'
import { Icon, type IconName } from '../icon.tsx'
import { spaced } from '../spaces.ts'
import styles from './scan-words.module.css'
import { texts } from './texts.ts'

const faces = {
  waiting: ['wait', 'ui.file.scan.waiting'],
  unscannable: ['info', 'ui.file.scan.unscannable'],
  infected: ['warning', 'ui.file.scan.infected'],
} as const satisfies Readonly<Record<string, readonly [IconName, string]>>

/** What a scan has found, where that is anything but "clean". `offers`: adults may have here what was not scanned. */
export const ScanWords = ({ scan, offers = true }: { readonly scan: ScanState; readonly offers?: boolean }) => {
  const t = useTexts(texts)
  if (scan === 'clean') return null
  const [icon, key] = faces[scan]
  return (
    <span className={classes(styles.scan, styles[scan])}>
      <Icon name={icon} size={16} />
      {spaced(t(scan === 'unscannable' && !offers ? 'ui.file.scan.unscanned' : key))}
    </span>
  )
}
