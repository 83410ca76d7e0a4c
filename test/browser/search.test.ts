import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { audienceId } from '../../functions/directory/audiences.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { classes, college } from '../support/valmont.ts'
import { violations } from './axe.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { reloadUntilShown } from './reload-until.ts'

let fixture: Fixture
const ofClass = (group: string) => [audienceId('class-guardians', group)]
beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  const marc = await fixture.valmont.as('marc')
  const long = 'Le règlement est à lire. '.repeat(40)
  for (const draft of [
    { title: 'Sortie au musée', body: 'Départ à 8 h 30.', audiences: ofClass(classes.sixA) },
    { title: 'Règlement', body: `${long}Les œufs en chocolat sont permis.`, audiences: ofClass(classes.sixA) },
    { title: 'Œufs de la 6e B', body: 'Pour les autres.', audiences: ofClass(classes.sixB) },
  ])
    await accepted(
      marc.ask(newsContract.routes.publish, {
        body: { uai: college.uai, pinned: false, urgent: false, notice: 'none', ...draft },
      }),
    )
})
afterAll(() => fixture?.close())

const field = (page: Page) => page.getByRole('searchbox', { name: 'Chercher dans les actualités' })
const titles = (page: Page) => page.getByRole('main').getByRole('listitem').getByRole('link')

test('news are found by title and text, whatever accents and case, also without a network', async () => {
  const visit = await fixture.visit('sophie', { width: 360, height: 740 })
  const { page, context } = visit
  await page.goto('/news')
  await reloadUntilShown(page, page.getByRole('link', { name: 'Règlement' }))
  // A text that is a file of its own is fetched ahead while it is unread.
  await page.getByRole('link', { name: 'Règlement' }).click()
  await page.getByText('Les œufs en chocolat').waitFor()
  await page.goBack()
  await field(page).fill('MUSEE')
  await page.getByText('1 actualité trouvée').waitFor()
  expect(await titles(page).allTextContents()).toEqual([expect.stringContaining('Sortie au musée')])
  expect(await violations(page)).toEqual([])

  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  visit.expect(/ERR_INTERNET_DISCONNECTED/)
  await context.setOffline(true)
  await field(page).fill('oeufs choco')
  await page.getByText('1 actualité trouvée').waitFor()
  expect(await titles(page).allTextContents()).toEqual([expect.stringContaining('Règlement')])
  // Of another class: the device holds nothing of it.
  await field(page).fill('autres 6e B')
  await page.getByText('Rien ne correspond à « autres 6e B »').waitFor()
  expect(asked.filter(url => url.includes('/api/audiences/'))).toEqual([])
  await context.setOffline(false)
  await field(page).fill('')
  await page.getByRole('link', { name: 'Sortie au musée' }).waitFor()
  await visit.close()
})
