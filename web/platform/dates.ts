import { useLingui } from '@lingui/react'
import { useMemo } from 'react'
import { beginOf, dayIn, timeIn } from '../../shared/kernel/territory-day.ts'
import { serverDate } from './server-time.ts'
import { territoryZone } from './territory.ts'

/** An instant, or ISO 8601 of one; or a day of the territory's calendar, `2026-11-26`. */
type When = string | Date

const dayMs = 86_400_000

/** Whole days from one day of the calendar to another. */
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMs)

/** True for the form of a day: `2026-11-26`. */
export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text)

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** French writes the first of a month as an ordinal. */
const ordinal = (text: string, locale: string): string =>
  locale === 'fr' ? text.replace(/(^|\s)1 (?=\p{L})/u, '$11er ') : text

type Making = (options: Intl.DateTimeFormatOptions) => Intl.DateTimeFormat

/** Chrome before 95 knows no names for both seasons, and throws. */
const nameFormat = (format: Making): Intl.DateTimeFormat => {
  try {
    return format({ timeZoneName: 'longGeneric' })
  } catch {
    return format({ timeZoneName: 'long' })
  }
}

const partOf = (format: Intl.DateTimeFormat, at: Date): string | undefined =>
  format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value

/**
 * Formats days and times as people say them, in a language of the app. `now` decides which day is today. Days and hours are
 * those of the time zone `zone`, the territory's.
 */
export const dateWords = (locale: string, now: () => Date = () => new Date(), zone: string = territoryZone) => {
  const tag = locale === 'fr' ? 'fr-FR' : 'en-GB'
  const format: Making = options => new Intl.DateTimeFormat(tag, { ...options, timeZone: zone })
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
  const thisYear = format({ weekday: 'long', day: 'numeric', month: 'long' })
  const otherYear = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const dates = format({ day: 'numeric', month: 'long', year: 'numeric' })
  const short = format({ day: 'numeric', month: 'short' })
  const shortOfYear = format({ day: 'numeric', month: 'short', year: 'numeric' })

  /** Of a day: an instant within it, wherever the clocks change. */
  const instantOf = (when: When): Date => {
    if (typeof when !== 'string') return when
    return isDay(when) ? new Date(beginOf(when, zone).getTime() + dayMs / 2) : new Date(when)
  }
  const dayKey = (when: When): string => (typeof when === 'string' && isDay(when) ? when : dayIn(instantOf(when), zone))
  /** Whole days from today: 0 today, 1 tomorrow, -1 yesterday. */
  const daysAway = (when: When): number => daysBetween(dayKey(now()), dayKey(when))
  const isThisYear = (when: When): boolean => dayKey(when).slice(0, 4) === dayKey(now()).slice(0, 4)

  /** `Aujourd’hui`, `Demain`, `Hier`, `Jeudi 2 avril`, `Jeudi 2 avril 2026` in another year. */
  const day = (when: When): string => {
    const away = daysAway(when)
    if (Math.abs(away) <= 1) return capital(relative.format(away, 'day'))
    const said = (isThisYear(when) ? thisYear : otherYear).format(instantOf(when))
    return capital(ordinal(said.replace(',', ''), locale))
  }
  /** `18 h`, `8 h 30`; in English `18:00`, `08:30`. */
  const time = (when: When): string => {
    const said = timeIn(instantOf(when), zone)
    if (locale !== 'fr') return said
    const [hours, minutes] = said.split(':')
    return minutes === '00' ? `${Number(hours)}\u00a0h` : `${Number(hours)}\u00a0h\u00a0${minutes}`
  }
  const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
  /** Within a sentence: `demain, 18 h`, `jeudi 2 avril, 8 h 30`. English keeps the capital of a weekday. */
  const dayTime = (when: When): string => {
    const away = Math.abs(daysAway(when))
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
      const away = daysAway(when)
      if (away === 0) return time(when)
      if (away === -1) return relative.format(-1, 'day')
      return ordinal((isThisYear(when) ? short : shortOfYear).format(instantOf(when)), locale)
    },
    /** True for an instant of today. */
    isToday: (when: When): boolean => daysAway(when) === 0,
    /** `maintenant`, `il y a 5 minutes` within the hour, then as `dayTime`. */
    ago: (when: When): string => {
      const at = instantOf(when)
      const minutes = Math.floor((now().getTime() - at.getTime()) / 60_000)
      if (minutes < 1) return relative.format(0, 'second')
      if (minutes < 60) return relative.format(-minutes, 'minute')
      return dayTime(at)
    },
    /** A key to group by day, `2026-11-26`: equal for two instants of one day of the territory. */
    dayKey,
    /** What the time zone is called: `heure d’Europe centrale`, `Central European Time`. */
    zoneName: (): string => partOf(nameFormat(format), now()) ?? zone,
  }
}

export type DateWords = ReturnType<typeof dateWords>

/** dateWords() in the person's language; which day is today is the server's to say. */
export const useDates = (): DateWords => {
  const { i18n } = useLingui()
  return useMemo(() => dateWords(i18n.locale, serverDate), [i18n.locale])
}

/** True where the device's clock shows another time than the territory's, now or half a year from now. */
export const isElsewhere = (device: string = new Intl.DateTimeFormat().resolvedOptions().timeZone): boolean => {
  const now = serverDate().getTime()
  return [now, now + 182 * dayMs].some(at => {
    const instant = new Date(at)
    return (
      timeIn(instant, device) !== timeIn(instant, territoryZone) ||
      dayIn(instant, device) !== dayIn(instant, territoryZone)
    )
  })
}
