import { afterAll, beforeAll, expect, test } from 'vitest'
import { timeId } from '../../shared/kernel/ids.ts'
import { momentOf } from '../../shared/kernel/territory-day.ts'
import { workContract } from '../../shared/work/contract.ts'
import type { CollectedHandIn } from '../../shared/work/hand-in.ts'
import { dayAfter } from '../../shared/work/rules.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { eventually } from '../support/http.ts'
import { classes, college, idOf, writeSister } from '../support/valmont.ts'
import { assignmentTitles, setAssignments } from '../support/valmont-hand-ins.ts'
import { shownMonday } from '../support/valmont-work.ts'
import { violations } from './axe.ts'
import { type Fixture, openFixture, type Visit } from './fixture.ts'

let fixture: Fixture
let helene: Visit
let ines: Visit
let ids: ReadonlyMap<string, string>

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  ids = await setAssignments(fixture.valmont)
  helene = await fixture.visit('helene')
  ines = await fixture.visit('ines', { width: 360, height: 740 })
})
afterAll(() => fixture?.close())

const pieceOf = (title: string): string => ids.get(title) ?? ''

/** What the API has of Inès, as her teacher is told. */
const collected = async (piece: string): Promise<CollectedHandIn> => {
  const teacher = await fixture.valmont.as('helene')
  const { body } = await accepted(teacher.ask(workContract.routes.collected, { params: { piece } }))
  return body.items.find(({ id }: CollectedHandIn) => id === idOf('ines'))
}

test('hand-ins: a teacher’s Home tells how far assignments are handed in, and leads to what is to be given back', async () => {
  const { page } = helene
  await page.goto('/')
  const handedIn = page.locator('section', { has: page.getByRole('heading', { name: 'Rendus' }) })
  const row = handedIn.getByRole('listitem').filter({ hasText: assignmentTitles.handedIn })
  await row.getByText('1 à corriger').waitFor()
  await handedIn
    .getByRole('listitem')
    .filter({ hasText: assignmentTitles.returned })
    .getByText('Tout est corrigé')
    .waitFor()
  expect(await violations(page)).toEqual([])
  await row.getByRole('link').click()
  await page.getByRole('heading', { name: assignmentTitles.handedIn }).waitFor()
})

test('hand-ins: a teacher reminds those who have not handed in, who see it on the assignment', async () => {
  const { page } = helene
  await page.goto(`/notebook/collected/${pieceOf(assignmentTitles.open)}`)
  await page.getByRole('button', { name: /^Rappeler à \d+ élèves$/ }).click()
  await page.getByRole('checkbox', { name: 'Le montrer aussi à leurs responsables' }).check()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Rappeler', exact: true }).click()
  await page.getByText(/élèves verront le rappel/).waitFor()
  await page.getByText(/Le prochain sera possible/).waitFor()
  const sophie = await fixture.visit('sophie', { width: 360 })
  for (const { page: own } of [ines, sophie])
    await eventually(async () => {
      await own.goto('/notebook')
      await own.getByText(assignmentTitles.open).first().waitFor()
      return (await own.getByText(/rappel du professeur/).count()) === 1 || undefined
    })
  await sophie.close()
})

test('hand-ins: a teacher sets an assignment in the form of work', async () => {
  const { page } = helene
  await page.goto('/notebook/set')
  await page.getByLabel('Matière').fill('Français')
  await page.getByLabel('Quoi').fill('Portrait d’un ami')
  await page.getByRole('checkbox', { name: 'Ce travail est à rendre' }).check()
  await page.getByLabel('À rendre avant').fill('17:30')
  await page.getByRole('checkbox', { name: '6e A' }).check()
  await page.getByLabel('Jour pour la 6e A').fill(dayAfter(shownMonday(), 3))
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Donner à 1 classe' }).click()
  await page.getByRole('link', { name: /Portrait d’un ami/ }).click()
  await page.getByRole('link', { name: 'Copies' }).click()
  await page.getByText(/à rendre .*17\sh\s30/).waitFor()
})

