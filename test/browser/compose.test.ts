import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { audienceId } from '../../functions/directory/audiences.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { password } from '../support/populate.ts'
import { classes, college } from '../support/valmont.ts'
import { type Fixture, openFixture, type Visit } from './fixture.ts'
import { reloadUntilShown } from './reload-until.ts'

const address = `https://college.exemple.fr/${'fiche-de-renseignements-'.repeat(20)}`
const title = `Dossier${'_administratif'.repeat(8)}`
const draft = {
  uai: college.uai,
  title,
  body: `${address}\n\n- ${'x'.repeat(600)}`,
  audiences: [audienceId('class-guardians', classes.sixA)],
  pinned: false,
  urgent: false,
  notice: 'guardian',
} as const

let fixture: Fixture
let helene: Visit
let news: string

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  const author = await fixture.valmont.as('helene')
  news = (await accepted(author.ask(newsContract.routes.publish, { body: draft }))).body.id
  helene = await fixture.visit('helene', { width: 320, height: 720 })
  // Drafts that are kept and done with within a moment may arrive in another order: the older one is refused.
  helene.expect(/status of 409/)
})
afterAll(() => fixture?.close())

/** Pixels by which a page is wider than its window. */
const excess = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

const recipients = (page: Page) => page.getByRole('combobox', { name: 'Destinataires' })
const publish = (page: Page) => page.getByRole('button', { name: /^(Publier|Programmer)$/ })
const published = async (): Promise<number> => {
  const author = await fixture.valmont.as('helene')
  return (await accepted(author.ask(newsContract.routes.mine))).body.items.length
}

const open = async (page: Page) => {
  await page.goto('/news/write')
  await recipients(page).waitFor()
}

test('long words wrap at 320 px: Home, list, article, readers, editing', async () => {
  const sophie = await fixture.visit('sophie', { width: 320, height: 720 })
  const { page } = sophie
  for (const path of ['/', '/news']) {
    await page.goto(path)
    await reloadUntilShown(page, page.getByRole('link', { name: title }))
    expect(await excess(page), path).toBe(0)
  }
  await page.getByRole('link', { name: title }).first().click()
  const link = page.getByRole('article').getByRole('link', { name: address })
  await link.waitFor()
  expect(await link.getAttribute('href')).toBe(address)
  expect(await excess(page), 'article').toBe(0)
  expect(sophie.troubles()).toEqual([])
  await sophie.close()
  for (const path of ['/news/mine', `/news/${news}/readers`, `/news/write/${news}`]) {
    await helene.page.goto(path)
    await helene.page.getByText(title).or(helene.page.getByLabel('Titre')).first().waitFor()
    expect(await excess(helene.page), path).toBe(0)
  }
})

test('compose: Enter chooses the first recipient found and publishes nothing; text that is left blocks', async () => {
  const { page } = helene
  const before = await published()
  await open(page)
  await recipients(page).focus()
  await page.keyboard.type('parents')
  await page.keyboard.press('Enter')
  await page.getByText(/Touchera \d+ personnes/).waitFor()
  await recipients(page).fill('eleves et resp')
  await page.getByRole('option', { name: 'Élèves et responsables · 6e A' }).click()
  expect(
    await page.getByRole('list', { name: 'Destinataires choisis' }).getByRole('listitem').allTextContents(),
  ).toEqual(['Élèves et responsables · 6e A'])
  await page.getByLabel('Texte').fill('Rendez-vous jeudi.')
  await page.getByLabel('Titre').fill('Réunion')
  await page.getByLabel('Titre').press('Enter')
  await recipients(page).fill('profs')
  await page.keyboard.press('Escape')
  await publish(page).click()
  await page.getByText('« profs » n’est pas un destinataire choisi').waitFor()
  await page.getByRole('alert').filter({ hasText: 'Un champ est à corriger' }).waitFor()
  expect(await published()).toBe(before)
  await recipients(page).fill('')
  await page.getByText('n’est pas un destinataire choisi').waitFor({ state: 'detached' })
})

test('compose: a date in part blocks, until it is complete or gone', async () => {
  const { page } = helene
  const before = await published()
  await open(page)
  const field = page.getByLabel('Publier à une date')
  await field.focus()
  for (const key of '12122026') await page.keyboard.press(key)
  await publish(page).click()
  await page.getByText('Cette date n’est pas complète').waitFor()
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  expect(await published()).toBe(before)
  await field.fill('2026-12-12T08:00')
  await page.getByText('Cette date n’est pas complète').waitFor({ state: 'detached' })
  await field.fill('')
})

test('compose: the draft that was erased comes back', async () => {
  const { page } = helene
  await open(page)
  await page.getByLabel('Titre').fill('Un titre')
  await page.getByText('Brouillon enregistré').waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'Effacer le brouillon' }).click()
  await expect.poll(() => page.getByLabel('Titre').inputValue()).toBe('')
  await page.getByRole('button', { name: 'Annuler' }).click()
  await expect.poll(() => page.getByLabel('Titre').inputValue()).toBe('Un titre')
  await page.reload()
  await expect.poll(() => page.getByLabel('Titre').inputValue()).toBe('Un titre')
})

