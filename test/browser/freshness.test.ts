import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { audienceId } from '../../functions/directory/audiences.ts'
import { pollSeconds } from '../../shared/kernel/board.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { sessionContract } from '../../shared/session/contract.ts'
import { accepted } from '../support/accepted.ts'
import { readBoard } from '../support/boards.ts'
import { builtAssembly } from '../support/built.ts'
import { eventually, type Visitor } from '../support/http.ts'
import { timeoutMs } from '../support/timeout.ts'
import { classes, college } from '../support/valmont.ts'
import { publishNews, titleOf } from '../support/valmont-news.ts'
import { type Fixture, fixtureOf, type Visit } from './fixture.ts'
import { requestsOf, setVisibility, startTroubled, type Troubled } from './trouble.ts'

let fixture: Fixture<Troubled>
let helene: Visitor

const families = audienceId('class-guardians', classes.sixA)
const board = { uai: college.uai, role: 'guardians', audience: families } as const
const minute = 60_000

const row = (page: Page, title: string) => page.getByRole('main').getByRole('link', { name: title }).first()
const isFile = (path: string) => !path.startsWith('/boards/index.')

/** Publishes to the families of 6e A; resolves when the bucket has it, and the edge's copies of indexes are too old. */
const publish = async (title: string): Promise<void> => {
  const how = { uai: college.uai, audiences: [families], pinned: false, urgent: false, notice: 'none' }
  await accepted(helene.ask(newsContract.routes.publish, { body: { ...how, title, body: 'À lire.' } }))
  const { bucket, later } = fixture.territory
  await eventually(async () => (await readBoard(bucket, board))?.titles.includes(title) || undefined)
  later(7)
}

/** A browser of Sophie’s own on which she looks at Home. */
const atHome = async (prepare: (page: Page) => Promise<unknown> = async () => {}): Promise<Visit> => {
  const visit = await fixture.visit('sophie')
  await prepare(visit.page)
  await visit.page.goto('/')
  await row(visit.page, titleOf.rules).waitFor()
  return visit
}

beforeAll(async () => {
  fixture = await fixtureOf(startTroubled(builtAssembly()))
  await publishNews(fixture.valmont)
  helene = await fixture.valmont.as('helene')
  await publish('Premier jour')
}, timeoutMs(60))
afterAll(() => fixture?.close())

describe('Home', () => {
  test('shows a publication on an open screen with the next poll, which comes within 20 seconds', async () => {
    const { page, close, troubles } = await atHome(({ clock }) => clock.install())
    await publish('Grève des cars mardi')
    await page.clock.runFor(pollSeconds * 1000)
    await row(page, 'Grève des cars mardi').waitFor()
    expect(troubles()).toEqual([])
    await close()
  })

  test('asks nothing while it is hidden, and shows a publication at once when the person comes back', async () => {
    const { page, close, troubles } = await atHome(({ clock }) => clock.install())
    await setVisibility(page, 'hidden')
    const boards = requestsOf(page, '/boards/')
    await page.clock.runFor(10 * minute)
    await publish('Photo de classe vendredi')
    expect(boards.take()).toEqual([])
    await setVisibility(page, 'visible')
    await page.clock.runFor(100)
    await row(page, 'Photo de classe vendredi').waitFor()
    expect(troubles()).toEqual([])
    await close()
  })

  test('fetches no file on a second visit with nothing new, and the changed board alone after a publication', async () => {
    const { page, context, close } = await atHome()
    // What was read is stored, and the texts are here.
    await page.waitForTimeout(1_500)
    await page.close()
    const second = await context.newPage()
    const boards = requestsOf(second, '/boards/')
    await second.goto('/')
    await row(second, titleOf.rules).waitFor()
    await second.waitForLoadState('networkidle')
    const asked = boards.take()
    expect(asked.filter(isFile)).toEqual([])
    expect(asked.length).toBeGreaterThan(0)
    await publish('Cahier de liaison')
    await second.reload()
    await row(second, 'Cahier de liaison').waitFor()
    expect(boards.take().filter(isFile)).toEqual([expect.stringMatching(`^/boards/${families}/news\\.1\\.`)])
    await close()
  })

  test.each([
    ['10 minutes slow', -10 * minute],
    ['a day fast', 1_440 * minute],
  ])('shows the same on a device that is %s, and renews nothing for it', async (_, off) => {
    const { page, close, troubles } = await atHome(({ clock }) => clock.install({ time: Date.now() + off }))
    const renewals = requestsOf(page, sessionContract.routes.renew.path)
    await page.reload()
    for (const title of [titleOf.rules, titleOf.urgent]) await row(page, title).waitFor()
    expect(await page.getByText(/^À jour à/).count()).toBe(0)
    const title = `Paru pour ${off}`
    await publish(title)
    await page.reload()
    await row(page, title).waitFor()
    expect([renewals.take(), troubles()]).toEqual([[], []])
    await close()
  })
})