test('hand-ins: a pupil hands in without a network; it stays over a reload, is sent once, and its receipt stays', async () => {
  const { page, context } = ines
  const piece = pieceOf(assignmentTitles.open)
  await page.goto('/notebook')
  await page.getByRole('link', { name: `Rendre : ${assignmentTitles.open}` }).click()
  await page.getByLabel('Votre travail').fill('Un soir d’été,')
  // Typed text comes back, whatever happened to the page.
  await page.reload()
  await expect.poll(() => page.getByLabel('Votre travail').inputValue()).toBe('Un soir d’été,')
  await page.evaluate(() => navigator.serviceWorker.ready)
  ines.expect(/ERR_INTERNET_DISCONNECTED|Failed to load resource/)
  await context.setOffline(true)
  await page.getByLabel('Votre travail').fill('Un soir d’été, à la mer.')
  await page.getByRole('button', { name: 'Rendre' }).click()
  await page.getByRole('heading', { name: /^Fait à/ }).waitFor()
  await page.getByText('rien ne se perd').waitFor()
  await page.reload()
  await page.getByRole('heading', { name: /^Fait à/ }).waitFor()
  // Whether it has arrived is not asked of the API: on a busy machine a page under a service worker passed the emulation.
  await page.getByText('rien ne se perd').waitFor()
  await context.setOffline(false)
  await page.getByText('Ce reçu reste').waitFor({ timeout: 45_000 })
  const { versions, current } = await collected(piece)
  expect(versions).toBe(1)
  await page
    .getByText(current?.sha256 ?? '')
    .first()
    .waitFor()
  await context.setOffline(true)
  await page.reload()
  await page
    .getByText(current?.sha256 ?? '')
    .first()
    .waitFor()
  await context.setOffline(false)
  expect(ines.troubles()).toEqual([])
})

test('hand-ins: nothing is handed in under the name of whoever signed in in another tab', async () => {
  const day = dayAfter(shownMonday(), 4)
  const assignment = { dueAt: momentOf(day, '18:00').toISOString(), late: true }
  const body = {
    ...{ uai: college.uai, kind: 'task', subject: 'Français', title: 'Lettre à un ami' },
    to: [{ group: classes.sixA, day, assignment }],
  }
  const set = await accepted((await fixture.valmont.as('helene')).ask(workContract.routes.set, { body }))
  const piece: string = set.body.items[0].id
  const sophie = await fixture.visit('sophie', { width: 360, height: 740 })
  sophie.expect(/status of 403/)
  const { page, context } = sophie
  await page.goto(`/notebook/hand-in/${piece}?of=${idOf('ines')}`)
  await page.getByLabel('Votre travail').fill('Cher Tom,')
  // On a tablet that is shared, the pupil may hand it in as well: the API would take it.
  const own = await context.cookies()
  await context.addCookies(await ines.context.cookies())
  const refused = page.waitForResponse(reply => reply.request().method() === 'PUT' && reply.status() === 403)
  await page.getByRole('button', { name: 'Rendre' }).click()
  await refused
  await page.getByRole('heading', { name: /^Fait à/ }).waitFor()
  expect((await collected(piece)).versions).toBe(0)
  await context.addCookies(own)
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await page.getByText('Ce reçu reste').waitFor()
  expect((await collected(piece)).current?.by).toMatchObject({ id: idOf('sophie'), as: 'guardian' })
  expect(sophie.troubles()).toEqual([])
  await sophie.close()
})

test('hand-ins: every comment stands at the pupil who was on the screen, with slow replies in any order', async () => {
  const { page } = helene
  const piece = pieceOf(assignmentTitles.handedIn)
  let held = 0
  await page.route('**/note', async route => {
    held += 1
    // Of each pair the second goes first.
    await new Promise(resolve => setTimeout(resolve, held % 2 === 1 ? 1_500 : 100))
    await route.continue()
  })
  await page.goto(`/notebook/collected/${piece}`)
  const names: string[] = []
  const pupils = page.getByRole('navigation', { name: 'Élèves' }).getByRole('button')
  await pupils.first().click()
  const count = await pupils.count()
  for (let at = 0; at < count; at++) {
    const name = (await page.getByRole('heading', { level: 2 }).first().textContent()) ?? ''
    names.push(name)
    await page.getByLabel('Commentaire').fill(`Pour ${name}`)
    if (at < count - 1) {
      await page.keyboard.press('Control+Enter')
      await page.getByRole('heading', { level: 2, name }).waitFor({ state: 'detached' })
    }
  }
  expect(new Set(names).size).toBe(count)
  const teacher = await fixture.valmont.as('helene')
  await eventually(async () => {
    const { body } = await accepted(teacher.ask(workContract.routes.collected, { params: { piece } }))
    const said = body.items.map(({ familyName, note }: CollectedHandIn) => [familyName.toUpperCase(), note?.comment])
    return (
      said.every(([family, comment]: [string, string | undefined]) => comment?.startsWith(`Pour ${family}`)) ||
      undefined
    )
  })
  await page.unroute('**/note')
})

