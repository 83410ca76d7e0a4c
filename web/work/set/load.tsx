import { passesBudget } from '../../../shared/work/budget.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { classes } from '../../ui/classes.ts'
import styles from './load.module.css'
import type { ClassLoad } from './loads.ts'
import { texts } from './texts.ts'

/** Minutes that fill the bar, where the school has no budget. */
const usual = 120

type LoadProps = {
  readonly of: ClassLoad
  readonly own: number
  /** Minutes that the school allows. */
  readonly allowed: number | undefined
}

/** What a class has on a day: others' minutes grey, one's own in green; the same in words, with what the school allows. */
export const Load = ({ of, own, allowed }: LoadProps) => {
  const t = useTexts(texts)
  const share = (minutes: number): string => `${Math.min(100, (minutes / (allowed ?? usual)) * 100)}%`
  const isLong = passesBudget(of.minutes, own, allowed)
  const words = [
    of.minutes === 0
      ? t('work.set.load.none', { own })
      : t('work.set.load', { others: of.minutes, all: of.minutes + own }),
    allowed !== undefined && t(isLong ? 'work.set.load.over' : 'work.set.load.allowed', { allowed }),
  ]
  return (
    <div className={styles.load}>
      <span className={styles.bar} aria-hidden="true">
        <span className={styles.others} style={{ inlineSize: share(of.minutes) }} />
        <span className={classes(styles.own, isLong && styles.over)} style={{ inlineSize: share(own) }} />
      </span>
      <span className={classes(styles.words, isLong && styles.told)}>{words.filter(Boolean).join(', ')}</span>
    </div>
  )
}