describe('the app of the previous release, meeting boards of a new shape', () => {
  /** Rewrites the names in indexes as a later release does: `of` gives the names for that of the current shape. */
  const published = (page: Page, of: (name: string) => readonly string[]) =>
    page.route('**/boards/index.1/**', async route => {
      const reply = await route.fetch()
      const index = (await reply.json()) as { audiences: { boards: string[] }[] }
      for (const one of index.audiences) one.boards = one.boards.flatMap(of)
      await route.fulfill({ response: reply, json: index })
    })
  const newer = (name: string) => name.replace(/\.1\./, '.2.')
  const countUpdates = (page: Page) =>
    page.addInitScript(() => {
      const counted = globalThis as unknown as { updates?: number }
      const { update } = ServiceWorkerRegistration.prototype
      ServiceWorkerRegistration.prototype.update = function () {
        counted.updates = (counted.updates ?? 0) + 1
        return update.call(this)
      }
    })

  test('shows what the device holds, and looks for the new version', async () => {
    const { page, close, troubles } = await atHome(countUpdates)
    await page.evaluate(() => navigator.serviceWorker.ready)
    await page.waitForTimeout(1_500)
    await published(page, name => [newer(name)])
    for (let visit = 0; visit < 3; visit++) {
      await page.reload()
      for (const title of [titleOf.rules, titleOf.urgent]) await row(page, title).waitFor()
      await page.waitForFunction(() => (globalThis as unknown as { updates?: number }).updates === 1)
    }
    await row(page, titleOf.rules).click()
    await page.getByRole('article').getByText('Les téléphones restent éteints').waitFor()
    expect(troubles()).toEqual([])
    await close()
  })

  test('reads its own shape where the index names both', async () => {
    const { page, close } = await atHome(page => published(page, name => [newer(name), name]))
    const boards = requestsOf(page, '/boards/')
    await publish('Nouvelle pour tous')
    await page.reload()
    await row(page, 'Nouvelle pour tous').waitFor()
    expect(boards.take().filter(path => path.includes('news.2.'))).toEqual([])
    await close()
  })

  test('asks the API on a device that holds nothing, and says so where that fails', async () => {
    const visit = await atHome(page => published(page, name => [newer(name)]))
    const { page } = visit
    await row(page, titleOf.rules).click()
    await page.getByRole('article').getByText('Les téléphones restent éteints').waitFor()
    await visit.close()
    const empty = await fixture.visit('sophie')
    empty.expect(/status of (429|50\d)|ERR_/)
    await published(empty.page, name => [newer(name)])
    await empty.page.route('**/api/audiences/**', route => route.abort())
    await empty.page.goto('/news')
    await empty.page.getByRole('alert').getByText('Préau ne répond pas').waitFor()
    expect(empty.troubles()).toEqual([])
    await empty.close()
  })
})
