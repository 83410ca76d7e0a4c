import { useMemo } from 'react'
import { useTexts } from './catalogue.ts'
import type { Failure } from './failure.ts'
import { texts } from './texts.ts'

/** Says why something did not work and what to do, in the person's language. */
export const useFailureWords = (): ((failure: Failure) => string) => {
  const t = useTexts(texts)
  return useMemo(() => failure => t(`failure.${failure.type}`, { seconds: failure.retryAfter ?? 0 }), [t])
}
