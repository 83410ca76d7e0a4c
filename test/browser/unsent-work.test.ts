import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { workContract } from '../../shared/work/contract.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { eventually } from '../support/http.ts'
import { password } from '../support/populate.ts'
import { idOf } from '../support/valmont.ts'
import { violations } from './axe.ts'
import { type Fixture, openFixture, type Visit } from './fixture.ts'
import { homeOf } from './home.ts'
import { answeredIn, day, pupilWork, row } from './pupil-work.ts'
import { storedContent } from './stored-content.ts'

/* What a pupil does to their work without a network, or where the device or the API takes none of it. */

let fixture: Fixture
let ines: Visit
let api: Awaited<ReturnType<typeof pupilWork>>
let essay: string

const { remove } = workContract.routes

const write = async (page: Page, piece: string, text: string) => {
  await page.goto(`/notebook/hand-in/${piece}`)
  await page.getByLabel('Votre travail').fill(text)
}
const signIn = async (page: Page, who: 'ines' | 'karim', givenName: string) => {
  await page.getByLabel('Identifiant').fill(fixture.valmont.credentials(who).login)
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  const button = page.getByRole('button', { name: 'Se connecter' })
  const busy = page.getByText(/très demandé|de notre côté/)
  await button.click()
  // On a busy machine a password takes too long to be checked at times: one tries again.
  while ((await homeOf(page, givenName).or(busy).first().textContent())?.match(/très demandé|de notre côté/))
    await button.click()
}
const signOut = async (page: Page) => {
  await page.goto('/account')
  await page.getByRole('button', { name: 'Se déconnecter de cet appareil' }).click()
  await page.getByLabel('Identifiant').waitFor()
}

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  api = await pupilWork(fixture)
  // Their first sign-in is by a code.
  await fixture.valmont.as('karim')
  essay = await api.give('Portrait d’un ami', true)
  await api.give('Apprendre la leçon 8', false)
  ines = await fixture.visit('ines', { width: 360, height: 740 })
  ines.expect(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to load resource/)
})
afterAll(() => fixture?.close())

test('a tick, a task of one’s own and a hand-in without a network outlive a reload and go out once, of two tabs', async () => {
  const { page, context } = ines
  const answered = answeredIn(context)
  await page.goto('/notebook')
  await row(page, 'Apprendre la leçon 8').waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready)
  await write(page, essay, 'Il s’appelle Tom.')
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Rendre' }).click()
  await page.getByText('rien ne se perd').waitFor()
  await page.goto('/notebook')
  await page.getByRole('checkbox', { name: 'Fait : Apprendre la leçon 8' }).check()
  await row(page, 'Apprendre la leçon 8').getByText('En attente du réseau').waitFor()
  await row(page, 'Portrait d’un ami').getByText('En attente du réseau').waitFor()
  await page.getByRole('button', { name: 'Ajouter une tâche pour moi' }).click()
  await page.getByLabel('Quoi').fill('Rapporter le livre')
  await page.getByLabel('Pour quel jour').fill(day)
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click()
  await row(page, 'Rapporter le livre').getByText('En attente du réseau').waitFor()
  // Of a task what was done with it last counts: what was never sent is replaced, the other is sent before it.
  await page.getByRole('checkbox', { name: 'Fait : Rapporter le livre' }).check()
  // A page that is left in the same instant may not have stored it yet.
  await eventually(async () => (await storedContent(page)).includes('doneAt') || undefined)
  await page.reload()
  await page.getByText(/[34] envois attendent le réseau/).waitFor()
  const other = await context.newPage()
  await other.goto('/')
  await other.getByText(/[34] envois attendent le réseau/).waitFor()
  await context.setOffline(false)
  for (const each of [page, other]) await each.getByText(/envois? attend/).waitFor({ state: 'detached' })
  await other.close()
  await page.getByRole('checkbox', { name: 'Fait : Rapporter le livre', checked: true }).waitFor()
  await eventually(async () => (await api.known()).ticks.some(({ done }) => done) || undefined)
  expect((await api.known()).tasks).toMatchObject([{ title: 'Rapporter le livre', doneAt: expect.any(String) }])
  expect(await api.versionsOf(essay)).toBe(1)
  const ofTask = '200 PUT /api/work/tasks/*'
  expect(answered.filter(one => one === ofTask).length).toBeLessThanOrEqual(2)
  expect([...answered.filter(one => one !== ofTask), ofTask].sort()).toEqual([
    '200 POST /api/work/ticks',
    '200 PUT /api/work/*/hand-ins/*/versions/*',
    ofTask,
  ])
})

test('a hand-in outlives a sign-out on a shared device, and goes out in nobody else’s session', async () => {
  const piece = await api.give('Lettre à un ami', true)
  const visit = await fixture.visit(undefined, { width: 360, height: 740 })
  visit.expect(/ERR_FAILED|status of 401/)
  const { page, context } = visit
  await page.goto('/sign-in')
  await signIn(page, 'ines', 'Inès')
  await write(page, piece, 'Cher Tom,')
  await context.route('**/versions/*', route => route.abort())
  await page.getByRole('button', { name: 'Rendre' }).click()
  await page.getByText('rien ne se perd').waitFor()
  await signOut(page)
  await context.unroute('**/versions/*')
  await signIn(page, 'karim', 'Karim')
  await page.goto(`/notebook/hand-in/${piece}`)
  await page.getByRole('heading', { name: 'Rendre le travail' }).waitFor()
  expect(await page.getByText(/envoi attend|Cher Tom/).count()).toBe(0)
  expect(await api.versionsOf(piece)).toBe(0)
  await signOut(page)
  await signIn(page, 'ines', 'Inès')
  await eventually(async () => (await api.versionsOf(piece)) === 1 || undefined)
  await expect.poll(() => storedContent(page)).not.toMatch(/preau\.outbox|Cher Tom/)
  await visit.close()
})

