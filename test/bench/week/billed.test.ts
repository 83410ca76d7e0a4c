import { describe, expect, it } from 'vitest'
import { billedMs, conversion } from './billed.ts'

describe('billedMs', () => {
  it('takes longer to compute by the share of a processor that the memory gives', () => {
    const taken = { processor: 10, table: 0, bucket: 0 }
    expect(billedMs(taken, 1_769)).toBe(10)
    expect(billedMs(taken, 1_024)).toBe(18)
    expect(billedMs(taken, 512)).toBe(35)
    expect(billedMs(taken, 3_538)).toBe(10)
  })

  it('waits for each request that waits for another, whatever the memory', () => {
    const taken = { processor: 0, table: 2, bucket: 1 }
    for (const megabytes of [512, 1_769])
      expect(billedMs(taken, megabytes)).toBe(2 * conversion.table + conversion.bucket)
  })

  it('counts whole milliseconds', () => {
    expect(billedMs({ processor: 0.1, table: 0, bucket: 0 }, 1_769)).toBe(1)
  })
})
