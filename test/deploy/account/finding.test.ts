import { describe, expect, it } from 'vitest'
import { type Finding, findingsText, hasFailed, notMeasured } from './finding.ts'

const finding = (met: boolean | undefined): Finding => ({
  check: 'clock',
  expected: 'it is right',
  observed: 'so',
  met,
})

describe('hasFailed()', () => {
  it('is failed by one expectation that was not met, not by one that could not be measured', () => {
    expect(hasFailed([finding(true), finding(undefined)])).toBe(false)
    expect(hasFailed([finding(true), finding(false)])).toBe(true)
  })
})

describe('findingsText()', () => {
  it('says of each expectation whether it was met, and what was observed', () => {
    const findings = [finding(true), finding(false), notMeasured('function', 'it is quick', 'nobody can tell')]
    expect(findingsText(findings).split('\n')).toEqual([
      'met           clock: it is right',
      '              so',
      'NOT met       clock: it is right',
      '              so',
      'not measured  function: it is quick',
      '              nobody can tell',
    ])
  })
})
