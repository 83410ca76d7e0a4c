import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayAfter } from '../../shared/work/rules.ts'
import { builtAssembly } from '../support/built.ts'
import { setWork, shownMonday } from '../support/valmont-work.ts'
import { violations } from './axe.ts'
import { type Fixture, openFixture } from './fixture.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  await setWork(fixture.valmont)
})
afterAll(() => fixture?.close())

const weekOf = (page: Page) => new URL(page.url()).searchParams.get('week')
const monday = (weeks: number) => dayAfter(shownMonday(), 7 * weeks)

/** Moves one finger over the screen, as a device reports it. */
const swipe = async (page: Page, from: { x: number; y: number }, to: { x: number; y: number }) => {
  const session = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: (typeof from)[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints })
  await touch('touchStart', [from])
  for (const part of [0.3, 0.6, 1])
    await touch('touchMove', [{ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }])
  await touch('touchEnd', [])
  await session.detach()
}

test('work: a week is turned over by swiping on a phone, and not by scrolling, in a dialog, or from the edge', async () => {
  const visit = await fixture.visit('ines', { width: 360, height: 740 })
  const { page } = visit
  await page.goto('/notebook')
  await page.getByRole('button', { name: 'Semaine suivante' }).waitFor()
  await swipe(page, { x: 300, y: 400 }, { x: 120, y: 420 })
  await expect.poll(() => weekOf(page)).toBe(monday(1))
  await swipe(page, { x: 100, y: 400 }, { x: 300, y: 390 })
  await expect.poll(() => weekOf(page) ?? monday(0)).toBe(monday(0))
  await swipe(page, { x: 200, y: 600 }, { x: 180, y: 300 })
  await swipe(page, { x: 5, y: 400 }, { x: 250, y: 400 })
  await page.getByRole('button', { name: 'Ajouter une tâche' }).click()
  await page.getByRole('dialog').waitFor()
  await swipe(page, { x: 300, y: 400 }, { x: 100, y: 400 })
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  expect(weekOf(page) ?? monday(0)).toBe(monday(0))
  // What was not a swipe has turned nothing over: the next one leads one week on.
  await swipe(page, { x: 300, y: 400 }, { x: 120, y: 400 })
  await expect.poll(() => weekOf(page)).toBe(monday(1))
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('work: a week is turned over by the arrow keys, which fields keep for themselves', async () => {
  const visit = await fixture.visit('ines')
  const { page } = visit
  await page.goto('/notebook')
  const said = page.getByRole('status').filter({ hasText: 'Semaine du' })
  await page.getByRole('button', { name: 'Semaine suivante' }).waitFor()
  const before = await said.textContent()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => weekOf(page)).toBe(monday(2))
  expect(await said.textContent()).not.toBe(before)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => weekOf(page)).toBe(monday(1))
  await page.getByRole('button', { name: 'Ajouter une tâche' }).click()
  await page.getByRole('dialog').getByRole('textbox').first().fill('Lire')
  for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowRight']) await page.keyboard.press(key)
  expect(weekOf(page)).toBe(monday(1))
  await page.keyboard.press('Escape')
  expect(await violations(page)).toEqual([])
  expect(visit.troubles()).toEqual([])
  await visit.close()
})
