import { useLingui } from '@lingui/react'
import { useMemo } from 'react'
import { serverDate } from './server-time.ts'

/** An instant as ISO 8601, or a date. */
type When = string | Date

const instantOf = (when: When): Date => (typeof when === 'string' ? new Date(when) : when)

const midnight = (at: Date): number => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()

/** Whole days from `now`'s day to `at`'s, in the device's time zone: 0 today, 1 tomorrow, -1 yesterday. */
const daysBetween = (now: Date, at: Date): number => Math.round((midnight(at) - midnight(now)) / 86_400_000)

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** French writes the first of a month as an ordinal. */
const ordinal = (text: string, locale: string): string =>
  locale === 'fr' ? text.replace(/(^|\s)1 (?=\p{L})/u, '$11er ') : text

/**
 * Formats days and times as people say them, in a language of the app. `now` decides which day is today. Hours are in the
 * device's time zone, which is the school's for nearly everybody.
 */
export const dateWords = (locale: string, now: () => Date = () => new Date()) => {
  const tag = locale === 'fr' ? 'fr-FR' : 'en-GB'
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
  const thisYear = new Intl.DateTimeFormat(tag, { weekday: 'long', day: 'numeric', month: 'long' })
  const otherYear = new Intl.DateTimeFormat(tag, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const dates = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', year: 'numeric' })
  const hours = new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit' })
  const short = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short' })
  const shortOfYear = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', year: 'numeric' })

  /** `Aujourd’hui`, `Demain`, `Hier`, `Jeudi 2 avril`, `Jeudi 2 avril 2026` in another year. */
  const day = (when: When): string => {
    const at = instantOf(when)
    const today = now()
    const away = daysBetween(today, at)
    if (Math.abs(away) <= 1) return capital(relative.format(away, 'day'))
    const format = at.getFullYear() === today.getFullYear() ? thisYear : otherYear
    return capital(ordinal(format.format(at).replace(',', ''), locale))
  }
  /** `18 h`, `8 h 30`; in English `18:00`, `08:30`. */
  const time = (when: When): string => {
    const at = instantOf(when)
    if (locale !== 'fr') return hours.format(at)
    const minutes = at.getMinutes()
    return minutes === 0
      ? `${at.getHours()}\u00a0h`
      : `${at.getHours()}\u00a0h\u00a0${String(minutes).padStart(2, '0')}`
  }
  const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
  /** Within a sentence: `demain, 18 h`, `jeudi 2 avril, 8 h 30`. English keeps the capital of a weekday. */
  const dayTime = (when: When): string => {
    const away = Math.abs(daysBetween(now(), instantOf(when)))
    const said = day(when)
    return `${locale === 'fr' || away <= 1 ? lower(said) : said}, ${time(when)}`
  }
  return {
    day,
    /** `Jeudi 2 avril`, also of today. */
    fullDay: (when: When): string => capital(ordinal(thisYear.format(instantOf(when)).replace(',', ''), locale)),
    /** `2 avril 2026`, `1er avril 2026`. */
    date: (when: When): string => ordinal(dates.format(instantOf(when)), locale),
    time,
    dayTime,
    /** For the column of a list: `18 h` today, `hier`, `2 avr.`, `2 avr. 2025` of another year. */
    brief: (when: When): string => {
      const at = instantOf(when)
      const today = now()
      const away = daysBetween(today, at)
      if (away === 0) return time(at)
      if (away === -1) return relative.format(-1, 'day')
      return ordinal((at.getFullYear() === today.getFullYear() ? short : shortOfYear).format(at), locale)
    },
    /** True for an instant of today. */
    isToday: (when: When): boolean => daysBetween(now(), instantOf(when)) === 0,
    /** `maintenant`, `il y a 5 minutes` within the hour, then as `dayTime`. */
    ago: (when: When): string => {
      const at = instantOf(when)
      const minutes = Math.floor((now().getTime() - at.getTime()) / 60_000)
      if (minutes < 1) return relative.format(0, 'second')
      if (minutes < 60) return relative.format(-minutes, 'minute')
      return dayTime(at)
    },
    /** A key to group by day: equal for two instants of one day, in the device's time zone. */
    dayKey: (when: When): string => {
      const at = instantOf(when)
      return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`
    },
  }
}

export type DateWords = ReturnType<typeof dateWords>

/** dateWords() in the person's language; which day is today is the server's to say. */
export const useDates = (): DateWords => {
  const { i18n } = useLingui()
  return useMemo(() => dateWords(i18n.locale, serverDate), [i18n.locale])
}
