import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtAssembly } from '../support/built.ts'
import { publishNews, titleOf } from '../support/valmont-news.ts'
import { type Fixture, openFixture, type Visit } from './fixture.ts'

let fixture: Fixture
let sophie: Visit

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  await publishNews(fixture.valmont)
  sophie = await fixture.visit('sophie', { width: 360, height: 740 })
})
afterAll(() => fixture?.close())

const row = (page: Page, title: string) => page.getByRole('main').getByRole('link', { name: title })

test('rows: five of them stand whole on a phone of 360 by 740, scrolled past the filters', async () => {
  const { page } = sophie
  await page.goto('/news')
  await row(page, titleOf.outing).waitFor()
  await page.evaluate(() => document.fonts.ready)
  const whole = await page.evaluate(() => {
    const bar = document.querySelector('header')?.getBoundingClientRect().bottom ?? Number.NaN
    const menu = document.querySelector('nav')?.getBoundingClientRect().top ?? Number.NaN
    const [first] = document.querySelectorAll('main li a')
    scrollBy(0, (first?.getBoundingClientRect().top ?? Number.NaN) - bar)
    const boxes = [...document.querySelectorAll('main li a')].map(one => one.getBoundingClientRect())
    return boxes.filter(({ top, bottom }) => top >= bar - 1 && bottom <= menu).length
  })
  expect(whole).toBeGreaterThanOrEqual(5)
})

test('rows: say neither the day that stands above nor the school that the child’s mark tells', async () => {
  const { page } = sophie
  await page.goto('/news')
  const said = async (title: string) => (await row(page, title).textContent())?.replace(/\s+/g, ' ')
  await row(page, titleOf.outing).waitFor()
  expect(await said(titleOf.outing)).not.toMatch(/Collège des Tilleuls|novembre|aujourd/i)
  expect(await said(titleOf.outing)).toMatch(/Hélène Garnier\s· \d/)
})

test('rows: a state that the heading says is not said again', async () => {
  const { page } = sophie
  await page.goto('/news?show=sign')
  await row(page, titleOf.rules).waitFor()
  expect(await page.getByRole('main').getByRole('listitem').getByText('À signer', { exact: true }).count()).toBe(0)
  await page.goto('/news')
  await row(page, titleOf.rules).getByText('À signer', { exact: true }).waitFor()
})

test('the font: zeros are plain', async () => {
  const { page } = sophie
  await page.goto('/news')
  await row(page, titleOf.outing).waitFor()
  await page.evaluate(() => {
    const zero = document.createElement('p')
    zero.textContent = '0'
    document.body.append(zero)
  })
  const loaded = () =>
    page.evaluate(() =>
      [...document.fonts].filter(one => one.status === 'loaded').map(one => one.family.replaceAll('"', '')),
    )
  await expect.poll(loaded).toContain('Atkinson Plain Zero')
  expect(sophie.troubles()).toEqual([])
})
