import { afterAll, beforeAll, expect, test } from 'vitest'
import { momentOf } from '../../shared/kernel/territory-day.ts'
import { workContract } from '../../shared/work/contract.ts'
import { dayAfter, weekOf } from '../../shared/work/rules.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { setWork, shownMonday } from '../support/valmont-work.ts'
import { type Fixture, openFixture } from './fixture.ts'

/* The territory is in Paris. Its people travel, and some devices are set to another time zone. */

let fixture: Fixture
const day = dayAfter(shownMonday(), 3)
/** Of the next April: in summer time, whatever today is. */
const april = `${Number(shownMonday().slice(0, 4)) + (shownMonday().slice(5) < '04-01' ? 0 : 1)}-04-06`
const [title, said] = ['Rédaction de loin', /heure d’Europe centrale/]

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  await setWork(fixture.valmont)
})
afterAll(() => fixture?.close())

const own = async () => {
  const teacher = await fixture.valmont.as('helene')
  const { body } = await accepted(teacher.ask(workContract.routes.mine, { query: { week: weekOf(day) } }))
  return body.items.find((one: { title: string }) => one.title === title)
}

test('time zones: 18:00 typed in Nouméa is 18:00 of Paris, in winter and after the change to summer time', async () => {
  const { page, close, troubles } = await fixture.visit('helene', { zone: 'Pacific/Noumea', width: 360 })
  await page.goto('/notebook/set')
  await page.getByText(said).first().waitFor()
  // The subject is the one written before, once the notebooks are there.
  await expect.poll(() => page.getByLabel('Matière').inputValue()).not.toBe('')
  await page.getByLabel('Quoi').fill(title)
  await page.getByRole('checkbox', { name: 'Ce travail est à rendre' }).check()
  await page.getByLabel('À rendre avant').fill('18:00')
  await page.getByLabel('Plus rien à partir du').fill(`${april}T18:00`)
  await page.getByRole('checkbox', { name: '6e A' }).check()
  await page.getByLabel('Jour pour la 6e A').fill(day)
  await page.getByRole('button', { name: 'Donner à 1 classe' }).click()
  await page.getByRole('link', { name: new RegExp(title) }).waitFor()
  const piece = await own()
  expect(piece.assignment).toMatchObject({
    dueAt: momentOf(day, '18:00').toISOString(),
    closesAt: `${april}T16:00:00.000Z`,
  })
  expect(troubles()).toEqual([])
  await close()
})

test('time zones: a pupil in Guadeloupe and their teacher anywhere read the same hours and days', async () => {
  const { page, close } = await fixture.visit('ines', { zone: 'America/Guadeloupe', width: 360 })
  await page.goto('/notebook')
  await page.getByText(said).first().waitFor()
  const row = page.getByRole('listitem').filter({ hasText: title })
  await row.getByText(/à rendre .*18\sh/).waitFor()
  await close()
  const { id } = await own()
  for (const zone of ['America/Guadeloupe', 'Asia/Tokyo']) {
    const teacher = await fixture.visit('helene', { zone })
    await teacher.page.goto(`/notebook/set/${id}`)
    expect(await teacher.page.getByLabel('À rendre avant').inputValue()).toBe('18:00')
    expect(await teacher.page.getByLabel('Plus rien à partir du').inputValue()).toBe(`${april}T18:00`)
    expect(await teacher.page.getByLabel('Jour pour la 6e A').inputValue()).toBe(day)
    await teacher.close()
  }
})

test('time zones: a device whose clock shows the hours of Paris is told nothing', async () => {
  for (const zone of ['Europe/Paris', 'Europe/Brussels']) {
    const { page, close } = await fixture.visit('ines', { zone })
    await page.goto('/notebook')
    await page.getByRole('listitem').filter({ hasText: title }).waitFor()
    expect(await page.getByText(said).count()).toBe(0)
    await close()
  }
})
