import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { audienceId } from '../../functions/directory/audiences.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { classes, college, writeSister } from '../support/valmont.ts'
import { violations } from './axe.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { reloadUntilShown } from './reload-until.ts'

let fixture: Fixture
const titles = { article: 'Piscine', home: 'Sortie en forêt' } as const
beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  await fixture.valmont.importFolder(writeSister)
})
afterAll(() => fixture?.close())

const publish = async (title: string) => {
  const body = {
    ...{ uai: college.uai, title, body: 'Merci de signer.', notice: 'pupil', pinned: false, urgent: false },
    audiences: [audienceId('class-guardians', classes.sixA)],
  }
  await accepted((await fixture.valmont.as('helene')).ask(newsContract.routes.publish, { body }))
}

/** Opens an address again until it shows the notice, which its board holds some seconds later. */
const openWith = async (page: Page, address: string, title: string) => {
  await page.goto(address)
  await reloadUntilShown(page, page.getByRole('link', { name: title }))
}

const focused = (page: Page) => page.locator(':focus').textContent()
/** Signs by the keyboard. */
const press = async (page: Page, name: string) => {
  await page.getByRole('button', { name, exact: true }).focus()
  await page.keyboard.press('Enter')
}
const asked = 'Votre signature est demandée'

test('signature: on a notice, the focus goes to what was signed, and the heading says when nothing is left', async () => {
  await publish(titles.article)
  const visit = await fixture.visit('sophie', { width: 360, height: 740 })
  const { page } = visit
  await openWith(page, '/news', titles.article)
  await page.getByRole('link', { name: titles.article }).click()
  await press(page, 'Signer pour Inès')
  await expect.poll(() => focused(page)).toBe('Signé pour Inès')
  await page.getByRole('heading', { name: asked }).waitFor()
  await press(page, 'Signer pour Anna')
  await expect.poll(() => focused(page)).toBe('Signé pour Anna')
  await page.getByRole('heading', { name: 'C’est signé' }).waitFor()
  expect(await page.getByRole('heading', { name: asked }).count()).toBe(0)
  expect(await violations(page)).toEqual([])
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('signature: on Home, the focus goes to what was signed, and at last to where the page begins', async () => {
  await publish(titles.home)
  const visit = await fixture.visit('sophie', { width: 360, height: 740 })
  const { page } = visit
  await openWith(page, '/', titles.home)
  await press(page, 'Signer pour Anna')
  await expect.poll(() => focused(page)).toBe('Signé pour Anna')
  await page.getByRole('heading', { name: asked }).waitFor()
  await press(page, 'Signer pour Inès')
  await page.getByText(`Signé\u00a0: ${titles.home}`).waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.localName)).toBe('h1')
  expect(visit.troubles()).toEqual([])
  await visit.close()
})
