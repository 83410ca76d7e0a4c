import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { dateOf, today } from '../days.ts'
import { texts } from '../texts.ts'

/** How a day is named above what is to be done for it: "Aujourd’hui", "Demain, mardi", "Lundi 23 novembre". */
export const useDayName = (): ((day: string) => string) => {
  const t = useTexts(texts)
  const dates = useDates()
  return day => {
    const said = dates.day(dateOf(day))
    const weekday = dates.fullDay(dateOf(day)).split(' ')[0]?.toLowerCase() ?? ''
    const isTomorrow = dates.dayKey(dateOf(day)) > today() && !said.includes(' ')
    return isTomorrow ? t('work.day.tomorrow', { weekday }) : said
  }
}
