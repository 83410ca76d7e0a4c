import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayIn } from '../../shared/kernel/territory-day.ts'
import { workContract } from '../../shared/work/contract.ts'
import { dayAfter } from '../../shared/work/rules.ts'
import type { Tick } from '../../shared/work/shapes.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { writeDevice } from '../support/device-stores.ts'
import { eventually } from '../support/http.ts'
import { classes, college, ecole, idOf } from '../support/valmont.ts'
import { setWork, shownMonday, workTitles } from '../support/valmont-work.ts'
import { violations } from './axe.ts'
import { type Fixture, openFixture, type Visit } from './fixture.ts'
import { storedContent } from './stored-content.ts'

let fixture: Fixture
let helene: Visit
let ines: Visit
let ids: ReadonlyMap<string, string>

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  ids = await setWork(fixture.valmont)
  helene = await fixture.visit('helene')
  ines = await fixture.visit('ines', { width: 360 })
})
afterAll(() => fixture?.close())

const row = ({ page }: Visit, title: string) => page.getByRole('listitem').filter({ hasText: title })
const tickOf = ({ page }: Visit, title: string) => page.getByRole('checkbox', { name: `Fait : ${title}` })

/** Whether the API has a tick of Inès's, by the title of its task. */
const hasTick = async (piece: string | undefined) => {
  const visitor = await fixture.valmont.as('ines')
  const { body } = await accepted(visitor.ask(workContract.routes.state, { query: {} }))
  return body.items[0].ticks.some((one: Tick) => one.done && one.piece === piece) as boolean
}
const give = async (title: string): Promise<string> => {
  const to = [{ group: classes.sixA, day: dayAfter(shownMonday(), 3) }]
  const body = { uai: college.uai, kind: 'task', subject: 'Français', title, to }
  const set = await accepted((await fixture.valmont.as('helene')).ask(workContract.routes.set, { body }))
  return set.body.items[0].id
}

test('work: a teacher sets a task for a class, and its pupil sees it on the open screen', async () => {
  await ines.page.goto('/notebook')
  await row(ines, workTitles.exercises).waitFor()
  const { page } = helene
  await page.goto('/notebook')
  await page.getByRole('link', { name: 'Donner du travail' }).click()
  // The subject is the one written before.
  await page.getByLabel('Quoi').fill('Apprendre la leçon 7')
  await page.getByRole('button', { name: 'Donner' }).click()
  await page.getByText('Choisissez au moins une classe.').waitFor()
  await page.getByRole('checkbox', { name: '6e A' }).check()
  await page.getByLabel('Jour pour la 6e A').fill(dayAfter(shownMonday(), 3))
  await page.getByText('déjà 40 min, avec les vôtres 40 min').waitFor()
  await page.getByRole('button', { name: 'Donner à 1 classe' }).click()
  await page.getByRole('link', { name: /Apprendre la leçon 7/ }).waitFor()
  await row(ines, 'Apprendre la leçon 7').waitFor({ timeout: 30_000 })
})

test('work: a tick made without a network stays over a reload, says that it waits, and is sent once there is one', async () => {
  const { page, context } = ines
  await page.goto('/notebook')
  await row(ines, workTitles.exercises).waitFor()
  ines.expect(/ERR_INTERNET_DISCONNECTED|Failed to load resource/)
  await context.setOffline(true)
  await tickOf(ines, workTitles.exercises).check()
  await row(ines, workTitles.exercises).getByText('En attente du réseau').waitFor()
  await page.reload()
  await row(ines, workTitles.exercises).waitFor()
  await expect.poll(() => tickOf(ines, workTitles.exercises).isChecked()).toBe(true)
  await context.setOffline(false)
  await eventually(async () => (await hasTick(ids.get(workTitles.exercises))) || undefined)
  await row(ines, workTitles.exercises).getByText('En attente du réseau').waitFor({ state: 'detached' })
})

test('work: a tick that the API does not take stays until its pupil has seen to it', async () => {
  const { page, context } = ines
  const piece = await give('Exercice à retirer')
  await page.goto('/notebook')
  await row(ines, 'Exercice à retirer').waitFor({ timeout: 30_000 })
  await context.setOffline(true)
  await tickOf(ines, 'Exercice à retirer').check()
  await row(ines, 'Exercice à retirer').getByText('En attente du réseau').waitFor()
  const helena = await fixture.valmont.as('helene')
  await accepted(helena.ask(workContract.routes.remove, { params: { piece } }))
  await context.setOffline(false)
  const told = page.getByRole('alert').filter({ hasText: 'Exercice à retirer' }).first()
  await told.getByText('retiré entre-temps').waitFor()
  // What was made after it is not held up.
  await tickOf(ines, workTitles.exercises).uncheck()
  await eventually(async () => !(await hasTick(ids.get(workTitles.exercises))) || undefined)
  await page.reload()
  await told.getByRole('button', { name: 'Ne plus envoyer' }).click()
  await told.waitFor({ state: 'detached' })
})

