import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { longestRecord as longestXml } from '../../../../functions/directory/import/aaf/frame.ts'
import { longestRecord as longestRow } from '../../../../functions/directory/import/oneroster/csv.ts'
import { aaf, delivery, named, pupil, source } from './aaf-feed.ts'
import { importWithin, writeHuge } from './bounded.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { lines, lookAt } from './look.ts'
import { bulk } from './oneroster-feed.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
beforeEach(() => fixture.empty())
afterAll(() => fixture.close())

const look = lookAt(() => fixture, source)
const more = named('Eleve', { part: 1 })

describe('importFeed() of a value without end', () => {
  /** Many times what an import may hold, and what the thread may. */
  const size = 160
  const limit = 96

  test('refuses the record of AAF in bounded memory, and imports the others', async () => {
    const path = await fixture.feed(delivery(4))
    const [before = '', after = ''] = aaf([pupil('197'), pupil('198'), pupil('199')]).split('Élève 198')
    await writeHuge(join(path, more), before, size, after)
    const report = await importWithin(limit, { ...fixture.database, path })
    expect(lines(report)).toEqual([`refused ${more}:15 198: the record is longer than ${longestXml} characters`])
    expect(report.people.added).toBe(9)
    expect(await look.status('199')).toBe('active')
  })

  test('refuses the row of a CSV file in bounded memory, and imports the others', async () => {
    const path = await fixture.feed(bulk())
    const [before = '', after = ''] = bulk()['users.csv'].split('Ali')
    await writeHuge(join(path, 'users.csv'), before, size, after)
    const report = await importWithin(limit, { ...fixture.database, path })
    expect(lines(report)).toEqual([
      `refused users.csv:3 p2: it is longer than ${longestRow} characters`,
      'refused enrollments.csv:3 e2: the person’s own record is refused: they stay as they were',
    ])
    expect(report.people.added).toBe(3)
  })

  test('holds far less than the value is long', () => {
    expect(size * 1024 * 1024).toBeGreaterThan(100 * Math.max(longestXml, longestRow))
  })
})