test('edit: what was written survives a reload, and is forgotten once saved', async () => {
  const { page } = helene
  await page.goto(`/news/write/${news}`)
  await page.getByLabel('Titre').fill('Dossier à rendre')
  await page.goto('/news')
  await page.goto(`/news/write/${news}`)
  await page.getByText('Vos modifications non enregistrées').waitFor()
  expect(await page.getByLabel('Titre').inputValue()).toBe('Dossier à rendre')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await page.waitForURL(/\/readers$/)
  await page.goto(`/news/write/${news}`)
  await page.getByLabel('Titre').waitFor()
  expect(await page.getByText('Vos modifications').count()).toBe(0)
})

test('edit: what was written is found again after the session has ended', async () => {
  const visit = await fixture.visit('helene')
  visit.expect(/status of 401/)
  const { page, context } = visit
  await page.goto(`/news/write/${news}`)
  await page.getByLabel('Texte').fill('Le dossier est à rendre **vendredi**.')
  await context.clearCookies()
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await page.waitForURL(/\/sign-in/)
  await page.getByLabel('Identifiant').fill(fixture.valmont.credentials('helene').login)
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await page.getByLabel('C’est mon appareil').check()
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await page.getByRole('main').waitFor()
  await page.waitForURL(url => !url.pathname.startsWith('/sign-in'))
  await page.goto(`/news/write/${news}`)
  await page.getByText('Vos modifications non enregistrées').waitFor()
  expect(await page.getByLabel('Texte').inputValue()).toBe('Le dossier est à rendre **vendredi**.')
  await page.getByRole('button', { name: 'Revenir à ce qui est publié' }).click()
  expect(await page.getByLabel('Texte').inputValue()).toContain('https://college.exemple.fr/')
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('two tabs: the one that did not store the draft last is told, and chooses', async () => {
  const { page, context } = helene
  await open(page)
  const second = await context.newPage()
  await open(second)
  await second.getByLabel('Titre').fill('Titre du second onglet')
  await second.getByText('Brouillon enregistré').waitFor()
  await page.getByText('modifié dans un autre onglet').waitFor()
  await page.getByLabel('Titre').fill('Titre du premier onglet')
  await page.getByRole('button', { name: 'Garder celui-ci' }).click()
  await second.getByText('modifié dans un autre onglet').waitFor()
  expect(await second.getByLabel('Titre').inputValue(), 'nothing is overwritten').toBe('Titre du second onglet')
  await second.getByRole('button', { name: 'Prendre l’autre' }).click()
  await expect.poll(() => second.getByLabel('Titre').inputValue()).toBe('Titre du premier onglet')
  await second.close()
})

test('the tests above: no console error, no violation of the Content-Security-Policy, no other host', () => {
  expect(helene.troubles()).toEqual([])
})

test('two devices: what is begun on one goes on on the other, and what is done with there is not found again here', async () => {
  const [phone, desk] = [await fixture.visit('nadia', { width: 360, height: 740 }), await fixture.visit('nadia')]
  const title = ({ page }: typeof phone) => page.getByLabel('Titre')
  const nadia = await fixture.valmont.as('nadia')
  /** Leaves the page, and waits until the account has the draft: the request goes on without the page. */
  const leave = async ({ page }: typeof phone, written: string) => {
    await page.goto('/news')
    const kept = () => nadia.ask(newsContract.routes.keptDraft, { params: { uai: college.uai } })
    await expect.poll(async () => (await kept()).body.draft?.form).toContain(written)
  }
  await phone.page.goto('/news/write')
  await title(phone).fill('Sortie au musée')
  await leave(phone, 'Sortie au musée')

  await desk.page.goto('/news/write')
  await desk.page.getByText('Votre brouillon a été retrouvé').waitFor()
  expect(await title(desk).inputValue()).toBe('Sortie au musée')
  // What was changed on the phone meanwhile is not replaced: its author chooses. What it sends is refused as the older one.
  await phone.page.goto('/news/write')
  await title(phone).fill('Sortie au théâtre')
  await phone.page.getByText('Brouillon enregistré').waitFor()
  await title(desk).fill('Sortie au musée, vendredi')
  phone.expect(/status of 409/)
  await leave(desk, 'vendredi')
  await phone.page.reload()
  await phone.page.getByText('sur un autre appareil').waitFor()
  await phone.page.getByRole('button', { name: 'Prendre l’autre' }).click()
  await expect.poll(() => title(phone).inputValue()).toBe('Sortie au musée, vendredi')

  await desk.page.goto('/news/write')
  await desk.page.getByRole('button', { name: 'Effacer le brouillon' }).click()
  await desk.page.getByText('Brouillon effacé').waitFor()
  await expect.poll(() => title(desk).inputValue()).toBe('')
  await phone.page.goto('/news')
  await phone.page.goto('/news/write')
  await expect.poll(() => title(phone).inputValue()).toBe('')
  expect([...phone.troubles(), ...desk.troubles()]).toEqual([])
  await phone.close()
  await desk.close()
})
