import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newsContract } from '../../shared/news/contract.ts'
import { builtAssembly } from '../support/built.ts'
import { publishNews, titleOf } from '../support/valmont-news.ts'
import { type Fixture, openFixture, type Visit } from './fixture.ts'

let fixture: Fixture
let helene: Visit
let sophie: Visit

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  await publishNews(fixture.valmont)
  helene = await fixture.visit('helene')
  sophie = await fixture.visit('sophie', { width: 360 })
})
afterAll(() => fixture?.close())

const open = async (page: Page) => {
  await page.goto('/news')
  await page.getByRole('link', { name: titleOf.outing }).click()
  await page.getByRole('article').getByText('pique-nique').waitFor()
}

/** Changes the text of the outing as its author; `asked`: what the form says before. */
const edit = async ({ page }: Visit, body: string, asked: RegExp) => {
  await page.goto('/news/mine')
  await page.getByRole('link', { name: titleOf.outing }).click()
  await page.getByRole('link', { name: 'Modifier' }).click()
  await page.getByLabel('Texte').fill(body)
  expect(await page.getByText(/^Vous changez le texte/).textContent()).toMatch(asked)
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await page.waitForURL(/\/readers$/)
}

test('article: a text that changes while it is open is said to have, and is not signed unread', async () => {
  const { page } = sophie
  await open(page)
  sophie.expect(/status of 409/)
  await edit(helene, 'Sortie au ski avec pique-nique, 480 €.', /le trouvera non lu|le trouveront non lu/)
  // The page still shows the former text, or has been told: either way nothing of the former text is signed.
  await page.getByText('Le contenu vient de changer').waitFor()
  await page.getByRole('article').getByText('480 €').waitFor()
  await page.getByRole('button', { name: 'Voir le texte d’avant' }).click()
  await page.getByRole('region', { name: 'Texte d’avant' }).getByText('sans contenant en verre').waitFor()
  await page.getByRole('button', { name: 'Signer pour Inès' }).click()
  // The next notice takes its place.
  await page
    .getByText(/^Signé/)
    .first()
    .waitFor()
})

test('article: a signed text that was changed since is asked for again, and shown beside the new one', async () => {
  const { page } = sophie
  await page.goto('/')
  // Counts follow within seconds, and the form says what they say.
  await expect
    .poll(async () => {
      await helene.page.goto('/news/mine')
      await helene.page.getByRole('link', { name: titleOf.outing }).waitFor()
      return helene.page.getByRole('main').textContent()
    })
    .toMatch(/1 sur \d+ signatures/)
  await edit(helene, 'Sortie au ski avec pique-nique, 520 €.', /signature donnée sera demandée de nouveau/)
  await helene.page.getByText(/^Texte d’avant signé/).waitFor()
  const toSign = page.locator('section').filter({ has: page.getByRole('heading', { name: 'À signer' }) })
  await toSign.getByRole('link', { name: titleOf.outing }).waitFor()
  await toSign.getByRole('link', { name: titleOf.outing }).click()
  await page.getByText('Le contenu a changé depuis que vous l’avez signé').waitFor()
  await page.getByText('Votre signature est de nouveau demandée').waitFor()
  await page.getByRole('button', { name: 'Voir le texte d’avant' }).click()
  await page.getByRole('region', { name: 'Texte d’avant' }).getByText('480 €').waitFor()
  await page.getByRole('button', { name: 'Signer pour Inès' }).click()
  // The next notice takes its place.
  await page
    .getByText(/^Signé/)
    .first()
    .waitFor()
})

test('article: a file that replaces another asks for the signature again, and the former one is named', async () => {
  const { page } = helene
  // The bucket, to which files go past the edge.
  helene.expect(/another host: \S+\/documents\/[0-9a-z]{22}\?/)
  const author = await fixture.valmont.as('helene')
  const hang = async (name: string, instead?: string) => {
    // Counts follow within seconds, and the form says what they say.
    await expect
      .poll(async () => {
        const { body } = await author.ask(newsContract.routes.mine, { query: {} })
        return (body.items as { title: string; seen: number }[]).find(({ title }) => title === titleOf.outing)?.seen
      })
      .toBeGreaterThan(0)
    await page.goto('/news/mine')
    await page.getByRole('link', { name: titleOf.outing }).click()
    await page.getByRole('link', { name: 'Modifier' }).click()
    if (instead) await page.getByRole('button', { name: `Retirer ${instead}` }).click()
    const file = { name, mimeType: 'text/plain', buffer: Buffer.from(name) }
    await page.locator('input[type=file]').first().setInputFiles([file])
    await page.getByRole('button', { name: `Retirer ${name}` }).waitFor()
    await page.getByText(/^Vous changez le texte ou les fichiers/).waitFor()
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    await page.waitForURL(/\/readers$/)
  }
  await open(sophie.page)
  await hang('Coupon 5 euros.txt')
  await sophie.page.getByText('Le contenu vient de changer').waitFor()
  await sophie.page.getByRole('button', { name: 'Signer pour Inès' }).click()
  await sophie.page
    .getByText(/^Signé/)
    .first()
    .waitFor()
  await open(sophie.page)
  await hang('Coupon 480 euros.txt', 'Coupon 5 euros.txt')
  await sophie.page.getByText('Le contenu vient de changer').waitFor()
  await sophie.page.goto('/news')
  await sophie.page.getByRole('link', { name: titleOf.outing }).click()
  await sophie.page.getByText('Le contenu a changé depuis que vous l’avez signé').waitFor()
  await sophie.page.getByRole('button', { name: 'Voir le texte d’avant' }).click()
  await sophie.page.getByRole('region', { name: 'Texte d’avant' }).getByText('Coupon 5 euros.txt').waitFor()
  await sophie.page.getByRole('button', { name: 'Signer pour Inès' }).waitFor()
})

test('the tests above: no console error, no violation of the Content-Security-Policy, no other host', () => {
  expect([...helene.troubles(), ...sophie.troubles()]).toEqual([])
})
