import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { audienceId } from '../../functions/directory/audiences.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { accepted } from '../support/accepted.ts'
import { readBoard } from '../support/boards.ts'
import { builtAssembly } from '../support/built.ts'
import { eventually } from '../support/http.ts'
import { runs } from '../support/thorough.ts'
import { timeoutMs } from '../support/timeout.ts'
import { classes, college } from '../support/valmont.ts'
import { publishNews, titleOf } from '../support/valmont-news.ts'
import { type Fixture, fixtureOf, type Visit } from './fixture.ts'
import { storedContent } from './stored-content.ts'
import { startTroubled, type Trouble, type Troubled } from './trouble.ts'

let fixture: Fixture<Troubled>
let sophie: Visit

const families = audienceId('class-guardians', classes.sixA)
/** A text too long for the board: a file of its own. */
const long = {
  title: 'Programme du trimestre',
  body: `${'Les élèves travaillent les fractions, les angles et les volumes. '.repeat(12)}Fin du programme.`,
}

const row = (page: Page, title: string) => page.getByRole('main').getByRole('link', { name: title }).first()
const toSign = (page: Page) =>
  page.locator('section', { has: page.getByRole('heading', { name: 'À signer' }) }).getByRole('link')
const unread = (page: Page) => page.getByText(/Non lue(?!s)/)

/** What Home shows of her news while all is well. */
let whole: { readonly toSign: number; readonly unread: number }

beforeAll(async () => {
  fixture = await fixtureOf(startTroubled(builtAssembly()))
  const { valmont } = fixture
  await publishNews(valmont)
  const helene = await valmont.as('helene')
  const how = { uai: college.uai, audiences: [families], pinned: false, urgent: false, notice: 'none' }
  await accepted(helene.ask(newsContract.routes.publish, { body: { ...how, ...long } }))
  const other = await valmont.as('karim')
  await eventually(async () => {
    const read = await readBoard(other, { uai: college.uai, role: 'guardians', audience: families })
    return read?.titles.includes(long.title) || undefined
  }, timeoutMs(20))
  sophie = await fixture.visit('sophie')
  const { page } = sophie
  await page.goto('/')
  await row(page, long.title).waitFor({ timeout: timeoutMs(10) })
  await eventually(async () => (await toSign(page).count()) === 2 || undefined)
  await eventually(async () => (await storedContent(page)).includes('Fin du programme.') || undefined)
  // Read now, so that opening it again during an outage changes nothing.
  await page.goto('/news')
  await row(page, titleOf.outing).click()
  await page.getByRole('article').getByText('pique-nique sans contenant en verre').waitFor()
  // As long as what was read takes to be stored on the device.
  await page.waitForTimeout(1_500)
  await page.goto('/')
  await row(page, long.title).waitFor()
  await eventually(async () => (await toSign(page).count()) === 2 || undefined)
  await page.waitForTimeout(1_500)
  whole = { toSign: await toSign(page).count(), unread: await unread(page).count() }
  expect(whole.unread).toBeGreaterThan(2)
}, timeoutMs(90))
afterAll(() => fixture?.close())

/** `isOld`: what is shown is no longer confirmed. `isKnown`: the API can say who it is. */
type Case = readonly [what: string, trouble: Trouble, its: { readonly isOld: boolean; readonly isKnown: boolean }]

const read = { isOld: false, isKnown: false }
const often: readonly Case[] = [
  ['functions are throttled', { api: 'throttles' }, read],
  ['API and table hang', { api: 'hangs', table: 'hangs' }, read],
  ['the bucket hangs', { bucket: 'hang' }, { isOld: true, isKnown: true }],
  [
    'API and table are down and the bucket answers 503',
    { api: 'down', table: 'refuses', bucket: 'fails' },
    { isOld: true, isKnown: false },
  ],
]
const all: readonly Case[] = [
  ...often,
  ['the API is down', { api: 'down' }, read],
  ['the API hangs', { api: 'hangs' }, read],
  ['the table is down', { table: 'refuses' }, read],
  ['the table hangs', { table: 'hangs' }, read],
  ['the table throttles', { table: 'throttles' }, read],
  ['API and table are down', { api: 'down', table: 'refuses' }, read],
  ['the bucket answers 503', { bucket: 'fails' }, { isOld: true, isKnown: true }],
  ['everything hangs', { api: 'hangs', table: 'hangs', bucket: 'hang' }, { isOld: true, isKnown: false }],
]

