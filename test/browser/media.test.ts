import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtAssembly } from '../support/built.ts'
import { publishNews, titleOf } from '../support/valmont-news.ts'
import { type Fixture, openFixture } from './fixture.ts'

let fixture: Fixture

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  await publishNews(fixture.valmont)
})
afterAll(() => fixture?.close())

const enlarge = (page: Page) =>
  page.evaluate(() => {
    document.documentElement.style.fontSize = '200%'
  })

/** What of the bar and the menu is cut, or lies over something else of them. */
const crowded = (page: Page) =>
  page.evaluate(() => {
    const words = [...document.querySelectorAll<HTMLElement>('header h1, header p, header a, nav li a')].filter(
      one => one.getClientRects().length > 0,
    )
    const cut = words.filter(
      one => one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().right > innerWidth,
    )
    const lie = (a: DOMRect, b: DOMRect) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1
    const over = words.filter((one, at) =>
      words.some(
        (other, place) =>
          place > at &&
          !one.contains(other) &&
          !other.contains(one) &&
          lie(one.getBoundingClientRect(), other.getBoundingClientRect()),
      ),
    )
    return [...cut, ...over].map(one => one.textContent)
  })

test.each([
  ['sophie', '/'],
  ['sophie', '/news'],
  ['sophie', '/account'],
  ['helene', '/'],
  ['thomas', '/imports'],
  [undefined, '/sign-in'],
] as const)('text at twice its size on 320 px: %s sees all of %s', async (who, path) => {
  const visit = await fixture.visit(who, { width: 320, height: 640 })
  const { page } = visit
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.getByRole('status').filter({ hasText: 'Chargement' }).waitFor({ state: 'detached' })
  await enlarge(page)
  expect(await crowded(page)).toEqual([])
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(beyond, 'pixels beyond the side').toBe(0)
  await visit.close()
})

test('forced colours: what is unread, open or chosen is told without the page’s own colours', async () => {
  const visit = await fixture.visit('sophie', { width: 1280 })
  const { page } = visit
  await page.emulateMedia({ forcedColors: 'active' })
  await page.goto('/news')
  await page.getByRole('link', { name: titleOf.outing }).click()
  await page.getByRole('heading', { level: 2, name: titleOf.outing }).waitFor()
  const told = await page.evaluate(() => {
    const style = (selector: string, part?: string) =>
      getComputedStyle(document.querySelector(selector) as Element, part)
    const paper = style('body').backgroundColor
    const chosen = style('fieldset input:checked + span').borderBottomColor
    const other = style('fieldset input:not(:checked) + span').borderBottomColor
    const unread = [...document.querySelectorAll('main li a')].map(
      one => getComputedStyle(one, '::before').backgroundColor,
    )
    return {
      open: style('main li a[aria-current]').outlineStyle,
      chosen: chosen !== paper && other === paper,
      unread: unread.some(color => color !== paper && color !== 'rgba(0, 0, 0, 0)'),
    }
  })
  expect(told).toEqual({ open: 'solid', chosen: true, unread: true })
  await visit.close()
})

test('print: an item is printed whole, without menu, list or buttons; a list without what is not chosen', async () => {
  const visit = await fixture.visit('sophie', { width: 1280 })
  const { page } = visit
  await page.goto('/news')
  const row = page.getByRole('main').getByRole('link', { name: titleOf.rules })
  await row.waitFor()
  await page.emulateMedia({ media: 'print' })
  expect([await row.isVisible(), await page.getByRole('navigation').isVisible()]).toEqual([true, false])
  await page.emulateMedia({ media: 'screen' })
  await row.click()
  const text = page.getByText('Tout retard est signalé le jour même.')
  await text.waitFor()
  await page.emulateMedia({ media: 'print' })
  expect(await text.isVisible()).toBe(true)
  expect(await row.isVisible(), 'the list stays away').toBe(false)
  expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0)
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll('main, main *')]
      .filter(one => one.checkVisibility() && getComputedStyle(one).overflowY === 'auto')
      .map(one => one.className),
  )
  expect(cut, 'nothing scrolls on paper').toEqual([])
  await visit.close()
})

test('back: says where one came from, and leads there', async () => {
  const visit = await fixture.visit('sophie', { width: 360 })
  const { page } = visit
  await page.goto('/')
  await page.getByRole('link', { name: titleOf.rules }).first().click()
  await page.getByRole('article').waitFor()
  await page.getByRole('banner').getByRole('link', { name: 'Accueil' }).click()
  await page.getByText('Sophie Marchand, pour').waitFor()
  await page.goto('/news')
  await page.getByRole('main').getByRole('link', { name: titleOf.rules }).click()
  await page.getByRole('banner').getByRole('link', { name: 'Toutes les actualités' }).click()
  await page.waitForURL('**/news')
  expect(visit.troubles()).toEqual([])
  await visit.close()
})
