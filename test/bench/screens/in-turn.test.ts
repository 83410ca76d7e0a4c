import { expect, it } from 'vitest'
import { inTurn } from './in-turn.ts'

const span = (began: number, ended: number) => ({ began, ended })

it.each([
  ['none', [], 0],
  ['one', [span(0, 5)], 1],
  ['two side by side', [span(0, 5), span(1, 6)], 1],
  ['one after another', [span(5, 9), span(0, 5)], 2],
  ['one beside two that follow one another', [span(0, 9), span(0, 4), span(4, 8)], 2],
] as const)('inTurn() of %s', (_, spans, count) => {
  expect(inTurn(spans)).toBe(count)
})
