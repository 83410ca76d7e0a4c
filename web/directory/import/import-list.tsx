import type { ImportRow, MissedNight } from '../../../shared/directory/imports.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { classes } from '../../ui/classes.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { Link } from '../../ui/link.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import styles from './import.module.css'
import { texts } from './texts.ts'

/** Says what an import did: `3 arrivés, 1 parti`. */
export const useDetail = () => {
  const t = useTexts(texts)
  return ({ held, arrived, changed, left, refused, undoes }: ImportRow): string => {
    if (held) return t(held.state === 'open' ? 'directory.import.row.held' : `directory.import.row.${held.state}`)
    const counts = [
      ...(arrived > 0 ? [t('directory.import.row.arrived', { count: arrived })] : []),
      ...(changed > 0 ? [t('directory.import.row.changed', { count: changed })] : []),
      ...(left > 0 ? [t('directory.import.row.left', { count: left })] : []),
      ...(refused > 0 ? [t('directory.import.row.findings', { count: refused })] : []),
    ]
    const words = counts.length > 0 ? counts.join(', ') : t('directory.import.row.same')
    return undoes ? `${t('directory.import.row.undoes')}, ${words}` : words
  }
}

type Sign = {
  readonly icon: IconName
  readonly face: 'waits' | 'done' | 'soft'
  readonly word: 'open' | 'done' | 'stopped'
}

const signOf = ({ held }: ImportRow): Sign => {
  if (held?.state === 'open') return { icon: 'pause', face: 'waits', word: 'open' }
  return held ? { icon: 'pause', face: 'soft', word: 'stopped' } : { icon: 'check', face: 'done', word: 'done' }
}

/** A time in which nothing came: there is nothing to open. */
const Missed = ({ since, at }: MissedNight) => {
  const t = useTexts(texts)
  const dates = useDates()
  return (
    <li className={styles.row}>
      <span className={styles.words}>
        <span>{dates.day(at)}</span>
        <span className={styles.soft}>{t('directory.import.missed', { when: dates.dayTime(since) })}</span>
      </span>
      <span className={styles.lost}>
        <Icon name="warning" size={20} />
      </span>
    </li>
  )
}

/** Rows and missed nights, the newest first; of the missed ones those alone that are as new as the rows that were read. */
export const inTime = (
  rows: readonly ImportRow[],
  missed: readonly MissedNight[],
  whole: boolean,
): readonly (ImportRow | MissedNight)[] => {
  const oldest = whole ? '' : (rows[rows.length - 1]?.at ?? '')
  return [...rows, ...missed.filter(({ at }) => at > oldest)].sort((a, b) => (a.at < b.at ? 1 : -1))
}

/** The imports of a school, and when none came; the one that is shown is marked. */
export const ImportList = ({
  rows,
  uai,
  shown,
}: {
  readonly rows: readonly (ImportRow | MissedNight)[]
  readonly uai: string
  readonly shown: string | undefined
}) => {
  const t = useTexts(texts)
  const dates = useDates()
  const detailOf = useDetail()
  return (
    <ul className={styles.list} aria-label={t('directory.import.list')}>
      {rows.map(row => {
        if (!('id' in row)) return <Missed key={row.at} {...row} />
        const { icon, face, word } = signOf(row)
        return (
          <li key={row.id}>
            <Link
              to="/imports/:school/:import"
              params={{ school: uai, import: row.id }}
              className={classes(styles.row, row.id === shown && styles.shown)}
              aria-current={row.id === shown ? 'true' : undefined}
            >
              <span className={styles.words}>
                <span className={styles.when}>
                  {dates.day(row.at)}, {dates.time(row.at)}
                </span>
                <span className={styles.soft}>{detailOf(row)}</span>
              </span>
              <span className={styles[face]}>
                <Icon name={icon} size={20} />
                <VisuallyHidden>{t(`directory.import.state.${word}`)}</VisuallyHidden>
              </span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
