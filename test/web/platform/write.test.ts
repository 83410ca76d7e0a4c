import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { resendLifetime } from '../../../shared/kernel/idempotency.ts'
import { sessionContract } from '../../../shared/session/contract.ts'
import { passwordContract } from '../../../shared/session/password-contract.ts'
import { me } from './fixture.ts'
import type { Asked } from './loopback.ts'
import { openSite } from './site.ts'

let site: Awaited<ReturnType<typeof openSite>>

beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

const { devices, me: read, renew, signOut, updateMe } = sessionContract.routes
const { changePassword } = passwordContract.routes
const isWrite = ({ method }: Asked) => method === 'PUT'

/** While it is true, the API takes writes and its answers are lost on the way. */
let isLost = true
let asked: Asked[] = []

beforeEach(() => {
  isLost = true
  asked = []
  site.answer(one => {
    asked.push(one)
    if (isWrite(one) && isLost) return 'broken'
    if (one.path === devices.path) return { status: 200, body: { items: [] } }
    if (one.method === signOut.method && one.path === signOut.path) return { status: 204 }
    if ([read, renew, updateMe, changePassword].some(({ path }) => path === one.path))
      return { status: 200, body: current }
    return { status: 200, body: { items: [] } }
  })
})

const current = { ...me, expiresAt: new Date(Date.now() + 3_600_000).toISOString() }

/** A page of my account for somebody signed in, on their own device or on a shared one. */
const open = async (personal: boolean): Promise<Page> => {
  const page = await site.visit()
  await page.goto('/sign-in')
  await page.evaluate(
    ([text = '', kind]) => (kind === 'personal' ? localStorage : sessionStorage).setItem('preau.me', text),
    [JSON.stringify({ me: current, personal }), personal ? 'personal' : 'shared'],
  )
  await page.goto('/account')
  return page
}

/** Saves an address, and gives the key that this was sent under. */
const save = async (page: Page, email: string, outcome: 'lost' | 'saved'): Promise<unknown> => {
  const before = asked.length
  await page.getByLabel(/^Adresse électronique/).fill(email)
  await page.getByRole('button', { name: 'Enregistrer l’adresse' }).click()
  await page
    .getByText(outcome === 'lost' ? 'Préau ne répond pas' : 'C’est enregistré')
    .first()
    .waitFor()
  const keys = new Set(
    asked
      .slice(before)
      .filter(isWrite)
      .map(({ headers }) => headers['idempotency-key']),
  )
  expect(keys.size, 'one key, however often it was sent').toBe(1)
  return [...keys][0]
}

describe('useWrite()', () => {
  it.each([
    ['one’s own device', true],
    ['a shared device', false],
  ])(
    'sends a write without an answer under its first key after a reload, on %s, until it is answered',
    async (_, personal) => {
      const page = await open(personal)
      const first = await save(page, 'lea@exemple.fr', 'lost')
      await page.reload()
      const other = await save(page, 'tom@exemple.fr', 'lost')
      expect(other).not.toBe(first)
      isLost = false
      await page.reload()
      expect(await save(page, 'lea@exemple.fr', 'saved')).toBe(first)
      await page.reload()
      expect(await save(page, 'lea@exemple.fr', 'saved')).not.toBe(first)
      await page.context().close()
    },
  )

  it('uses another key after `resendLifetime`', async () => {
    const page = await open(true)
    await page.clock.install()
    await page.reload()
    const first = await save(page, 'lea@exemple.fr', 'lost')
    await page.clock.setSystemTime(Date.now() + (resendLifetime + 60) * 1000)
    isLost = false
    expect(await save(page, 'lea@exemple.fr', 'saved')).not.toBe(first)
    await page.context().close()
  })

  it('deletes stored keys at sign-out', async () => {
    for (const personal of [true, false]) {
      const page = await open(personal)
      await save(page, 'lea@exemple.fr', 'lost')
      expect(await stored(page)).toContain('preau.keys')
      await page.getByRole('button', { name: 'Se déconnecter de cet appareil' }).click()
      await page.getByRole('heading', { name: 'Se connecter' }).waitFor()
      await expect.poll(() => stored(page)).not.toContain('preau.keys')
      await page.context().close()
    }
  })

  it('stores no key of a write with a password', async () => {
    const page = await open(true)
    await page.getByLabel('Mot de passe actuel').fill('quatre chevaux sans bride')
    await page.getByLabel('Nouveau mot de passe').fill('cinq vaches dans un champ')
    await page.getByRole('button', { name: 'Changer de mot de passe' }).click()
    await page.getByText('Préau ne répond pas').first().waitFor()
    expect(asked.filter(isWrite).length).toBeGreaterThan(0)
    expect(await stored(page)).not.toContain('preau.keys')
    await page.context().close()
  })
})

/** Names of all that the browser holds: IndexedDB and both storages. */
const stored = (page: Page): Promise<readonly string[]> =>
  page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const names = [...Object.keys(localStorage), ...Object.keys(sessionStorage)]
        const opening = indexedDB.open('preau')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const database = opening.result
          if (!database.objectStoreNames.contains('content')) return resolve(names)
          const reading = database.transaction('content').objectStore('content').getAllKeys()
          reading.onsuccess = () => {
            database.close()
            resolve([...names, ...reading.result.map(String)])
          }
        }
      }),
  )