test('work: ticks that an earlier version of the app had not sent are taken over, and sent once', async () => {
  const { page } = ines
  const [unsent, sent] = [await give('Coché avant'), await give('Envoyé avant')]
  const at = new Date(Date.now() - 20 * 86_400_000).toISOString()
  // As the version before the outbox stored them, older than it took what was stored.
  const former = { key: ['work', 'ticked-here'], at: Date.parse(at) }
  const ticks = [
    { piece: unsent, done: true, at, isSent: false },
    { piece: sent, done: true, at, isSent: true },
  ]
  await page.goto('/about')
  const content = {
    person: idOf('ines'),
    shapes: 'of another version',
    at: former.at,
    reads: [{ ...former, data: ticks }],
  }
  await writeDevice(page, { local: {}, databases: { preau: [['content', content]] } })
  const asked: string[] = []
  const { path } = workContract.routes.tick
  page.on('request', request => request.url().endsWith(path) && asked.push(request.postData() ?? ''))
  await page.goto('/account')
  await eventually(async () => (await hasTick(unsent)) || undefined)
  expect(asked.filter(body => body.includes(unsent))).toHaveLength(1)
  expect(asked.filter(body => body.includes(sent))).toHaveLength(0)
  await page.goto('/notebook')
  await expect.poll(() => tickOf(ines, 'Coché avant').isChecked()).toBe(true)
  await expect.poll(() => storedContent(page)).not.toContain('ticked-here')
})

test('work: a teacher sees who ticked, takes a piece back and brings it back', async () => {
  const { page } = helene
  await page.goto(`/notebook/${ids.get(workTitles.tables)}`)
  await page.getByText('MARCHAND Inès').waitFor()
  await page.getByRole('button', { name: 'Retirer' }).click()
  await page.getByText('Retiré. 1 élève l’avait coché.').waitFor()
  await page.getByRole('button', { name: 'Annuler' }).click()
  await page.getByText('Remis, avec ce qui était coché.').waitFor()
  await page.getByText('MARCHAND Inès').waitFor()
})

test('work: an edit moves a piece to another day', async () => {
  const { page } = helene
  await page.goto(`/notebook/set/${ids.get(workTitles.tables)}`)
  await page.getByLabel('Quoi').fill('Tables de 7, 8 et 9')
  await page.getByLabel('Jour pour la 6e A').fill(dayAfter(shownMonday(), 4))
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await page.waitForURL(/\/notebook\/[a-z0-9]{22}$/)
  await page.getByRole('heading', { name: 'Tables de 7, 8 et 9' }).waitFor()
})

test('work: a teacher sets a piece again for another day, with all but its day', async () => {
  const { page } = helene
  await page.goto(`/notebook/${ids.get(workTitles.exercises)}`)
  await page.getByRole('link', { name: 'Donner aussi' }).click()
  await expect.poll(() => page.getByLabel('Quoi').inputValue()).toBe(workTitles.exercises)
  expect(await page.getByRole('checkbox', { name: '6e A' }).isChecked()).toBe(false)
  await page.getByRole('checkbox', { name: '6e A' }).check()
  const day = dayAfter(shownMonday(), 9)
  await page.getByLabel('Jour pour la 6e A').fill(day)
  await page.getByRole('button', { name: 'Donner à 1 classe' }).click()
  await page.waitForURL(new RegExp(`week=${day}`))
  await row(helene, workTitles.exercises).click()
  await page.getByText('Posez les calculs.').waitFor()
  // A year before, there is nothing of hers.
  await page.goto('/notebook')
  await page.getByRole('link', { name: 'La même semaine, un an avant' }).click()
  await page.getByText('Vous n’avez rien noté').waitFor()
})

test('work: weeks before those of the board are asked for, and never said to be empty before', async () => {
  const teacher = await fixture.valmont.as('helene')
  const monday = dayAfter(shownMonday(), -28)
  const days = Array.from({ length: 25 }, (_, at) => dayAfter(monday, at % 5))
  for (const [at, day] of days.entries())
    await accepted(
      teacher.ask(workContract.routes.set, {
        body: {
          uai: college.uai,
          kind: 'task',
          subject: 'Histoire',
          title: `Ancien ${at}`,
          to: [{ group: classes.sixA, day }],
        },
      }),
    )
  const { page } = await fixture.visit('ines', { width: 360 })
  await eventually(async () => {
    await page.goto(`/notebook?week=${monday}`)
    await page.getByRole('heading', { level: 2 }).or(page.getByText('Rien n’est noté')).first().waitFor()
    return (await page.getByText(/^Ancien \d+$/).count()) === 25 || undefined
  })
})

