import { expect, test } from 'vitest'
import { spread } from '../../../../functions/directory/import/table.ts'

const settled = () => new Promise(resolve => setImmediate(resolve))

test('spread() works on so many values at a time, each once', async () => {
  const begun: number[] = []
  const waiting: (() => void)[] = []
  const done = spread(
    new Set([1, 2, 3, 4, 5]),
    value => {
      begun.push(value)
      return new Promise<void>(resolve => waiting.push(resolve))
    },
    2,
  )
  for (const expected of [2, 3, 4, 5]) {
    expect(begun).toHaveLength(expected)
    waiting.shift()?.()
    await settled()
  }
  for (const end of waiting) end()
  await done
  expect(begun).toEqual([1, 2, 3, 4, 5])
})

test('spread() begins nothing after a failure, and throws it once what is under way has ended', async () => {
  const begun: number[] = []
  let end = () => {}
  let thrown: unknown
  const done = spread(
    [1, 2, 3, 4],
    async value => {
      begun.push(value)
      if (value === 1) throw new Error('the power is cut')
      await new Promise<void>(resolve => {
        end = resolve
      })
    },
    2,
  ).catch(error => {
    thrown = error
  })
  await settled()
  expect({ begun, thrown }).toEqual({ begun: [1, 2], thrown: undefined })
  end()
  await done
  expect(begun).toEqual([1, 2])
  expect(String(thrown)).toMatch(/the power is cut/)
})
