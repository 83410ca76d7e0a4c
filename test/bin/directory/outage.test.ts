import { describe, expect, test } from 'vitest'
import { handInPatterns } from '../../../functions/work/hand-ins/patterns.ts'
import { openItems } from '../../support/items.ts'
import { withSchool } from './with-school.ts'

const { fixture, run } = withSchool()

const why = ['--reason', 'Panne de la Région']

describe('npm run directory -- outage', () => {
  test('enters an interval by the clocks of the territory, once, with its reason and when it was entered', async () => {
    const args = ['outage', '--from', '2026-06-24T16:30', '--to', '2026-06-24T17:00', ...why]
    const { status, out } = await run(...args)
    expect([status, out]).toEqual([0, expect.stringContaining('2026-06-24T14:30:00.000Z')])
    const key = { from: '2026-06-24T14:30:00.000Z' }
    const entry = await openItems(fixture().database).get(handInPatterns.outage, key)
    expect(entry).toMatchObject({ to: '2026-06-24T15:00:00.000Z', reason: 'Panne de la Région' })
    const again = await run('outage', '--from', '2026-06-24T16:30', '--to', '2026-06-24T19:00', ...why)
    expect([again.status, again.out]).toEqual([1, expect.stringContaining('stays as it is')])
    expect(await openItems(fixture().database).get(handInPatterns.outage, key)).toEqual(entry)
  })

  test.each([
    [['--from', '2026-02-30T16:30', '--to', '2026-03-01T17:00'], 'is no day and time'],
    [['--from', '2026-06-24T17:00', '--to', '2026-06-24T16:30'], 'ends after it begins'],
    [['--from', '2026-06-24T17:00', '--to', '2099-06-24T16:30'], 'once it is over'],
  ])('refuses %j with one sentence', async (args, sentence) => {
    const { status, error } = await run('outage', ...args, ...why)
    expect([status, error]).toEqual([1, expect.stringContaining(sentence)])
  })
})
