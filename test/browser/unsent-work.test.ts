import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { timeId } from '../../shared/kernel/ids.ts'
import { momentOf } from '../../shared/kernel/territory-day.ts'
import { workContract } from '../../shared/work/contract.ts'
import type { CollectedHandIn, HandIn } from '../../shared/work/hand-in.ts'
import { dayAfter } from '../../shared/work/rules.ts'
import type { PupilWork } from '../../shared/work/shapes.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { eventually, type Visitor } from '../support/http.ts'
import { password } from '../support/populate.ts'
import { classes, college, idOf } from '../support/valmont.ts'
import { shownMonday } from '../support/valmont-work.ts'
import { type Fixture, openFixture, type Visit } from './fixture.ts'
import { homeOf } from './home.ts'
import { storedContent } from './stored-content.ts'

/* What a pupil does to their work without a network, or where the device or the API takes none of it. */

let fixture: Fixture
let ines: Visit
/** Asks the API as the teacher, and as the pupil: each signs in once. */
let teacher: Visitor
let pupil: Visitor
let essay: string

const { set, remove, state, collected, handIn } = workContract.routes
const day = dayAfter(shownMonday(), 3)

const give = async (title: string, isAssignment: boolean): Promise<string> => {
  const assignment = { dueAt: momentOf(day, '18:00').toISOString(), late: true }
  const to = [{ group: classes.sixA, day, ...(isAssignment && { assignment }) }]
  const body = { uai: college.uai, kind: 'task', subject: 'Français', title, to }
  const reply = await accepted(teacher.ask(set, { body }))
  return reply.body.items[0].id
}
/** What the API has of Inès: her ticks and tasks, and how many versions of an assignment. */
const known = async (): Promise<PupilWork> => {
  const { body } = await accepted(pupil.ask(state, { query: {} }))
  return body.items[0]
}
const versionsOf = async (piece: string): Promise<number> => {
  const { body } = await accepted(teacher.ask(collected, { params: { piece } }))
  return body.items.find(({ id }: CollectedHandIn) => id === idOf('ines')).versions
}
/** The writes of the work that the API has answered to this browser, by method and path; one that found it busy is repeated. */
const answeredIn = (context: BrowserContext) => {
  const answered: string[] = []
  context.on('response', reply => {
    const [method, { pathname }] = [reply.request().method(), new URL(reply.url())]
    if (method !== 'GET' && reply.status() !== 503 && /^\/api\/work\//.test(pathname) && !pathname.endsWith('/start'))
      answered.push(`${reply.status()} ${method} ${pathname.replace(/[0-9a-z]{16,22}/g, '*')}`)
  })
  return answered
}
const write = async (page: Page, piece: string, text: string) => {
  await page.goto(`/notebook/hand-in/${piece}`)
  await page.getByLabel('Votre travail').fill(text)
}
const row = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title })
const signIn = async (page: Page, who: 'ines' | 'karim') => {
  await page.getByLabel('Identifiant').fill(fixture.valmont.credentials(who).login)
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Se connecter' }).click()
}
const signOut = async (page: Page) => {
  await page.goto('/account')
  await page.getByRole('button', { name: 'Se déconnecter de cet appareil' }).click()
  await page.getByLabel('Identifiant').waitFor()
}

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  teacher = await fixture.valmont.as('helene')
  pupil = await fixture.valmont.as('ines')
  // Their first sign-in is by a code.
  await fixture.valmont.as('karim')
  essay = await give('Portrait d’un ami', true)
  await give('Apprendre la leçon 8', false)
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
  // Of a task what was done with it last counts.
  await page.getByRole('checkbox', { name: 'Fait : Rapporter le livre' }).check()
  await page.reload()
  await page.getByText('3 envois attendent le réseau').waitFor()
  const other = await context.newPage()
  await other.goto('/')
  await other.getByText('3 envois attendent le réseau').waitFor()
  await context.setOffline(false)
  for (const each of [page, other]) await each.getByText(/envois? attend/).waitFor({ state: 'detached' })
  await other.close()
  await page.getByRole('checkbox', { name: 'Fait : Rapporter le livre', checked: true }).waitFor()
  await eventually(async () => (await known()).ticks.some(({ done }) => done) || undefined)
  expect((await known()).tasks).toMatchObject([{ title: 'Rapporter le livre', doneAt: expect.any(String) }])
  expect(await versionsOf(essay)).toBe(1)
  expect(answered.sort()).toEqual([
    '200 POST /api/work/ticks',
    '200 PUT /api/work/*/hand-ins/*/versions/*',
    '200 PUT /api/work/tasks/*',
  ])
})

