import { useLingui } from '@lingui/react'
import { useMemo } from 'react'
import { useTexts } from '../../platform/catalogue.ts'
import { texts } from './texts.ts'

const units = ['ui.file.kilobytes', 'ui.file.megabytes', 'ui.file.gigabytes'] as const

/**
 * Writes a number of bytes as people read it: `840 octets`, `12 Ko`, `1,2 Mo`. A kilobyte is 1,024 bytes, as in the quotas.
 * Up to ten of a unit with one decimal, except of kilobytes.
 */
export const useBytes = (): ((bytes: number) => string) => {
  const { i18n } = useLingui()
  const t = useTexts(texts)
  return useMemo(() => {
    const whole = new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: 0 })
    const tenths = new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: 1 })
    return bytes => {
      if (bytes < 1024) return t('ui.file.bytes', { count: bytes })
      // One that would be written as 1,024 of a unit is one of the next.
      const power = Math.min(3, Math.floor(Math.log(bytes * (1024 / 1023.5)) / Math.log(1024)))
      const amount = bytes / 1024 ** power
      return t(units[power - 1] ?? units[0], { size: (power > 1 && amount < 10 ? tenths : whole).format(amount) })
    }
  }, [i18n.locale, t])
}
