import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtAssembly } from '../support/built.ts'
import { classSize, fullClass } from '../support/valmont-class.ts'
import { type Fixture, openFixture, type Visit } from './fixture.ts'

let fixture: Fixture
let helene: Visit
let of: Awaited<ReturnType<typeof fullClass>>

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  of = await fullClass(fixture)
  helene = await fixture.visit('helene')
})
afterAll(() => fixture?.close())

/** What stands on the screen as the pupil's name. */
const shown = async (page: Page): Promise<string> => (await page.getByRole('heading', { level: 2 }).textContent()) ?? ''

test('a teacher returns the hand-ins of a class of 35 without the mouse, with slow replies in any order', async () => {
  const { page } = helene
  // A click that a key makes is of no pointer.
  await page.addInitScript(() => {
    Object.assign(window, { pointed: 0 })
    for (const kind of ['pointerdown', 'mousedown', 'touchstart'])
      addEventListener(kind, () => Object.assign(window, { pointed: Reflect.get(window, 'pointed') + 1 }), true)
  })
  let held = 0
  await page.route('**/note', async route => {
    held += 1
    // Of each pair the second goes first.
    await new Promise(resolve => setTimeout(resolve, held % 2 === 1 ? 1_500 : 100))
    await route.continue()
  })
  /** Keys that lead from one to the next, beside what is typed. */
  let keys = 0
  const press = async (key: string) => {
    keys += 1
    await page.keyboard.press(key)
  }
  await page.goto(`/notebook/collected/${of.piece}`)
  await page.getByRole('heading', { level: 2 }).waitFor()
  const expected = new Map<string, string>()
  for (let at = 0; at < classSize; at++) {
    const name = await shown(page)
    await press('Alt+n')
    await page.keyboard.type(String(at % 21))
    await press('Tab')
    if (at === 0) await page.keyboard.type('Relisez-vous.')
    else await press('Alt+1')
    expected.set(name, `${at % 21} Relisez-vous.`)
    if (at === classSize - 1) break
    await press('Control+Enter')
    await expect.poll(() => shown(page)).not.toBe(name)
  }
  expect(expected.size).toBe(classSize)
  const all = page.getByRole('button', { name: `Rendre ${classSize} copies corrigées` })
  await all.waitFor({ timeout: 60_000 })
  await press('Alt+r')
  await expect.poll(() => all.evaluate(one => one === document.activeElement)).toBe(true)
  await press('Enter')
  await page.getByText(`${classSize} copies rendues.`).waitFor({ timeout: 30_000 })
  // Four keys a pupil, and two to return all.
  expect(keys).toBeLessThanOrEqual(4 * classSize + 2)
  expect(await page.evaluate(() => Reflect.get(window, 'pointed'))).toBe(0)
  const given = (await of.pupils()).map(({ familyName, givenName, returned }): [string, string] => [
    `${familyName.toUpperCase()} ${givenName}`,
    `${returned?.mark} ${returned?.comment}`,
  ])
  expect(new Map(given)).toEqual(expected)
  expect(helene.troubles()).toEqual([])
})
