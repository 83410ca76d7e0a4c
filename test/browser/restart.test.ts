import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newsContract } from '../../shared/news/contract.ts'
import type { PublishedNews } from '../../shared/news/shapes.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { password } from '../support/populate.ts'
import { timeoutMs } from '../support/timeout.ts'
import { publishNews, titleOf } from '../support/valmont-news.ts'
import { launchIn } from './chromium.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { homeOf } from './home.ts'
import { watch } from './watch.ts'

const eightDays = 8 * 24 * 3_600_000
const waits = '1 envoi attend le réseau sur cet appareil'

let fixture: Fixture
let folder: string

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  await publishNews(fixture.valmont)
  folder = mkdtempSync(join(tmpdir(), 'preau-device-'))
})
afterAll(async () => {
  await fixture?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The browser of one device, started or started again. `later`: milliseconds by which its clock has gone on. */
const start = async (later = 0) => {
  const context = await launchIn(folder, fixture.territory.url)
  context.setDefaultTimeout(timeoutMs(3))
  if (later > 0) await context.clock.install({ time: Date.now() + later })
  const watched = watch(context, fixture.territory.url)
  watched.expect(/ERR_INTERNET_DISCONNECTED/)
  const page = context.pages()[0] ?? (await context.newPage())
  return { context, page, ...watched }
}

const signatures = async () => {
  const author = await fixture.valmont.as('nadia')
  const { items } = (await accepted(author.ask(newsContract.routes.mine))).body
  return items.find((one: PublishedNews) => one.title === titleOf.rules)?.signed ?? 0
}

test('what waits for the network is there after the browser was restarted eight days later, and goes out once', async () => {
  const before = await signatures()
  // Her account is activated.
  await fixture.valmont.as('sophie')
  const first = await start()
  await first.page.goto('/sign-in')
  await first.page.getByLabel('Identifiant').fill(fixture.valmont.credentials('sophie').login)
  await first.page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await first.page.getByLabel('C’est mon appareil').check()
  await first.page.getByRole('button', { name: 'Se connecter' }).click()
  await homeOf(first.page, 'Sophie').waitFor()
  await first.page.goto('/news')
  await first.page.getByRole('main').getByRole('link', { name: titleOf.rules }).click()
  await first.page.getByRole('button', { name: 'Signer pour Inès' }).waitFor()
  await first.page.evaluate(() => navigator.serviceWorker.ready)
  await first.context.setOffline(true)
  await first.page.getByRole('button', { name: 'Signer pour Inès' }).click()
  await first.page.getByText('même si vous quittez cette page').waitFor()
  await first.context.close()

  const again = await start(eightDays)
  await again.context.setOffline(true)
  await again.page.goto('/')
  await again.page.getByText(waits).waitFor()
  expect(await signatures()).toBe(before)
  await again.context.setOffline(false)
  await again.page.getByText('envoi attend').waitFor({ state: 'detached' })
  await expect.poll(signatures).toBe(before + 1)
  expect([...first.troubles(), ...again.troubles()]).toEqual([])
  await again.context.close()

  const last = await start(eightDays)
  await last.page.goto('/')
  await homeOf(last.page, 'Sophie').waitFor()
  expect(await last.page.getByText('envoi attend').count()).toBe(0)
  expect(await signatures()).toBe(before + 1)
  await last.context.close()
})
