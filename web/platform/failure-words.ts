import { useMemo } from 'react'
import { useMessages } from './catalogue.ts'
import type { Failure } from './failure.ts'
import { messages } from './messages.ts'

/** Says why something did not work and what to do, in the person's language. */
export const useFailureWords = (): ((failure: Failure) => string) => {
  const t = useMessages(messages)
  return useMemo(() => failure => t(`failure.${failure.type}`, { seconds: failure.retryAfter ?? 0 }), [t])
}
