import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtAssembly } from '../support/built.ts'
import { assignmentTitles, setAssignments } from '../support/valmont-hand-ins.ts'
import { setWork } from '../support/valmont-work.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { layoutFaults } from './layout.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  await setWork(fixture.valmont)
  await setAssignments(fixture.valmont)
})
afterAll(() => fixture?.close())

test('the week: in columns, a button lies over no words', async () => {
  const visit = await fixture.visit('ines')
  const { page } = visit
  await page.goto('/notebook')
  await page.getByText(assignmentTitles.open).first().waitFor()
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  for (const width of [640, 1024, 1280, 1920]) {
    await page.setViewportSize({ width, height: 800 })
    await expect.poll(() => layoutFaults(page), { message: `one over another at ${width}` }).toEqual([])
  }
  expect(visit.troubles()).toEqual([])
  await visit.close()
})
