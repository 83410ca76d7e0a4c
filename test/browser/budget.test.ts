import { afterAll, beforeAll, expect, test } from 'vitest'
import { workContract } from '../../shared/work/contract.ts'
import { dayAfter, weekOf } from '../../shared/work/rules.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { classes, college } from '../support/valmont.ts'
import { setWork, shownMonday } from '../support/valmont-work.ts'
import { violations } from './axe.ts'
import { type Fixture, openFixture, type Visit } from './fixture.ts'

/* 6e A has 40 minutes on Thursday: 10 of mathematics, 30 of science. */

let fixture: Fixture
let marc: Visit
let helene: Visit
const [thursday, friday] = [dayAfter(shownMonday(), 3), dayAfter(shownMonday(), 4)]

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  await setWork(fixture.valmont)
  marc = await fixture.visit('marc', { width: 360 })
  helene = await fixture.visit('helene')
})
afterAll(() => fixture?.close())

/** What Hélène set for a day of the week, by the API. */
const titlesOn = async (day: string): Promise<string[]> => {
  const teacher = await fixture.valmont.as('helene')
  const { body } = await accepted(teacher.ask(workContract.routes.mine, { query: { week: weekOf(day) } }))
  return body.items.filter((one: { day: string }) => one.day === day).map((one: { title: string }) => one.title)
}

const fill = async ({ page }: Visit, title: string, day: string) => {
  await page.goto('/notebook/set')
  // The subject is the one written before, once the notebooks are there.
  await expect.poll(() => page.getByLabel('Matière').inputValue()).not.toBe('')
  await page.getByLabel('Quoi').fill(title)
  await page.getByLabel('Durée en minutes').fill('20')
  await page.getByRole('checkbox', { name: '6e A' }).check()
  await page.getByLabel('Jour pour la 6e A').fill(day)
}

test('budget: a head sets it from Home, and is told that no class passes it', async () => {
  const { page } = marc
  await page.goto('/')
  await page.getByRole('link', { name: /Temps de travail par jour/ }).click()
  await page.getByText('Pas de limite pour l’instant').waitFor()
  await page.getByLabel(/Minutes de travail par jour/).fill('0')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await page.getByText(/C’est un nombre de 1 à 600/).waitFor()
  await page.getByLabel(/Minutes de travail par jour/).fill('45')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await page.getByText('Aucune classe n’a trop de travail').waitFor()
  await page.getByText('Qui l’a fixé').click()
  await page.getByText(/^Marc Vasseur, /).waitFor()
  expect(await violations(page)).toEqual([])
})

test('budget: a teacher who passes it is told the figures and sets the work by a second click', async () => {
  const { page } = helene
  await fill(helene, 'Problèmes 1 à 3', thursday)
  await page.getByText('avec les vôtres 60 min, trop : 45 min au plus').waitFor()
  await page.getByRole('button', { name: 'Donner à 1 classe' }).click()
  await page.getByText('C’est plus que ce que l’établissement prévoit pour un jour').waitFor()
  await page.getByText(/^6e A, .*\s:\s60\smin, pour 45\smin au plus$/).waitFor()
  expect(await violations(page)).toEqual([])
  expect(await titlesOn(thursday)).not.toContain('Problèmes 1 à 3')
  // Another day has room: what was told is over.
  await page.getByLabel('Jour pour la 6e A').fill(friday)
  await page.getByText('C’est plus que').waitFor({ state: 'detached' })
  await page.getByLabel('Jour pour la 6e A').fill(thursday)
  await page.getByRole('button', { name: 'Donner quand même' }).click()
  await page.getByRole('link', { name: /Problèmes 1 à 3/ }).waitFor()
  expect(await titlesOn(thursday)).toContain('Problèmes 1 à 3')
})

test('budget: what a colleague set since is told by the API, and one click more sets the work', async () => {
  const { page } = helene
  await fill(helene, 'Une figure', friday)
  await page.getByText('rien d’autre ce jour-là').waitFor()
  helene.expect(/status of 422|Failed to load resource|ERR_FAILED/)
  await page.route('**/boards/**', route => route.abort())
  const body = {
    ...{ uai: college.uai, kind: 'task', subject: 'Français', title: 'Lire', minutes: 30 },
    to: [{ group: classes.sixA, day: friday }],
  }
  await accepted((await fixture.valmont.as('helene')).ask(workContract.routes.set, { body }))
  await expect
    .poll(async () => {
      const teacher = await fixture.valmont.as('helene')
      const probe = { ...body, title: 'Essai', minutes: 20 }
      return (await teacher.ask(workContract.routes.set, { body: probe })).status
    })
    .toBe(422)
  await page.getByRole('button', { name: 'Donner à 1 classe' }).click()
  await page.getByText(/^6e A, .*\s:\s\d+\smin, pour 45\smin au plus$/).waitFor()
  await page.getByRole('button', { name: 'Donner quand même' }).click()
  await page.waitForURL(/\/notebook\?week=/)
  expect(await titlesOn(friday)).toContain('Une figure')
  await page.unroute('**/boards/**')
})

test('budget: the head sees the days that pass it, with subjects and minutes', async () => {
  const { page } = marc
  const row = page.getByRole('listitem').filter({ hasText: '6e A : 60 min' })
  await expect
    .poll(async () => {
      await page.goto('/notebook/budget')
      await page.getByRole('heading', { name: 'Jours dépassés' }).waitFor()
      return row.count()
    })
    .toBe(1)
  await row.getByText('Mathématiques 10 min · Mathématiques 20 min · Sciences et technologie 30 min').waitFor()
  expect(await violations(page)).toEqual([])
  expect([...marc.troubles(), ...helene.troubles()]).toEqual([])
})
