import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { workContract } from '../../shared/work/contract.ts'
import { dayAfter } from '../../shared/work/rules.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { password } from '../support/populate.ts'
import { classes, idOf } from '../support/valmont.ts'
import { setWork, shownMonday, workTitles } from '../support/valmont-work.ts'
import { violations } from './axe.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { homeOf } from './home.ts'
import { storedContent } from './stored-content.ts'

/* What a teacher has written of work and not sent: where it is kept, and when it is gone. */

let fixture: Fixture
let ids: ReadonlyMap<string, string>

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  ids = await setWork(fixture.valmont)
})
afterAll(() => fixture?.close())

const addressOf = (title: string) => `/notebook/set/${ids.get(title)}`
const title = (page: Page) => page.getByLabel('Quoi')
const signIn = async (page: Page, { personal }: { readonly personal: boolean }) => {
  await page.getByLabel('Identifiant').fill(fixture.valmont.credentials('helene').login)
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  if (personal) await page.getByLabel('C’est mon appareil').check()
  await page.getByRole('button', { name: 'Se connecter' }).click()
}
const signOut = async (page: Page) => {
  await page.goto('/account')
  await page.getByRole('button', { name: 'Se déconnecter de cet appareil' }).click()
  await page.getByLabel('Identifiant').waitFor()
}
const inLocalStorage = (page: Page) => page.evaluate(() => JSON.stringify({ ...localStorage }))

/** A form as the version before drafts knew whose device it is stored it. */
const former = (named: string) =>
  JSON.stringify({
    ...{ kind: 'task', title: named, text: '', subject: 'Français', minutes: '', publishAt: '' },
    days: { [classes.sixA]: dayAfter(shownMonday(), 3) },
  })
const leave = (page: Page, items: Readonly<Record<string, string>>) =>
  page.evaluate(all => {
    for (const [key, value] of Object.entries(all)) localStorage.setItem(key, value)
  }, items)

test('an edit of work survives a reload and the end of the session, and its draft is gone once it is saved', async () => {
  const visit = await fixture.visit('helene')
  const { page, context } = visit
  await page.goto(addressOf(workTitles.tables))
  await expect.poll(() => title(page).inputValue()).toBe(workTitles.tables)
  await title(page).fill('Tables de 7 à 9')
  await page.reload()
  await page.getByText('Vos modifications non enregistrées ont été retrouvées').waitFor()
  expect(await title(page).inputValue()).toBe('Tables de 7 à 9')
  expect(await violations(page)).toEqual([])
  visit.expect(/status of 401/)
  await context.clearCookies()
  await title(page).fill('Tables de 6 à 9')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await page.getByText('Votre session est terminée').waitFor()
  await signIn(page, { personal: true })
  await page.waitForURL(url => url.pathname === addressOf(workTitles.tables))
  await expect.poll(() => title(page).inputValue()).toBe('Tables de 6 à 9')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await page.waitForURL(/\/notebook\/[a-z0-9]{22}$/)
  expect(await storedContent(page)).not.toContain('preau.work.drafts')
  await page.goto(addressOf(workTitles.tables))
  await expect.poll(() => title(page).inputValue()).toBe('Tables de 6 à 9')
  expect(await page.getByText('ont été retrouvées').count()).toBe(0)
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('an edit of work that was changed elsewhere meanwhile meets a conflict, then says what saving it would do', async () => {
  const visit = await fixture.visit('helene')
  const { page } = visit
  const params = { piece: ids.get(workTitles.exercises) ?? '' }
  await page.goto(addressOf(workTitles.exercises))
  await title(page).fill('Exercices 4 à 9')
  const teacher = await fixture.valmont.as('helene')
  const { piece, edit } = workContract.routes
  const { subject, day, version } = (await accepted(teacher.ask(piece, { params }))).body
  await accepted(teacher.ask(edit, { params, body: { subject, day, version, title: 'Exercice 4' } }))
  visit.expect(/status of 409/)
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await page.getByText('Quelqu’un a modifié cela entre-temps').waitFor()
  for (let times = 0; times < 2; times++) {
    await page.reload()
    await page.getByText('mais le travail a changé depuis').waitFor()
    expect(await title(page).inputValue()).toBe('Exercices 4 à 9')
  }
  await page.getByRole('button', { name: 'Revenir à ce qui est donné' }).click()
  expect(await title(page).inputValue()).toBe('Exercice 4')
  expect(await storedContent(page)).not.toContain('preau.work.drafts')
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('on a shared device drafts of work are of the session: none is left once one has signed out', async () => {
  const visit = await fixture.visit(undefined)
  const { page } = visit
  visit.expect(/status of 401/)
  await page.goto('/sign-in')
  await signIn(page, { personal: false })
  await homeOf(page, 'Hélène').waitFor()
  await page.goto('/notebook/set')
  await title(page).fill('Contrôle surprise')
  await expect.poll(() => storedContent(page)).toContain('Contrôle surprise')
  await page.goto(addressOf(workTitles.tables))
  await title(page).fill('Contrôle caché')
  await expect.poll(() => storedContent(page)).toContain('Contrôle caché')
  await page.reload()
  await expect.poll(() => title(page).inputValue()).toBe('Contrôle caché')
  expect(await inLocalStorage(page)).not.toContain('Contrôle')
  await signOut(page)
  expect(await storedContent(page)).not.toContain('Contrôle')
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test.each([{ personal: true }, { personal: false }])(
  'drafts of work that an earlier version of the app left are found again: $personal',
  async device => {
    const visit = await fixture.visit(undefined)
    const { page } = visit
    visit.expect(/status of 401/)
    await page.goto('/sign-in')
    const [key, copied] = [`preau.work.draft.${idOf('helene')}`, ids.get(workTitles.exercises)]
    await leave(page, { [key]: former('Lire le conte'), [`${key}.${copied}`]: former('Encore un conte') })
    await signIn(page, device)
    await homeOf(page, 'Hélène').waitFor()
    for (const [address, named] of [
      ['/notebook/set', 'Lire le conte'],
      [`/notebook/set?from=${copied}`, 'Encore un conte'],
    ] as const) {
      await page.goto(address)
      await page.getByText('Votre brouillon est revenu').waitFor()
      expect(await title(page).inputValue()).toBe(named)
      expect(await page.getByRole('checkbox', { name: '6e A' }).isChecked()).toBe(true)
    }
    expect(await inLocalStorage(page)).not.toContain('preau.work.draft.')
    expect((await inLocalStorage(page)).includes('conte')).toBe(device.personal)
    await signOut(page)
    expect((await storedContent(page)).includes('conte')).toBe(device.personal)
    expect(visit.troubles()).toEqual([])
    await visit.close()
  },
)
