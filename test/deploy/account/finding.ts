/** One expectation and what was observed. */
export type Finding = {
  /** Which line of docs/decisions/0026-what-cloudfront-does.md it is for. */
  readonly check: string
  readonly expected: string
  readonly observed: string
  /** Undefined: it could not be measured. */
  readonly met: boolean | undefined
}

const verdict = ({ met }: Finding) => (met === undefined ? 'not measured' : met ? 'met' : 'NOT met')

/** Findings as text, two lines each. */
export const findingsText = (findings: readonly Finding[]): string =>
  findings
    .map(one => `${verdict(one).padEnd(12)}  ${one.check}: ${one.expected}\n${' '.repeat(14)}${one.observed}`)
    .join('\n')

/** Whether an expectation was not met. What could not be measured is no failure. */
export const hasFailed = (findings: readonly Finding[]): boolean => findings.some(one => one.met === false)

/** An expectation that cannot be measured here, and why. */
export const notMeasured = (check: string, expected: string, why: string): Finding => ({
  check,
  expected,
  observed: why,
  met: undefined,
})
