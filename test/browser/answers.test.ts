import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newsContract } from '../../shared/news/contract.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { eventually } from '../support/http.ts'
import { violations } from './axe.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { reloadUntilShown } from './reload-until.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
})
afterAll(() => fixture?.close())

const title = 'Sortie au musée d’archéologie'
const question = 'Autorisez-vous votre enfant à participer ?'

/** Opens the notice, once the reader's boards hold it. */
const open = async (page: Page) => {
  await page.goto('/news')
  await reloadUntilShown(page, page.getByRole('link', { name: title }))
  await page.getByRole('link', { name: title }).click()
  await page.getByText(question).waitFor()
}
const answer = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

test('a notice with a question: asked, answered, changed, and told to nobody but the school', async () => {
  const helene = await fixture.visit('helene')
  const author = helene.page
  await author.goto('/news/write')
  const recipients = author.getByRole('combobox', { name: 'Destinataires' })
  await recipients.waitFor()
  await recipients.focus()
  await author.keyboard.type('responsables 6e A')
  await author.keyboard.press('ArrowDown')
  await author.keyboard.press('Enter')
  await author.keyboard.press('Escape')
  await author.getByLabel('Titre').fill(title)
  await author.getByLabel('Texte').fill('Jeudi, les 6e A passent la journée au musée.')
  expect(await author.getByLabel('Question').count(), 'nothing is asked without a signature').toBe(0)
  await author.getByLabel('Une signature par élève').check()
  await author.getByLabel('oui ou non').check()
  await answer(author, 'Publier').click()
  await author.getByText('Écrivez la question.').waitFor()
  await author.getByLabel('Question', { exact: true }).fill(question)
  expect(await violations(author)).toEqual([])
  await answer(author, 'Publier').click()
  await author.waitForURL(/\/readers$/)

  const sophie = await fixture.visit('sophie', { width: 360, height: 740 })
  const { page } = sophie
  await open(page)
  await page.getByText('Pour Inès', { exact: false }).first().waitFor()
  expect(await violations(page)).toEqual([])
  await answer(page, 'Ajouter un mot').click()
  await page.getByLabel(/^Un mot pour/).fill('Inès a le mal des transports.')
  await answer(page, 'Non').click()
  await page.getByText(/^Votre réponse\s: Non/).waitFor()
  await expect.poll(() => page.locator(':focus').textContent()).toMatch(/Non/)
  await page.getByText('Inès a le mal des transports.').waitFor()
  await page.reload()
  await page.getByText(/^Votre réponse\s: Non/).waitFor()
  await answer(page, 'Changer ma réponse').click()
  await answer(page, 'Oui').click()
  await page.getByText(/^Votre réponse\s: Oui/).waitFor()

  // The other guardian learns that somebody answered, and nothing else; their own answer stands beside it.
  const karim = await fixture.visit('karim', { width: 360, height: 740 })
  await open(karim.page)
  await karim.page.getByText('Une réponse a déjà été donnée pour Inès.').waitFor()
  expect(await karim.page.getByRole('main').textContent()).not.toMatch(/transports|Sophie/)
  await answer(karim.page, 'Non').click()
  await karim.page.getByText(/^Votre réponse\s: Non/).waitFor()

  const teacher = await fixture.valmont.as('helene')
  const [{ id: news }] = (await accepted(teacher.ask(newsContract.routes.mine))).body.items
  await eventually(async () => {
    const query = { state: 'signed' }
    const { counts } = (await accepted(teacher.ask(newsContract.routes.readers, { params: { news }, query }))).body
    return counts.differing === 1 || undefined
  })
  await author.reload()
  await author
    .locator('label')
    .filter({ hasText: /^Signé/ })
    .click()
  await author.getByText('les responsables répondent différemment').waitFor()
  await author.getByText('Oui : 1').waitFor()
  await author.getByText('mal des transports').waitFor()
  expect(await violations(author)).toEqual([])
  for (const visit of [helene, sophie, karim]) {
    expect(visit.troubles()).toEqual([])
    await visit.close()
  }
})