test('a hand-in outlives a sign-out on a shared device, and goes out in nobody else’s session', async () => {
  const piece = await give('Lettre à un ami', true)
  const visit = await fixture.visit(undefined, { width: 360, height: 740 })
  visit.expect(/ERR_FAILED|status of 401/)
  const { page, context } = visit
  await page.goto('/sign-in')
  await signIn(page, 'ines')
  await homeOf(page, 'Inès').waitFor()
  await write(page, piece, 'Cher Tom,')
  await context.route('**/versions/*', route => route.abort())
  await page.getByRole('button', { name: 'Rendre' }).click()
  await page.getByText('rien ne se perd').waitFor()
  await signOut(page)
  await context.unroute('**/versions/*')
  await signIn(page, 'karim')
  await homeOf(page, 'Karim').waitFor()
  await page.goto(`/notebook/hand-in/${piece}`)
  await page.getByRole('heading', { name: 'Rendre le travail' }).waitFor()
  expect(await page.getByText(/envoi attend|Cher Tom/).count()).toBe(0)
  expect(await versionsOf(piece)).toBe(0)
  await signOut(page)
  await signIn(page, 'ines')
  await homeOf(page, 'Inès').waitFor()
  await eventually(async () => (await versionsOf(piece)) === 1 || undefined)
  await expect.poll(() => storedContent(page)).not.toMatch(/preau\.outbox|Cher Tom/)
  await visit.close()
})

test('a hand-in that is refused says why, and is removed by its author once the text can be saved elsewhere', async () => {
  const { page, context } = ines
  const piece = await give('Fable', true)
  await write(page, piece, 'La cigale et la fourmi')
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Rendre' }).click()
  await page.getByText('rien ne se perd').waitFor()
  await accepted(teacher.ask(remove, { params: { piece } }))
  await context.setOffline(false)
  const card = page.getByRole('main').getByRole('status').filter({ hasText: 'n’a pas été pris' })
  await card.getByText('retiré entre-temps').waitFor()
  await page.goto('/account')
  const told = page.getByRole('alert').filter({ hasText: 'Fable' })
  // Not where the text cannot be copied.
  expect(await told.getByRole('button').count()).toBe(0)
  await told.getByRole('link', { name: 'Voir pourquoi' }).click()
  const saving = page.waitForEvent('download')
  await card.getByRole('button', { name: 'Enregistrer le texte' }).click()
  expect((await saving).suggestedFilename()).toBe('Fable.txt')
  await card.getByRole('button', { name: 'Retirer' }).click()
  await page.getByRole('button', { name: 'Annuler' }).click()
  await card.getByRole('button', { name: 'Envoyer de nouveau' }).click()
  await card.getByText('retiré entre-temps').waitFor()
  await card.getByRole('button', { name: 'Retirer' }).click()
  await card.waitFor({ state: 'detached' })
  await page.reload()
  expect(await page.getByRole('alert').filter({ hasText: 'Fable' }).count()).toBe(0)
})

test('a hand-in that the device cannot keep is told at once, can be saved, and is sent while the page is open', async () => {
  const piece = await give('Récit', true)
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
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Enregistrer le texte' }).click()
  expect((await saving).suggestedFilename()).toBe('Récit.txt')
  await context.setOffline(false)
  await page.getByText('Ce reçu reste').waitFor()
  expect(await versionsOf(piece)).toBe(1)
  await visit.close()
})

test('what an earlier version of the app had not handed in is taken over and sent once, and its receipts stay', async () => {
  const visit = await fixture.visit('ines', { width: 360, height: 740 })
  const { page, context } = visit
  const answered = answeredIn(context)
  const [unsent, refused] = [await give('Dialogue', true), await give('Poème', true)]
  const { versions } = (await accepted(pupil.ask(handIn, { params: { piece: essay, pupil: idOf('ines') } })))
    .body as HandIn
  const [sent] = versions.map(({ text: _, ...version }) => ({ ...version, piece: essay, pupil: idOf('ines') }))
  const at = new Date(Date.now() - 8 * 86_400_000).toISOString()
  const made = (piece: string, text: string, more: object = {}) => ({
    ...{ piece, pupil: idOf('ines'), version: timeId(new Date(at)), text, at, offset: -20, contactAt: at },
    ...more,
  })
  // As the version before the outbox stored them, the last one first.
  const former = [
    made(unsent, 'Bonjour !'),
    made(refused, 'Rimes', { refused: 'hand-in-closed' }),
    made(essay, '', { receipt: sent }),
  ]
  await page.goto('/about')
  await page.evaluate(
    ([key = '', text = '']) => localStorage.setItem(key, text),
    [`preau.work.handed-in.${idOf('ines')}`, JSON.stringify(former)],
  )
  await page.goto('/account')
  await eventually(async () => (await versionsOf(unsent)) === 1 || undefined)
  expect(answered).toEqual(['200 PUT /api/work/*/hand-ins/*/versions/*'])
  await page.goto(`/notebook/hand-in/${refused}`)
  await page.getByRole('main').getByText('Le délai est passé').waitFor()
  await page.getByText('Rimes').waitFor({ state: 'attached' })
  const { body } = await accepted(pupil.ask(handIn, { params: { piece: unsent, pupil: idOf('ines') } }))
  expect(body.versions).toMatchObject([{ text: 'Bonjour !', at }])
  const stored = await storedContent(page)
  expect(stored).not.toContain('preau.work.handed-in')
  expect(stored).toContain(sent?.sha256)
  await visit.close()
})

test('the tests above: no console error, no violation of the Content-Security-Policy, no other host', () => {
  expect(ines.troubles()).toEqual([])
})
