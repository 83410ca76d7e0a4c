import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { today } from '../days.ts'
import { texts } from '../texts.ts'

/** How a day is named above what is to be done for it: "Aujourd’hui", "Demain, mardi", "Lundi 23 novembre". */
export const useDayName = (): ((day: string) => string) => {
  const t = useTexts(texts)
  const dates = useDates()
  return day => {
    const said = dates.day(day)
    const weekday = dates.fullDay(day).split(' ')[0]?.toLowerCase() ?? ''
    const isTomorrow = day > today() && !said.includes(' ')
    return isTomorrow ? t('work.day.tomorrow', { weekday }) : said
  }
}
