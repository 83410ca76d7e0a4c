import { expect, test } from 'vitest'
import { wayOf } from '../../../web/ui/sideways.ts'

test.each([
  ['a move to the left', { x: 200, across: -90, down: 10 }, 1],
  ['a move to the right', { x: 200, across: 90, down: -10 }, -1],
  ['a slanted move', { x: 200, across: -90, down: 50 }, undefined],
  ['a scroll', { x: 200, across: -20, down: 300 }, undefined],
  ['a tap that slips', { x: 200, across: 30, down: 0 }, undefined],
  ['a move from the left edge, by which browsers go back', { x: 10, across: 200, down: 0 }, undefined],
  ['a move from the right edge, by which they go on', { x: 350, across: -200, down: 0 }, undefined],
])('wayOf() takes %s for what it is', (_, stroke, way) => {
  expect(wayOf(stroke, 360)).toBe(way)
})