test('a hand-in that is refused says why, and is removed by its author once the text can be saved elsewhere', async () => {
  const { page, context } = ines
  const piece = await api.give('Fable', true)
  await write(page, piece, 'La cigale et la fourmi')
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Rendre' }).click()
  await page.getByText('rien ne se perd').waitFor()
  await accepted(api.teacher.ask(remove, { params: { piece } }))
  await context.setOffline(false)
  const card = page.getByRole('main').getByRole('status').filter({ hasText: 'n’a pas été pris' })
  await card.getByText('retiré entre-temps').waitFor()
  await page.goto('/account')
  const told = page.getByRole('alert').filter({ hasText: 'Fable' })
  // Not where the text cannot be copied.
  expect(await told.getByRole('button').count()).toBe(0)
  await told.getByRole('link', { name: 'Voir pourquoi' }).click()
  await card.waitFor()
  expect(await violations(page)).toEqual([])
  const saving = page.waitForEvent('download')
  await card.getByRole('button', { name: 'Enregistrer le texte' }).click()
  expect((await saving).suggestedFilename()).toBe('Fable.txt')
  await card.getByRole('button', { name: 'Retirer' }).click()
  await page.getByRole('button', { name: 'Annuler' }).click()
  await card.getByRole('button', { name: 'Envoyer de nouveau' }).click()
  await card.getByText('retiré entre-temps').waitFor()
  await card.getByRole('button', { name: 'Retirer' }).click()
  await card.waitFor({ state: 'detached' })
  await expect.poll(() => storedContent(page)).not.toContain('La cigale')
  await page.reload()
  expect(await page.getByRole('alert').filter({ hasText: 'Fable' }).count()).toBe(0)
})

test('a hand-in that the device cannot keep is told at once, can be saved, and is sent while the page is open', async () => {
  const piece = await api.give('Récit', true)
  const visit = await fixture.visit('ines', { width: 360, height: 740 })
  visit.expect(/ERR_INTERNET_DISCONNECTED|Failed to load resource/)
  const { page, context } = visit
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
  await write(page, piece, 'Il était une fois')
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Rendre' }).click()
  await page.getByText('ne peut pas garder votre travail').waitFor()
  expect(await violations(page)).toEqual([])
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Enregistrer le texte' }).click()
  expect((await saving).suggestedFilename()).toBe('Récit.txt')
  await context.setOffline(false)
  await page.getByText('Ce reçu reste').waitFor()
  expect(await api.versionsOf(piece)).toBe(1)
  await visit.close()
})

test('on a shared device what was not handed in yet is of the session, also what an earlier version of the app left', async () => {
  const [piece, former] = [await api.give('Poème', true), await api.give('Nouvelle', true)]
  const visit = await fixture.visit(undefined, { width: 360, height: 740 })
  visit.expect(/status of 401/)
  const { page } = visit
  const inLocalStorage = () => page.evaluate(() => JSON.stringify({ ...localStorage }))
  await page.goto('/sign-in')
  await page.evaluate(
    key => localStorage.setItem(key, 'Il pleuvait ce soir-là'),
    `preau.work.hand-in.${idOf('ines')}.${former}.${idOf('ines')}`,
  )
  await signIn(page, 'ines', 'Inès')
  await write(page, piece, 'Sous le pont Mirabeau')
  await expect.poll(() => storedContent(page)).toContain('Sous le pont')
  await page.goto(`/notebook/hand-in/${former}`)
  await expect.poll(() => page.getByLabel('Votre travail').inputValue()).toBe('Il pleuvait ce soir-là')
  await page.goto(`/notebook/hand-in/${piece}`)
  await expect.poll(() => page.getByLabel('Votre travail').inputValue()).toBe('Sous le pont Mirabeau')
  expect(await inLocalStorage()).not.toMatch(/Sous le pont|Il pleuvait/)
  await signOut(page)
  expect(await storedContent(page)).not.toMatch(/Sous le pont|Il pleuvait/)
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

const broken = {
  'refuses what is stored': () => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  },
  'never answers': () => {
    IDBFactory.prototype.open = () => ({}) as IDBOpenDBRequest
  },
}
test.each(Object.entries(broken))(
  'the form of one’s own task stays open on a device that %s until the task is sent, once',
  async (how, breakStore) => {
    const visit = await fixture.visit('ines', { width: 360, height: 740 })
    visit.expect(/ERR_INTERNET_DISCONNECTED|Failed to load resource/)
    const { page, context } = visit
    await page.addInitScript(breakStore)
    await page.goto('/notebook')
    await page.getByRole('button', { name: 'Ajouter une tâche pour moi' }).click()
    await context.setOffline(true)
    const title = `Relire ${how}`
    await page.getByLabel('Quoi').fill(title)
    await page.getByLabel('Pour quel jour').fill(day)
    const dialog = page.getByRole('dialog')
    for (let pressed = 0; pressed < 2; pressed++) {
      await dialog.getByRole('button', { name: 'Ajouter', exact: true }).click()
      await dialog.getByText('ne peut pas garder cette tâche').waitFor()
    }
    expect(await page.getByLabel('Quoi').inputValue()).toBe(title)
    expect(await violations(page)).toEqual([])
    await context.setOffline(false)
    await dialog.waitFor({ state: 'detached' })
    await eventually(async () => (await api.known()).tasks.some(one => one.title === title) || undefined)
    expect((await api.known()).tasks.filter(one => one.title === title)).toHaveLength(1)
    await visit.close()
  },
)

test('the tests above: no console error, no violation of the Content-Security-Policy, no other host', () => {
  expect(ines.troubles()).toEqual([])
})
