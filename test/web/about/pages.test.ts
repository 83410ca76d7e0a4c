import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { territories } from '../../../lib/territories.ts'
import { problem } from '../platform/loopback.ts'
import { openSite } from '../platform/site.ts'

/** The demo says all but a few things of itself, Val-de-Brume nothing. */
const sites = {} as Record<'demo' | 'val-de-brume', Awaited<ReturnType<typeof openSite>>>

beforeAll(async () => {
  for (const name of ['demo', 'val-de-brume'] as const) sites[name] = await openSite(name)
})
afterAll(() => Promise.all(Object.values(sites).map(site => site.close())))
beforeEach(() => {
  for (const site of Object.values(sites)) site.answer(() => problem('signed-out'))
})

const opened = async (name: keyof typeof sites, path: string, locale = 'fr-FR'): Promise<Page> => {
  const page = await sites[name].visit({ locale })
  await page.goto(path)
  await page.getByRole('main').waitFor()
  return page
}
/** The whole text of a page, once it is there: its code comes after the frame around it, which has `main` in it. */
const said = async (page: Page) => {
  await page.getByRole('main').getByRole('heading', { level: 2 }).first().waitFor()
  return (await page.getByRole('main').textContent()) ?? ''
}
const about = territories.find(({ name }) => name === 'demo')?.about
const missing = 'pas encore renseigné par le territoire'

const pages = [
  ['Aide', '/help'],
  ['Mentions légales', '/legal-notice'],
  ['Données personnelles', '/personal-data'],
  ['Accessibilité\u00a0: non conforme', '/accessibilite'],
] as const

test.each([
  ['demo', 'Espace numérique du département de démonstration'],
  ['val-de-brume', 'L’espace numérique des écoles et des collèges du Val-de-Brume'],
] as const)('the sign-in page of %s names its territory', async (name, shown) => {
  const page = await opened(name, '/sign-in')
  await page.getByRole('main').getByText(shown, { exact: true }).waitFor()
})

test.each(pages)('a link leads from the sign-in page to %s, and back, with nobody signed in', async (label, path) => {
  const page = await opened('demo', '/sign-in')
  const before = sites.demo.asked.length
  await page.getByRole('link', { name: label }).click()
  await expect.poll(() => new URL(page.url()).pathname).toBe(path)
  await page.getByRole('heading', { level: 2 }).first().waitFor()
  // Nothing is asked of the API, and of nobody else: the page is a part of the app.
  expect(sites.demo.asked.slice(before).filter(one => one.path.startsWith('/api/'))).toEqual([])
  await page.getByRole('link', { name: 'Se connecter' }).click()
  await page.getByLabel('Identifiant').waitFor()
})

describe('what the law asks to be said', () => {
  test('the legal notice says who publishes, who directs the publication and who hosts', async () => {
    const shown = await said(await opened('demo', '/legal-notice'))
    const { publisher, director, host } = about ?? {}
    for (const one of [publisher?.name, publisher?.address, publisher?.phone, publisher?.email, publisher?.number])
      expect(shown).toContain(one)
    expect(shown).toContain(director)
    expect(shown).toContain(host?.name)
  })

  test('personal data names controller, officer, basis, rights and the CNIL', async () => {
    const shown = await said(await opened('demo', '/personal-data'))
    const { controller, officer, basis } = about ?? {}
    for (const one of [controller?.name, controller?.address, officer?.name, officer?.email, basis, 'CNIL'])
      expect(shown).toContain(one)
    for (const right of ['voir vos données', 'corriger', 'effacer', 'limiter', 'opposer', 'réclamation'])
      expect(shown).toContain(right)
  })

  test('the accessibility statement has the parts that the RGAA prescribes, in its order', async () => {
    const page = await opened('demo', '/accessibilite')
    const shown = await said(page)
    const headings = await page.getByRole('heading', { level: 2 }).allTextContents()
    expect(headings.filter(one => one !== 'Ce qui a été fait')).toEqual([
      'Déclaration d’accessibilité',
      'État de conformité',
      'Résultats des tests',
      'Contenus non accessibles',
      'Établissement de cette déclaration',
      'Retour d’information et contact',
      'Voies de recours',
    ])
    expect(shown).toContain('Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07')
    expect(shown).toContain('n’est pas en conformité')
  })
})

describe('a territory that says nothing of itself', () => {
  test.each([
    ['/help', 1],
    ['/legal-notice', 9],
    ['/personal-data', 6],
    ['/accessibilite', 4],
  ] as const)('%s names what is missing and invents nothing', async (path, times) => {
    const page = await opened('val-de-brume', path)
    expect((await said(page)).split(missing)).toHaveLength(times + 1)
  })
})

test('the pages are in English where the browser asks for it, and what the territory wrote is marked as French', async () => {
  const page = await opened('demo', '/legal-notice', 'en-GB')
  await page.getByRole('heading', { name: 'Legal notice' }).waitFor()
  expect(await page.locator('main [lang=fr]').first().textContent()).toBe(about?.publisher?.name)
  await page.getByRole('button', { name: 'Français' }).click()
  await page.getByRole('heading', { name: 'Mentions légales' }).waitFor()
  expect(await page.locator('main [lang]').count()).toBe(0)
})