/** Causes the trouble for as long as `work` takes. The edge’s copies are older than two minutes by then. */
const during = async (trouble: Trouble, work: () => Promise<void>): Promise<void> => {
  fixture.territory.trouble(trouble)
  if (trouble.bucket) fixture.territory.later(130)
  try {
    await work()
  } finally {
    fixture.territory.trouble()
    // All cases together take no more of a token's life than each alone.
    if (trouble.bucket) fixture.territory.later(-130)
  }
}

describe.each(runs(often, all))('while %s', (_, trouble, { isOld, isKnown }) => {
  test(
    'Home keeps everything through three reloads, the notices to sign and what is unread as well',
    async () => {
      const { page } = sophie
      sophie.expect(/status of (429|50\d)|ERR_/)
      await during(trouble, async () => {
        for (let reload = 0; reload < 3; reload++) {
          await page.goto('/')
          await row(page, titleOf.urgent).waitFor()
          await row(page, long.title).waitFor()
          // What is shown in full is a row until its text can be.
          await expect
            .poll(async () => [await toSign(page).count(), await unread(page).count()])
            .toEqual([whole.toSign, whole.unread])
          // As long as reads that fail need to be stored as such.
          await page.waitForTimeout(1_200)
        }
        const age = page.getByText(/^À jour à/)
        if (isOld) await age.waitFor({ timeout: timeoutMs(6) })
        // What the device holds shows its age until the boards have been asked for.
        else await expect.poll(() => age.count()).toBe(0)
        await row(page, titleOf.outing).click()
        await page.getByRole('article').getByText('pique-nique sans contenant en verre').waitFor()
        await page.goto('/news')
        await row(page, titleOf.rules).waitFor()
        expect([await toSign(page).count(), sophie.troubles()]).toEqual([0, []])
      })
    },
    timeoutMs(40),
  )

  test(
    'a device that holds its session cookie alone reads list and text',
    async () => {
      // What Karim reads stays unread on Sophie’s device. His token is not renewed: it is as new as the test.
      const { cookies } = await fixture.valmont.as('karim')
      const cookie = cookies.get('__Host-preau')?.value ?? ''
      const { hostname: domain } = new URL(fixture.territory.url)
      const context = await fixture.browser.newContext({ baseURL: fixture.territory.url, locale: 'fr-FR' })
      context.setDefaultTimeout(timeoutMs(10))
      await context.addCookies([
        { name: '__Host-preau', value: cookie, domain, path: '/', secure: true, httpOnly: true, sameSite: 'Lax' },
      ])
      const page = await context.newPage()
      try {
        await during(trouble, async () => {
          await page.goto('/')
          await row(page, long.title).waitFor()
          expect(await page.getByText('Préau répond en partie.').count()).toBe(isKnown ? 0 : 1)
          await row(page, long.title).click()
          await page.getByRole('article').getByText('Fin du programme.').waitFor()
        })
      } finally {
        await context.close()
      }
    },
    timeoutMs(40),
  )
})

test(
  'after all this Home is as before, and confirmed',
  async () => {
    const { page } = sophie
    await page.goto('/')
    await row(page, long.title).waitFor()
    await page.getByText(/^À jour à/).waitFor({ state: 'detached', timeout: timeoutMs(8) })
    await expect.poll(() => toSign(page).count()).toBe(whole.toSign)
    await expect.poll(() => unread(page).count()).toBe(whole.unread)
  },
  timeoutMs(20),
)
