import { describe, expect, it } from 'vitest'
import { chunks, forEachConcurrent } from '../../../functions/platform/concurrent.ts'

/** Work that ends when it is let go, and how much of it is under way. */
const gate = () => {
  const waiting: (() => void)[] = []
  let underWay = 0
  let most = 0
  return {
    most: () => most,
    begun: () => waiting.length,
    work: async () => {
      underWay++
      most = Math.max(most, underWay)
      await new Promise<void>(resolve => waiting.push(resolve))
      underWay--
    },
    letGo: async () => {
      for (let at = 0; at < waiting.length; at++) {
        waiting[at]?.()
        await new Promise(resolve => setImmediate(resolve))
      }
    },
  }
}
const numbers = (count: number) => Array.from({ length: count }, (_, at) => at)

describe('forEachConcurrent()', () => {
  it.each([
    [undefined, 24],
    [3, 3],
    [1, 1],
  ])('does %s at once: at most %i, and all in the end', async (atOnce, expected) => {
    const { work, letGo, most, begun } = gate()
    const done = forEachConcurrent(numbers(100), work, atOnce)
    await letGo()
    await done
    expect([most(), begun()]).toEqual([expected, 100])
  })

  it('begins no further one after a failure, and throws it once those under way have ended', async () => {
    const begun: number[] = []
    const ended: number[] = []
    const work = async (value: number) => {
      begun.push(value)
      await new Promise(resolve => setImmediate(resolve))
      if (value === 2) throw new Error('the third one')
      ended.push(value)
    }
    await expect(forEachConcurrent(numbers(50), work, 4)).rejects.toThrow('the third one')
    expect(begun.length).toBeLessThan(9)
    expect(ended.length).toBe(begun.length - 1)
  })

  it('takes values as they are made', async () => {
    function* values() {
      yield* ['a', 'b', 'c']
    }
    const seen: string[] = []
    await forEachConcurrent(values(), async value => seen.push(value))
    expect(seen.sort()).toEqual(['a', 'b', 'c'])
  })
})

describe('chunks()', () => {
  it('keeps the order, and loses nothing', () => {
    expect(chunks(numbers(7), 3)).toEqual([[0, 1, 2], [3, 4, 5], [6]])
    expect(chunks([], 3)).toEqual([])
  })
})
