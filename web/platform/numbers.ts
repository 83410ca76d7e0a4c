import { useLingui } from '@lingui/react'
import { useMemo } from 'react'

/** Writes numbers as the person's language does: `1 059`, `1,059`. Within a text: `{count, number}`. */
export const useNumber = (): ((value: number) => string) => {
  const { i18n } = useLingui()
  return useMemo(() => {
    const written = new Intl.NumberFormat(i18n.locale)
    return value => written.format(value)
  }, [i18n.locale])
}
