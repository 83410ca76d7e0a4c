import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { problem } from '../platform/loopback.ts'
import { openSite } from '../platform/site.ts'

let site: Awaited<ReturnType<typeof openSite>>

beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())
beforeEach(() => site.answer(() => problem('signed-out')))

const login = (page: Page) => page.getByLabel('Identifiant')
const password = (page: Page) => page.getByLabel('Mot de passe', { exact: true })
const enter = (page: Page) => page.getByRole('button', { name: 'Se connecter' })
const alert = (page: Page) => page.getByRole('alert')

/** The name, the state and what is wrong of what has the focus, as a screen reader is given them. */
const heard = async (page: Page) => {
  const focus = page.locator(':focus')
  return focus.evaluate(one => {
    const described = (one.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean)
    return {
      name: (one as HTMLInputElement).labels?.[0]?.textContent,
      invalid: one.getAttribute('aria-invalid'),
      error: document.getElementById(described[described.length - 1] ?? '')?.textContent,
    }
  })
}

/** Counts how often anything takes the focus from now on. */
const countFocus = (page: Page) =>
  page.evaluate(() => {
    document.documentElement.dataset.focused = '0'
    addEventListener('focusin', () => {
      const { dataset } = document.documentElement
      dataset.focused = String(Number(dataset.focused) + 1)
    })
  })

test('sign-in moves the focus to the first invalid field with its error, also if the focus was there', async () => {
  const page = await site.visit()
  await page.goto('/sign-in')
  await enter(page).click()
  const missing = { name: 'Identifiant', invalid: 'true', error: 'Saisissez votre identifiant.' }
  expect(await heard(page)).toEqual(missing)
  await countFocus(page)
  await page.keyboard.press('Enter')
  expect(await heard(page)).toEqual(missing)
  expect(await page.evaluate(() => document.documentElement.dataset.focused)).toBe('1')
  await page.keyboard.type('lea.martin')
  expect((await heard(page)).invalid).toBeNull()
  await page.keyboard.press('Enter')
  expect(await heard(page)).toMatchObject({ name: 'Mot de passe', error: 'Saisissez votre mot de passe.' })
  expect(site.asked.filter(({ method }) => method === 'POST')).toEqual([])
})

test('sign-in announces why it was refused, and selects the password to be typed again', async () => {
  const page = await site.visit()
  await page.goto('/sign-in')
  await login(page).fill('lea.martin')
  await password(page).fill('un mot de passe')
  site.answer(() => problem('wrong-credentials'))
  await enter(page).click()
  expect(await alert(page).textContent()).toBe('L’identifiant ou le mot de passe n’est pas le bon.')
  await page.keyboard.type('un autre')
  expect(await password(page).inputValue()).toBe('un autre')
})

test('sign-in counts a wait down visibly, announces its beginning and end only, and then can be sent again', async () => {
  const page = await site.visit()
  await page.clock.install()
  await page.goto('/sign-in')
  await login(page).fill('lea.martin')
  await password(page).fill('un mot de passe')
  site.answer(() => problem('too-many-attempts', { 'retry-after': '95' }))
  await enter(page).click()
  const [shown, read] = [
    alert(page).locator('[aria-hidden=true]:not(svg)'),
    alert(page).locator('span:not([aria-hidden])'),
  ]
  await shown.waitFor()
  expect(await shown.textContent()).toBe('Trop d’essais. Vous pourrez recommencer dans 2 minutes.')
  const said = await read.textContent()
  expect(said).toBe('Trop d’essais. Vous pourrez recommencer dans 2 minutes.')
  await page.clock.runFor(65_000)
  expect(await shown.textContent()).toBe('Trop d’essais. Vous pourrez recommencer dans 30 secondes.')
  expect(await read.textContent(), 'nothing is read out as it is counted').toBe(said)
  // Reads of what is published go on beside it.
  const sent = () => site.asked.filter(({ method }) => method === 'POST')
  const before = sent()
  await password(page).press('Enter')
  expect(sent(), 'nothing is sent meanwhile').toEqual(before)
  await page.clock.runFor(31_000)
  expect(await alert(page).textContent()).toBe('Vous pouvez recommencer.')
  site.answer(() => problem('wrong-credentials'))
  await enter(page).click()
  await alert(page).getByText('n’est pas le bon').waitFor()
})

test('sign-in says what to do after too many attempts without Retry-After', async () => {
  const page = await site.visit()
  await page.goto('/sign-in')
  await login(page).fill('lea.martin')
  await password(page).fill('un mot de passe')
  site.answer(() => problem('too-many-attempts'))
  await enter(page).click()
  expect(await alert(page).textContent()).toBe('Trop d’essais. Patientez un peu avant de recommencer.')
})

test('activation fills in the login from the sheet’s address and no code, removes it from there, and leads through invalid fields', async () => {
  const page = await site.visit()
  await page.goto('/activate#login=lea.martin&code=k7pq-2m9x-w4td')
  const activate = page.getByRole('button', { name: 'Activer et entrer' })
  await activate.waitFor()
  expect([await login(page).inputValue(), await page.getByLabel('Code d’activation').inputValue()]).toEqual([
    'lea.martin',
    '',
  ])
  expect(new URL(page.url()).hash).toBe('')
  await page.getByLabel('Code d’activation').fill('k7pq 2m9x w4td')
  expect(site.asked.filter(({ path }) => path.includes('lea.martin'))).toEqual([])
  await activate.click()
  expect(await heard(page)).toMatchObject({ invalid: 'true', error: 'Il faut au moins 12 caractères.' })
  await page.keyboard.type('motdepasse1234')
  await activate.click()
  expect(await heard(page)).toMatchObject({ error: 'Facile à deviner\u00a0: c’est parmi les premiers que l’on essaie' })
  await page.locator(':focus').fill('quatre chevaux sans bride')
  await page.getByLabel(/^Adresse électronique/).fill('lea')
  await activate.click()
  expect(await heard(page)).toMatchObject({
    invalid: 'true',
    error: 'Cette adresse est incomplète. Exemple\u00a0: prenom@exemple.fr',
  })
  await page.locator(':focus').fill('')
  site.answer(() => problem('wrong-code'))
  await activate.click()
  await alert(page).getByText('le code a expiré').waitFor()
})
