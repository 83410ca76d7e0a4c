import { i18n } from '@lingui/core'
import { useMemo } from 'react'
import type { ProblemTable } from '../../shared/kernel/problem.ts'
import { type Catalogue, useTexts } from './catalogue.ts'
import type { Failure } from './failure.ts'
import { texts } from './texts.ts'

/**
 * Texts that explain a feature's own problems, as part of its catalogue; one without a text does not compile:
 *
 *     fr: { 'failure.nothing-to-sign': '…', … } satisfies FailureTexts<typeof newsProblems>
 */
export type FailureTexts<Problems extends ProblemTable> = Readonly<Record<string, string>> & {
  readonly [Type in keyof Problems & string as `failure.${Type}`]: string
}

/** True if there are words for this very failure in the catalogues loaded so far. */
export const hasWords = ({ type }: Failure): boolean => `failure.${type}` in i18n.messages

/**
 * Words for a failure, in the person's language: why something did not work, and what to do. Of a type whose text is in
 * no catalogue loaded so far, those for an unexpected failure.
 */
export const useFailureWords = (): ((failure: Failure) => string) => {
  const t = useTexts<readonly [Catalogue<string>]>(texts)
  return useMemo(
    () => failure =>
      t(hasWords(failure) ? `failure.${failure.type}` : 'failure.unexpected', { seconds: failure.retryAfter ?? 0 }),
    [t],
  )
}
