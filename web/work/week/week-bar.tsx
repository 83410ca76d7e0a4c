import { dayAfter } from '../../../shared/work/rules.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { useSideways } from '../../ui/sideways.ts'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import { mondayShown, today } from '../days.ts'
import { texts } from '../texts.ts'
import styles from './week-bar.module.css'

/** How many things a day has, and how many of them are done. */
export type Load = { readonly day: string; readonly all: number; readonly done: number }

/** The most dots under a day. */
const mostDots = 4

/**
 * The week: its days with a dot for each thing to do, filled while it is not done; and the weeks before and after, also by
 * the keys ← and → and by swiping.
 */
export const WeekBar = ({
  monday,
  loads,
  onWeek,
}: {
  readonly monday: string
  readonly loads: readonly Load[]
  readonly onWeek: (monday: string | undefined) => void
}) => {
  const t = useTexts(texts)
  const dates = useDates()
  const now = today()
  const shown = mondayShown(undefined)
  const go = (weeks: number) => onWeek(dayAfter(monday, 7 * weeks))
  useSideways(go)
  return (
    <nav className={styles.bar} aria-label={t('work.days')}>
      <VisuallyHidden role="status">{t('work.week.of', { day: dates.fullDay(monday).toLowerCase() })}</VisuallyHidden>
      <Button variant="quiet" icon="back" bare onClick={() => go(-1)} aria-keyshortcuts="ArrowLeft">
        {t('work.week.before')}
      </Button>
      <ol className={styles.days}>
        {loads.map(({ day, all, done }) => {
          const [weekday = '', number = ''] = dates.fullDay(day).split(' ')
          return (
            <li key={day}>
              <a href={`#day-${day}`} className={classes(styles.day, day === now && styles.today)}>
                <span aria-hidden="true" className={styles.weekday}>
                  {weekday.slice(0, 3).toLowerCase()}
                </span>
                <span aria-hidden="true" className={styles.number}>
                  {number.replace(/\D/g, '') || Number(day.slice(8))}
                </span>
                <span aria-hidden="true" className={styles.dots}>
                  {Array.from({ length: Math.min(all, mostDots) }, (_, at) => (
                    <span key={String(at)} className={classes(styles.dot, at < all - done && styles.full)} />
                  ))}
                </span>
                <VisuallyHidden>
                  {dates.day(day)}, {all === 0 ? t('work.day.nothing') : t('work.day.dots', { left: all - done })}
                </VisuallyHidden>
              </a>
            </li>
          )
        })}
      </ol>
      <Button variant="quiet" icon="next" bare onClick={() => go(1)} aria-keyshortcuts="ArrowRight">
        {t('work.week.after')}
      </Button>
      {monday !== shown && (
        <Button variant="quiet" className={styles.now} onClick={() => onWeek(undefined)}>
          {t('work.week.now')}
        </Button>
      )}
    </nav>
  )
}
