import { useEffect, useState } from 'react'
import { useTexts } from '../platform/catalogue.ts'
import type { Failure } from '../platform/failure.ts'
import { useFailureWords } from '../platform/failure-words.ts'
import { Banner } from '../ui/banner.tsx'
import { VisuallyHidden } from '../ui/visually-hidden.tsx'
import { texts } from './texts.ts'

/** Whole seconds left of `failure`'s Retry-After, counted down from when it was received. */
export const useRetryAfter = (failure: Failure | undefined): number => {
  const [left, setLeft] = useState(0)
  useEffect(() => {
    const until = Date.now() + (failure?.type === 'too-many-attempts' ? (failure.retryAfter ?? 0) : 0) * 1000
    const count = () => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000)))
    count()
    if (until <= Date.now()) return undefined
    const timer = setInterval(count, 1000)
    return () => clearInterval(timer)
  }, [failure])
  return left
}

/** Why signing in failed. A wait is counted down on the screen; a screen reader announces its beginning and its end only. */
export const Refusal = ({ failure, left }: { readonly failure: Failure; readonly left: number }) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const [whole, setWhole] = useState(left)
  if (left > whole) setWhole(left)
  if (failure.type !== 'too-many-attempts' || !failure.retryAfter)
    return (
      <Banner tone="error" role="alert">
        {words(failure)}
      </Banner>
    )
  if (whole === 0) return null
  const wait = (seconds: number) =>
    seconds > 90
      ? t('session.wait-minutes', { count: Math.ceil(seconds / 60) })
      : t('session.wait-seconds', { count: seconds })
  return (
    <Banner tone={left > 0 ? 'warn' : 'info'} role="alert">
      {left > 0 ? (
        <>
          <span aria-hidden="true">{wait(left)}</span>
          <VisuallyHidden>{wait(whole)}</VisuallyHidden>
        </>
      ) : (
        t('session.wait-over')
      )}
    </Banner>
  )
}
