import { useEffect, useState } from 'react'
import { useTexts } from '../platform/catalogue.ts'
import { useDates } from '../platform/dates.ts'
import { useOnline } from '../platform/online.ts'
import { serverNow } from '../platform/server-time.ts'
import { texts } from '../platform/texts.ts'
import styles from './read-state.module.css'

/** Milliseconds for which what is shown counts as current. */
const current = 120_000

/** True once `at` (milliseconds since 1970, by the server's time) is too long ago to be current. */
const useIsOld = (at: number): boolean => {
  const [, look] = useState(0)
  const isOld = at > 0 && serverNow() - at > current
  useEffect(() => {
    if (at === 0 || isOld) return undefined
    const timer = setTimeout(() => look(count => count + 1), at + current + 1 - serverNow())
    return () => clearTimeout(timer)
  }, [at, isOld])
  return isOld
}

/**
 * Until when content is known to be current, where that is more than two minutes ago or there is no network: "up to date at
 * 08:12".
 */
export const ConfirmedAge = ({ at }: { readonly at: number }) => {
  const t = useTexts(texts)
  const dates = useDates()
  const isOld = useIsOld(at)
  const isOnline = useOnline()
  const when = new Date(at)
  return (
    <div role="status" className={styles.confirmed}>
      {at > 0 && (isOld || !isOnline) && (
        <p className={styles.age}>
          {dates.isToday(when)
            ? t('content.confirmed.today', { time: dates.time(when) })
            : t('content.confirmed', { when: dates.dayTime(when) })}
        </p>
      )}
    </div>
  )
}
