import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtAssembly } from '../support/built.ts'
import { password } from '../support/populate.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { homeOf } from './home.ts'

let fixture: Fixture

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  await fixture.valmont.as('sophie')
})
afterAll(() => fixture?.close())

/** The names of files that a page asked for, without their hashes. */
const filesOf = (page: Page) => {
  const asked: string[] = []
  page.on('request', request => {
    const [, name, ending] = /\/assets\/(.+)-[\w-]{8}\.(\w+)$/.exec(new URL(request.url()).pathname) ?? []
    if (name) asked.push(`${name}.${ending}`)
  })
  return asked
}
const registrations = (page: Page) =>
  page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)

test('first visit: fetches nothing of Home and installs nothing before somebody signs in', async () => {
  const visit = await fixture.visit(undefined, { width: 390 })
  visit.expect(/status of 401/)
  const { page } = visit
  const asked = filesOf(page)
  await page.goto('/')
  await page.getByLabel('Identifiant').fill(fixture.valmont.credentials('sophie').login)
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await expect.poll(() => asked.filter(name => name.endsWith('.woff2'))).toHaveLength(1)
  const scripts = asked.filter(name => name.endsWith('.js')).sort()
  expect(scripts).toEqual(['app.js', 'react.js', 'rolldown-runtime.js'])
  expect(await registrations(page)).toBe(0)
  await page.getByLabel('C’est mon appareil').check()
  await page.keyboard.press('Enter')
  await homeOf(page, 'Sophie').waitFor()
  // Scripts, the style sheet and the font: each file of a first visit is paid for at every first visit.
  expect(asked.filter(name => !name.endsWith('.woff2')).sort()).toEqual([...scripts, 'home.js', 'style.css'].sort())
  await page.evaluate(() => navigator.serviceWorker.ready)
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('first visit: fetches the font after the form is painted, and shows the form in it', async () => {
  const { page, close } = await fixture.visit(undefined, { width: 390 })
  await page.goto('/')
  await page.getByLabel('Identifiant').waitFor()
  const isUsed = () => page.evaluate(() => document.fonts.check('16px "Atkinson Hyperlegible Next"'))
  await expect.poll(() => page.evaluate(() => document.fonts.size)).toBeGreaterThan(0)
  await expect.poll(isUsed).toBe(true)
  const [painted, fetched] = await page.evaluate(() => [
    performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    performance.getEntriesByType('resource').find(({ name }) => name.endsWith('.woff2'))?.startTime ?? Number.NaN,
  ])
  expect(fetched).toBeGreaterThan(painted ?? Number.NaN)
  await close()
})

test('second visit on a personal device: no file of the app comes from the network', async () => {
  const visit = await fixture.visit('sophie', { width: 390 })
  const { page, context } = visit
  await page.goto('/')
  await page.evaluate(() => navigator.serviceWorker.ready)
  const again = await context.newPage()
  const from = { network: [] as string[], worker: [] as string[] }
  again.on('response', response => {
    const { pathname } = new URL(response.url())
    if (/^\/(api|boards)\//.test(pathname)) return
    from[response.fromServiceWorker() ? 'worker' : 'network'].push(pathname)
  })
  await again.goto('/')
  await homeOf(again, 'Sophie').waitFor()
  expect(from.network).toEqual([])
  expect(from.worker).toContain('/')
  await visit.close()
})