test('work: a guardian finds the work of two children without a tap, without ticks of their own', async () => {
  const sophie = await fixture.visit('sophie', { width: 360 })
  await sophie.page.goto('/notebook')
  await row(sophie, workTitles.poem).waitFor()
  await sophie.page
    .getByRole('heading', { name: /^Jules/ })
    .first()
    .waitFor()
  expect(await sophie.page.getByRole('checkbox').count()).toBe(0)
  expect(sophie.troubles()).toEqual([])
})

test('work: a pupil keeps a task of their own, and removes it', async () => {
  const { page } = ines
  await page.goto('/notebook')
  await page.getByRole('button', { name: 'Ajouter une tâche pour moi' }).click()
  await page.getByLabel('Quoi').fill('Rapporter le livre à Zoé')
  await page.getByLabel('Pour quel jour').fill(dayAfter(shownMonday(), 7))
  // A page that is left in the same instant may not have stored it yet.
  const taken = page.waitForResponse(response => response.url().includes('/api/work/tasks/'))
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await taken
  await page.goto(`/notebook?week=${dayAfter(shownMonday(), 7)}`)
  await tickOf(ines, 'Rapporter le livre à Zoé').check()
  await page.getByRole('button', { name: /^Supprimer cette tâche/ }).click()
  await page.getByText('Tâche supprimée.').waitFor()
  await row(ines, 'Rapporter le livre à Zoé').waitFor({ state: 'detached' })
})

test('home: what each child has to do next stands there without a tap, and a pupil ticks it there', async () => {
  const { set } = workContract.routes
  const tomorrow = dayAfter(dayIn(new Date()), 1)
  const give = async (by: 'helene' | 'elodie', of: { uai: string; group: string }, piece: object, more = {}) => {
    const body = { kind: 'task', uai: of.uai, to: [{ group: of.group, day: tomorrow, ...more }], ...piece }
    const reply = await accepted((await fixture.valmont.as(by)).ask(set, { body }))
    return reply.body.items[0].id as string
  }
  const sixA = { uai: college.uai, group: classes.sixA }
  const chapter = await give('helene', sixA, { subject: 'Français', title: 'Lire le chapitre 3', minutes: 15 })
  const assignment = { dueAt: `${tomorrow}T16:00:00.000Z`, late: true }
  await give('helene', sixA, { subject: 'Français', title: 'Rédaction : un souvenir' }, { assignment })
  await give('elodie', { uai: ecole.uai, group: classes.cm1 }, { subject: 'Français', title: 'Dictée : les accords' })

  const card = ({ page }: Visit, name: string) =>
    page.getByRole('article').filter({ hasText: new RegExp(`^[A-Z]?${name}`) })
  const before = await fixture.visit('sophie', { width: 360, height: 740 })
  await before.page.goto('/')
  await card(before, 'Inès').getByText('Lire le chapitre 3').waitFor()
  await card(before, 'Inès').getByText('15 min').first().waitFor()
  await card(before, 'Inès')
    .getByText(/à rendre/)
    .waitFor()
  await card(before, 'Jules').getByText('Dictée : les accords').waitFor()
  expect(await card(before, 'Jules').getByText('Lire le chapitre 3').count()).toBe(0)
  expect(await violations(before.page)).toEqual([])

  await ines.page.goto('/')
  await ines.page.getByRole('heading', { level: 2, name: /^Demain/ }).waitFor()
  await tickOf(ines, 'Lire le chapitre 3').check()
  expect(await violations(ines.page)).toEqual([])
  const visitor = await fixture.valmont.as('ines')
  // The stream makes the list that a guardian reads.
  await eventually(async () => {
    const { body } = await accepted(visitor.ask(workContract.routes.state, { query: {} }))
    return (
      body.items[0].ticks.some(({ piece, done }: { piece: string; done: boolean }) => done && piece === chapter) ||
      undefined
    )
  })

  const after = await fixture.visit('sophie', { width: 360, height: 740 })
  await after.page.goto('/')
  await card(after, 'Inès').getByText('1 fait').waitFor()
  expect(await card(after, 'Inès').getByText('Lire le chapitre 3').count()).toBe(0)
  await card(after, 'Inès')
    .getByRole('link', { name: /Rédaction/ })
    .click()
  await after.page.waitForURL(/\/notebook\/hand-in\/.*of=/)
  expect([...before.troubles(), ...after.troubles()]).toEqual([])
})
