import { afterEach, expect, test, vi } from 'vitest'
import { step } from '../../../bin/region/steps.ts'

afterEach(() => vi.useRealTimers())

test('step() says what it does, every ten seconds how long it lasts and how far it is, and when it is done', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'performance'] })
  const lines: string[] = []
  const done = step(
    line => lines.push(line),
    'Loading',
    async ({ tell }) => {
      await new Promise(resolve => setTimeout(resolve, 15_000))
      tell('40 %')
      await new Promise(resolve => setTimeout(resolve, 10_000))
      return 7
    },
  )
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await done).toBe(7)
  expect(lines).toEqual(['Loading …', '  … 10.0 s', '  … 20.0 s, 40 %', '  done in 25.0 s'])
})

test('step() says no more of what failed', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  const lines: string[] = []
  await expect(
    step(
      line => lines.push(line),
      'Loading',
      () => Promise.reject(new Error('no')),
    ),
  ).rejects.toThrow('no')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(lines).toEqual(['Loading …'])
})