test('hand-ins: what a teacher gives back is read by the pupil, and by a guardian, and not before', async () => {
  const { page } = helene
  const piece = pieceOf(assignmentTitles.open)
  await page.goto(`/notebook/collected/${piece}?pupil=${idOf('ines')}`)
  await page.getByLabel('Note').fill('16/20')
  await page.getByText('Gardé', { exact: true }).waitFor()
  await ines.page.goto(`/notebook/hand-in/${piece}`)
  await ines.page.getByText('Ce reçu reste').waitFor()
  expect(await ines.page.getByText('16/20').count()).toBe(0)
  await page.getByRole('button', { name: 'Rendre cette copie' }).click()
  await page.getByText('1 copie rendue.').waitFor()
  await ines.page.reload()
  await ines.page.getByRole('heading', { name: '16/20' }).waitFor()
  const sophie = await fixture.visit('sophie', { width: 360 })
  await sophie.page.goto(`/notebook/hand-in/${piece}?of=${idOf('ines')}`)
  await sophie.page.getByRole('heading', { name: '16/20' }).waitFor()
  expect(await sophie.page.getByText('à la mer').count()).toBe(0)
  await sophie.close()
})

test('hand-ins: a teacher’s Home counts at once what was given back', async () => {
  const visit = await fixture.visit('helene')
  const { page } = visit
  await page.goto('/')
  const row = page.getByRole('listitem').filter({ hasText: assignmentTitles.handedIn })
  await row.getByText('1 à corriger').waitFor()
  await row.getByRole('link').click()
  await page.getByRole('button', { name: 'Rendre cette copie' }).click()
  await page.getByText('1 copie rendue.').waitFor()
  await page.getByRole('navigation', { name: 'Rubriques' }).getByRole('link', { name: 'Accueil' }).click()
  await row.getByText('Tout est corrigé').waitFor()
  await page.waitForLoadState('networkidle')
  expect(await row.getByText('à corriger').count()).toBe(0)
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('hand-ins: the pupil on the screen stays while the teacher types, whoever hands in or is given back', async () => {
  const { collected: list, set, sendHandIn, giveBack } = workContract.routes
  await fixture.valmont.importFolder(writeSister)
  const teacher = await fixture.valmont.as('helene')
  const day = dayAfter(shownMonday(), 4)
  const assignment = { dueAt: momentOf(day, '18:00').toISOString(), late: true }
  const body = {
    ...{ uai: college.uai, kind: 'task', subject: 'Français', title: 'Fable' },
    to: [{ group: classes.sixA, day, assignment }],
  }
  const piece: string = (await accepted(teacher.ask(set, { body }))).body.items[0].id
  const pupils = async (): Promise<CollectedHandIn[]> =>
    (await accepted(teacher.ask(list, { params: { piece } }))).body.items
  const sister = (await pupils()).find(({ givenName }) => givenName === 'Anna')?.id ?? ''
  const handIn = async (as: 'ines' | 'sophie', pupil: string) => {
    const at = new Date().toISOString()
    const params = { piece, pupil, version: timeId(new Date()) }
    await accepted(
      (await fixture.valmont.as(as)).ask(sendHandIn, { params, body: { text: 'Une fable.', at, sentAt: at } }),
    )
  }
  await handIn('ines', idOf('ines'))

  const visit = await fixture.visit('helene')
  const { page } = visit
  await page.clock.install()
  await page.goto(`/notebook/collected/${piece}`)
  const shown = page.getByRole('heading', { level: 2, name: 'MARCHAND Inès' })
  await shown.waitFor()
  const comment = page.getByLabel('Commentaire')
  /** Goes on until the list was read again. */
  const readAgain = async () => {
    const read = page.waitForResponse(reply => reply.url().endsWith(`/${piece}/hand-ins`))
    await page.clock.runFor(61_000)
    await read
  }
  await comment.pressSequentially('Un récit')
  await handIn('sophie', sister)
  await readAgain()
  await page.getByText('par Sophie').first().waitFor()
  await page.keyboard.type(' vivant')
  await page.clock.runFor(1_000)
  await expect.poll(async () => (await collected(piece)).note?.comment).toBe('Un récit vivant')

  const { current, note } = await collected(piece)
  const items = [{ pupil: idOf('ines'), version: current?.id, notedAt: note?.at }]
  expect((await accepted(teacher.ask(giveBack, { params: { piece }, body: { items } }))).body.returned).toHaveLength(1)
  await page.keyboard.type(' et')
  await readAgain()
  await page.getByRole('button', { name: 'Rendre cette copie' }).waitFor({ state: 'detached' })
  await page.keyboard.type(' drôle')
  await shown.waitFor()
  expect(await comment.inputValue()).toBe('Un récit vivant et drôle')
  await page.clock.runFor(1_000)
  await expect.poll(async () => (await collected(piece)).note?.comment).toBe('Un récit vivant et drôle')
  expect((await pupils()).find(({ id }) => id === sister)?.note).toBeUndefined()
  expect(visit.troubles()).toEqual([])
  await visit.close()
})
