import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { featureList } from '../../web/features.ts'
import { builtAssembly } from '../support/built.ts'
import { password } from '../support/populate.ts'
import { publishNews, titleOf } from '../support/valmont-news.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { homeOf } from './home.ts'

let fixture: Fixture

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  await publishNews(fixture.valmont)
})
afterAll(() => fixture?.close())

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
const place = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true })
const row = (page: Page, title: string) => page.getByRole('main').getByRole('link', { name: title })
/** Where one is, without the host. */
const address = (page: Page) => page.evaluate(() => location.pathname + location.search)
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent)
const top = (page: Page) => page.evaluate(() => Math.round(scrollY))

/** Scrolls as a person does, and waits until the page stands still and that is noted. */
const scrollDown = async (page: Page, pixels: number) => {
  // The list grows as its boards come.
  await page.waitForFunction(to => {
    scrollTo(0, to)
    return scrollY === to
  }, pixels)
  await page.waitForFunction(to => history.state?.top === to, pixels)
}

const signIn = async (page: Page) => {
  await page.getByLabel('Identifiant').fill(fixture.valmont.credentials('sophie').login)
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Se connecter' }).click()
}

test('router redirects to sign-in, then to the address asked for, and replaces sign-in in the history', async () => {
  const visit = await fixture.visit(undefined)
  const { page } = visit
  visit.expect(/status of 401/)
  await fixture.valmont.as('sophie')
  await page.goto('/news?show=unread')
  await heading(page, 'Se connecter').waitFor()
  expect(await address(page)).toBe('/sign-in?next=%2Fnews%3Fshow%3Dunread')
  const before = await page.evaluate(() => history.length)
  await signIn(page)
  await heading(page, 'Actualités').waitFor()
  expect(await address(page)).toBe('/news?show=unread')
  expect(await page.evaluate(() => history.length)).toBe(before)
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('router says why a session ended, and leads back to the address after signing in again', async () => {
  const visit = await fixture.visit('sophie')
  const { page, context } = visit
  visit.expect(/status of 401/)
  await page.goto('/news/mine')
  await heading(page, 'Réservé à d’autres rôles').waitFor()
  await context.clearCookies()
  await place(page, 'Mon compte').click()
  await heading(page, 'Se connecter').waitFor()
  expect(await address(page)).toBe('/sign-in?next=%2Faccount&why=session-ended')
  await page.getByText('vous reviendrez là où vous étiez').waitFor()
  await signIn(page)
  await heading(page, 'Mon compte').waitFor()
  expect(await address(page)).toBe('/account')
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('router announces a screen by heading, title and menu; only the first screen does not move the focus', async () => {
  const visit = await fixture.visit('sophie')
  const { page } = visit
  await page.goto('/')
  await homeOf(page, 'Sophie').waitFor()
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true)
  expect(await page.title()).toBe('Accueil · Préau')
  await place(page, 'Actualités').click()
  await heading(page, 'Actualités').waitFor()
  expect(await focused(page)).toBe('Actualités')
  expect(await page.title()).toBe('Actualités · Préau')
  await row(page, titleOf.rules).click()
  await page.getByRole('heading', { level: 2, name: titleOf.rules }).waitFor()
  await page.waitForFunction(title => document.activeElement?.textContent === title, titleOf.rules)
  expect(await page.title()).toBe(`${titleOf.rules} · Préau`)
  expect(await place(page, 'Actualités').getAttribute('aria-current')).toBe('page')
  expect(await place(page, 'Accueil').getAttribute('aria-current')).toBeNull()
  await page.goBack()
  await page.goBack()
  await homeOf(page, 'Sophie').waitFor()
  expect(await focused(page)).toBe(await page.getByRole('heading', { level: 1 }).textContent())
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('router begins a screen at its top and restores the scroll position, by Back and by the screen’s own link', async () => {
  const visit = await fixture.visit('sophie', { width: 360, height: 480 })
  const { page } = visit
  await page.goto('/news')
  await row(page, titleOf.welcome).waitFor()
  for (const back of [() => page.goBack(), () => page.getByRole('link', { name: 'Toutes les actualités' }).click()]) {
    await scrollDown(page, 400)
    const seen = page.getByRole('main').getByRole('listitem').getByRole('link')
    const second = await seen.evaluateAll(links => links.findIndex(link => link.getBoundingClientRect().top > 80))
    await seen.nth(second).click()
    await page.getByRole('article').waitFor()
    expect(await top(page)).toBe(0)
    await back()
    await heading(page, 'Actualités').waitFor()
    await page.waitForFunction(() => scrollY === 400)
  }
  expect(await address(page)).toBe('/news')
  await page.reload()
  await page.waitForFunction(() => scrollY === 400)
  await place(page, 'Accueil').click()
  await homeOf(page, 'Sophie').waitFor()
  expect(await top(page)).toBe(0)
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('router keeps the list mounted, filtered and scrolled, while items open beside it', async () => {
  const visit = await fixture.visit('sophie', { width: 1280, height: 480 })
  const { page } = visit
  await page.goto('/news')
  const list = page.getByRole('list').filter({ has: page.getByRole('link', { name: titleOf.rules }) })
  const filter = page.getByRole('radio', { name: /À signer/ })
  await list.waitFor()
  // Not check(): the list follows the address, some time after the click.
  await filter.click({ force: true })
  await page.waitForURL('**/news?show=sign')
  await list.evaluate(node => {
    node.dataset.same = 'yes'
  })
  for (const title of ['Classe découverte : réunion et accord', titleOf.rules]) {
    await row(page, title).scrollIntoViewIfNeeded()
    const before = await top(page)
    await row(page, title).click()
    await page.getByRole('heading', { level: 2, name: title }).waitFor()
    expect(await list.getAttribute('data-same')).toBe('yes')
    expect(await top(page)).toBe(before)
    expect(await address(page)).toMatch(/^\/news\/\w+\/\w+\?show=sign$/)
  }
  await page.goBack()
  await page.getByRole('heading', { level: 2, name: 'Classe découverte : réunion et accord' }).waitFor()
  expect(await filter.isChecked()).toBe(true)
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('router shows a screen to its roles only, and others a link to Home', async () => {
  const visit = await fixture.visit('ines')
  const { page } = visit
  for (const path of ['/news/write', '/news/mine', '/directory', '/news/abc/readers']) {
    await page.goto(path)
    await heading(page, 'Réservé à d’autres rôles').waitFor()
  }
  await page.getByRole('link', { name: 'Revenir à l’accueil' }).click()
  await homeOf(page, 'Inès').waitFor()
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('router shows an unknown address as not found, signed in or out', async () => {
  for (const as of ['ines', undefined] as const) {
    const visit = await fixture.visit(as)
    await visit.page.goto('/nulle-part')
    await heading(visit.page, 'Page introuvable').waitFor()
    expect(await address(visit.page)).toBe('/nulle-part')
    expect(visit.troubles()).toEqual([])
    await visit.close()
  }
})

/** Every screen whose address names something, as somebody whom it is for. */
const naming = featureList
  .flatMap(({ screens }) => Object.entries(screens))
  .filter(([path]) => path.includes('/:'))
  .map(([path, { for: roles = ['guardian'] }]) => {
    const who = roles.includes('guardian') ? 'sophie' : roles.includes('head') ? 'marc' : 'helene'
    return { path, who } as const
  })

test.each(naming)(
  '$path that is in no known form leads nowhere, and asks nobody to correct it',
  async ({ path, who }) => {
    const visit = await fixture.visit(who)
    const { page } = visit
    await page.goto(path.replaceAll(/:\w+/g, 'abc'))
    await page
      .getByText(/^(Il n’y a rien ici pour vous\.|Cet espace n’est pas à vous)$/)
      .first()
      .waitFor()
    expect(await page.getByText('Vérifiez ce que vous avez saisi').count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Réessayer' }).count()).toBe(0)
    await visit.close()
  },
)

test('router preloads a screen when a link to it is pointed at or focused', async () => {
  const visit = await fixture.visit('helene')
  const { page } = visit
  await page.goto('/')
  await homeOf(page, 'Hélène').waitFor()
  const account = page.waitForRequest(/assets\/account-.*\.js/)
  await place(page, 'Mon compte').hover()
  await account
  const directory = page.waitForRequest(/assets\/directory-.*\.js/)
  await place(page, 'Annuaire').focus()
  await directory
  expect(await address(page)).toBe('/')
  await visit.close()
})

test('router shows an error for a chunk that cannot be fetched, other screens still work, and a reload recovers', async () => {
  const visit = await fixture.visit('sophie')
  const { page } = visit
  visit.expect(/ERR_FAILED|dynamically imported module/)
  await page.route(/assets\/account-.*\.js/, route => route.abort())
  await page.goto('/')
  await homeOf(page, 'Sophie').waitFor()
  await place(page, 'Mon compte').click()
  await heading(page, 'Cette page ne s’affiche pas').waitFor()
  await place(page, 'Actualités').click()
  await heading(page, 'Actualités').waitFor()
  await page.unroute(/assets\/account-.*\.js/)
  await place(page, 'Mon compte').click()
  await page.getByRole('button', { name: 'Recharger la page' }).click()
  await heading(page, 'Mon compte').waitFor()
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('router says that Préau is unreachable while the session is unknown, and continues once it answers', async () => {
  const visit = await fixture.visit('sophie')
  const { page } = visit
  visit.expect(/ERR_FAILED/)
  await page.addInitScript(() => localStorage.removeItem('preau.me'))
  // The edge would say who it is, too.
  const whoIsIt = /\/(api|boards)\/me$/
  await page.route(whoIsIt, route => route.abort())
  await page.goto('/news')
  await heading(page, 'Préau ne répond pas').waitFor()
  await page.unroute(whoIsIt)
  await page.getByRole('button', { name: 'Recharger la page' }).click()
  await heading(page, 'Actualités').waitFor()
  expect(visit.troubles()).toEqual([])
  await visit.close()
})
