import { useTexts } from '../platform/catalogue.ts'
import { isElsewhere, useDates } from '../platform/dates.ts'
import { texts } from './texts.ts'

/**
 * Whose hours are shown and typed, by the name of the territory's time zone; undefined on a device whose clock shows the
 * same ones.
 */
export const useZoneWords = (): string | undefined => {
  const t = useTexts(texts)
  const dates = useDates()
  return isElsewhere() ? t('ui.zone', { zone: dates.zoneName() }) : undefined
}
