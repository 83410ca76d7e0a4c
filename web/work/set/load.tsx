import { useTexts } from '../../platform/catalogue.ts'
import styles from './load.module.css'
import type { ClassLoad } from './loads.ts'
import { texts } from './texts.ts'

/** Minutes that fill the bar. */
const full = 120

const share = (minutes: number): string => `${Math.min(100, (minutes / full) * 100)}%`

/** What a class has on a day: others' minutes grey, one's own in green; the same in words. */
export const Load = ({ of, own }: { readonly of: ClassLoad; readonly own: number }) => {
  const t = useTexts(texts)
  const words =
    of.minutes === 0
      ? t('work.set.load.none', { own })
      : t('work.set.load', { others: of.minutes, all: of.minutes + own })
  return (
    <div className={styles.load}>
      <span className={styles.bar} aria-hidden="true">
        <span className={styles.others} style={{ inlineSize: share(of.minutes) }} />
        <span className={styles.own} style={{ inlineSize: share(own) }} />
      </span>
      <span className={styles.words}>{words}</span>
    </div>
  )
}
