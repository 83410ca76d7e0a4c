import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSite } from './site.ts'

let site: Awaited<ReturnType<typeof openSite>>

beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

const [paper, slate] = ['rgb(251, 250, 247)', 'rgb(20, 25, 28)']

const open = async (page: Page) => {
  await page.goto('/sign-in')
  await page.getByRole('heading', { level: 1 }).waitFor()
}
const background = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
const spoken = (page: Page) => page.evaluate(() => [document.documentElement.lang, document.title])
/** Keeps something on the device before the app is opened. */
const keep = (page: Page, name: string, value: string) =>
  page.addInitScript(([key = '', text = '']) => localStorage.setItem(key, text), [name, value])

describe('the theme', () => {
  it.each([
    ['light', undefined, paper],
    ['dark', undefined, slate],
    ['light', 'dark', slate],
    ['dark', 'light', paper],
    ['dark', 'auto', slate],
    ['dark', 'sepia', slate],
  ] as const)('on a device set to %s with %s chosen has the paper %s', async (colorScheme, chosen, expected) => {
    const page = await site.visit({ colorScheme })
    if (chosen) await keep(page, 'preau.theme', chosen)
    await open(page)
    expect(await background(page)).toBe(expected)
  })

  it('follows the device as it changes', async () => {
    const page = await site.visit({ colorScheme: 'light' })
    await open(page)
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await background(page)).toBe(slate)
  })

  it('is light in print, whatever is chosen', async () => {
    const page = await site.visit({ colorScheme: 'dark' })
    await keep(page, 'preau.theme', 'dark')
    await open(page)
    await page.emulateMedia({ media: 'print' })
    expect(await background(page)).toBe(paper)
  })
})

describe('the language', () => {
  it.each([
    ['en-GB', ['en', 'Sign in · Préau']],
    ['fr-CA', ['fr', 'Se connecter · Préau']],
    ['de-DE', ['fr', 'Se connecter · Préau']],
  ])('is at first that of the browser, %s, where it is offered, else the territory’s', async (locale, expected) => {
    const page = await site.visit({ locale })
    await open(page)
    expect(await spoken(page)).toEqual(expected)
  })

  it('is the chosen one, at once and at the next visit', async () => {
    const page = await site.visit()
    await open(page)
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(await spoken(page)).toEqual(['en', 'Sign in · Préau'])
    await page.reload()
    await page.getByRole('button', { name: 'Français' }).waitFor()
    expect(await spoken(page)).toEqual(['en', 'Sign in · Préau'])
  })

  it('is the territory’s default where the stored one is not offered', async () => {
    const page = await site.visit()
    await keep(page, 'preau.language', 'de')
    await open(page)
    expect((await spoken(page))[0]).toBe('fr')
  })
})

describe('storage', () => {
  it.each(['closed', 'full'])('that is %s does not break the sign-in screen', async how => {
    const page = await site.visit()
    await page.addInitScript(fault => {
      const refuse = () => {
        throw new DOMException('refused', 'SecurityError')
      }
      if (fault === 'closed') Object.defineProperty(window, 'localStorage', { get: refuse })
      else Storage.prototype.setItem = refuse
    }, how)
    await open(page)
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
  })

  it('that is full can still be read', async () => {
    const page = await site.visit({ colorScheme: 'light' })
    await keep(page, 'preau.theme', 'dark')
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError')
      }
    })
    await open(page)
    expect(await background(page)).toBe(slate)
  })
})
