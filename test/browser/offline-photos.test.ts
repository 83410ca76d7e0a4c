import { createHash } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { documentsContract } from '../../shared/documents/contract.ts'
import { workContract } from '../../shared/work/contract.ts'
import type { HandIn } from '../../shared/work/hand-in.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { eventually } from '../support/http.ts'
import { password } from '../support/populate.ts'
import { timeoutMs } from '../support/timeout.ts'
import { idOf } from '../support/valmont.ts'
import { violations } from './axe.ts'
import { type Fixture, openFixture, type Visit } from './fixture.ts'
import { homeOf } from './home.ts'
import { pupilWork } from './pupil-work.ts'

/* Photos that are chosen for a hand-in without a network, or where the device cannot keep them. */

let fixture: Fixture
let ines: Visit
let api: Awaited<ReturnType<typeof pupilWork>>

/** Photos of an exercise book: JPEGs whose bytes differ, sent as they are. */
let photos: readonly { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }[]

const photo = async (page: Page, at: number) => {
  const base64 = await page.evaluate(hue => {
    const canvas = document.createElement('canvas')
    canvas.width = 300
    canvas.height = 400
    const context = canvas.getContext('2d') as CanvasRenderingContext2D
    context.fillStyle = `hsl(${hue * 100} 60% 50%)`
    context.fillRect(0, 0, 300, 400)
    return canvas.toDataURL('image/jpeg', 0.9).replace(/^[^,]*,/, '')
  }, at)
  return { name: `Page ${at}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') }
}

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  api = await pupilWork(fixture)
  await fixture.valmont.as('karim')
  ines = await fixture.visit('ines', { width: 360, height: 740 })
  ines.expect(/ERR_INTERNET_DISCONNECTED|Failed to load resource|another host: \S+\/documents\/[0-9a-z]{22}\?/)
  await ines.page.goto('/account')
  await ines.page.evaluate(() => localStorage.setItem('preau.photos', 'original'))
  photos = await Promise.all([1, 2, 3].map(at => photo(ines.page, at)))
})
afterAll(() => fixture?.close())

const choose = async (page: Page, files: typeof photos) => {
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Joindre un fichier' }).click()
  await (await choosing).setFiles([...files])
}
const handIn = (page: Page) => page.getByRole('button', { name: 'Rendre', exact: true }).click()
const waitingFiles = (page: Page) =>
  page.getByRole('list', { name: 'Fichiers rendus' }).getByRole('listitem').filter({ hasText: 'En attente du réseau' })
const chosenFiles = (page: Page) => page.getByRole('list', { name: 'Fichiers choisis' }).getByRole('listitem')
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** What Inès handed in, as her teacher reads it. */
const readByTeacher = async (piece: string): Promise<HandIn['versions']> => {
  const params = { piece, pupil: idOf('ines') }
  return (await accepted(api.teacher.ask(workContract.routes.handIn, { params }))).body.versions
}
const documentsOfInes = async (): Promise<string[]> => {
  const asked = api.pupil.ask(documentsContract.routes.list, { params: { space: 'mine' }, query: {} })
  return (await accepted(asked)).body.items.map(({ name }: { name: string }) => name)
}

/** What this device holds of files: names, and how many bytes. */
const filesOn = (page: Page): Promise<{ readonly names: string[]; readonly bytes: number[] }> =>
  page.evaluate(async () => {
    const done = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const database = await done(indexedDB.open('preau-files'))
    const values: unknown[] = await done(database.transaction('content').objectStore('content').getAll())
    database.close()
    return {
      names: values.flatMap(one => (one instanceof ArrayBuffer ? [] : [(one as { name: string }).name])),
      bytes: values.flatMap(one => (one instanceof ArrayBuffer ? [one.byteLength] : [])),
    }
  })

test('three photos handed in without a network outlive reloads, and are one version for the teacher, byte-equal', async () => {
  const { page, context } = ines
  const piece = await api.give('Croquis de la cour', true)
  await page.goto(`/notebook/hand-in/${piece}`)
  await page.getByRole('button', { name: 'Joindre un fichier' }).waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready)
  await context.setOffline(true)
  await choose(page, photos)
  await expect.poll(() => chosenFiles(page).filter({ hasText: 'En attente du réseau' }).count()).toBe(3)
  await expect.poll(async () => (await filesOn(page)).bytes.length).toBe(3)
  // Not handed in yet: they are there again after a reload.
  await page.reload()
  await expect.poll(() => chosenFiles(page).filter({ hasText: 'En attente du réseau' }).count()).toBe(3)
  await handIn(page)
  await page.getByText('rien ne se perd').waitFor()
  const handedIn = new Date().toISOString()
  await page.reload()
  await expect.poll(() => waitingFiles(page).count()).toBe(3)
  const other = await context.newPage()
  await other.goto('/')
  await other.getByText('1 envoi attend le réseau').waitFor()
  await new Promise(resolve => setTimeout(resolve, 2_500))
  await context.setOffline(false)
  await page.getByRole('region', { name: 'Reçu' }).waitFor({ timeout: timeoutMs(6) })
  for (const { name } of photos) await page.getByRole('region', { name: 'Reçu' }).getByText(name).waitFor()
  const versions = await readByTeacher(piece)
  expect(versions).toHaveLength(1)
  expect(versions[0]?.files?.map(one => [one.name, one.length, one.sha256])).toEqual(
    photos.map(({ name, buffer }) => [name, buffer.length, sha256(buffer)]),
  )
  // What counts is when the button was touched.
  expect((versions[0]?.at ?? '') <= handedIn).toBe(true)
  // Each is one document, whatever tabs there were.
  expect((await documentsOfInes()).filter(name => name.startsWith('Page')).sort()).toEqual(
    photos.map(({ name }) => name),
  )
  await expect.poll(async () => (await filesOn(page)).bytes).toEqual([])
  await eventually(async () => (await filesOn(page)).names.length === 0 || undefined)
  await other.close()
})

test('a photo that is removed from what is to be handed in is gone from the device', async () => {
  const { page, context } = ines
  const piece = await api.give('Plan de la classe', true)
  await page.goto(`/notebook/hand-in/${piece}`)
  await page.getByRole('button', { name: 'Joindre un fichier' }).waitFor()
  await context.setOffline(true)
  await choose(page, photos)
  await expect.poll(() => chosenFiles(page).count()).toBe(3)
  // Its session of the debugger ends what the browser was told of the network.
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Retirer Page 2.jpg' }).click()
  await expect.poll(async () => (await filesOn(page)).names.sort()).toEqual(['Page 1.jpg', 'Page 3.jpg'])
  await page.reload()
  await expect.poll(() => chosenFiles(page).count()).toBe(2)
  for (const name of ['Page 1.jpg', 'Page 3.jpg']) await page.getByRole('button', { name: `Retirer ${name}` }).click()
  await expect.poll(async () => (await filesOn(page)).names).toEqual([])
  await context.setOffline(false)
})

const signIn = async (page: Page, who: 'ines' | 'karim', givenName: string) => {
  await page.getByLabel('Identifiant').fill(fixture.valmont.credentials(who).login)
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await homeOf(page, givenName).waitFor()
}
const signOut = async (page: Page) => {
  await page.goto('/account')
  await page.getByRole('button', { name: 'Se déconnecter de cet appareil' }).click()
  await page.getByLabel('Identifiant').waitFor()
}

test('on a shared device what was handed in waits for its author alone, and what was only chosen goes with the session', async () => {
  const [handed, chosen] = [await api.give('Herbier', true), await api.give('Carte', true)]
  const visit = await fixture.visit(undefined, { width: 360, height: 740 })
  visit.expect(/ERR_FAILED|Failed to load resource|another host/)
  const { page, context } = visit
  await page.goto('/sign-in')
  await page.evaluate(() => localStorage.setItem('preau.photos', 'original'))
  await signIn(page, 'ines', 'Inès')
  await context.route('**/api/documents/spaces/*/uploads', route => route.abort())
  await page.goto(`/notebook/hand-in/${handed}`)
  await choose(page, photos.slice(0, 1))
  await page.getByRole('button', { name: 'Retirer Page 1.jpg' }).waitFor()
  await handIn(page)
  await page.getByText('rien ne se perd').waitFor({ timeout: timeoutMs(6) })
  expect(await violations(page)).toEqual([])
  await page.goto(`/notebook/hand-in/${chosen}`)
  await choose(page, photos.slice(1, 2))
  await page.getByRole('button', { name: 'Retirer Page 2.jpg' }).waitFor()
  await expect.poll(async () => (await filesOn(page)).names.length).toBe(2)
  await signOut(page)
  await expect.poll(async () => (await filesOn(page)).names).toEqual(['Page 1.jpg'])
  await context.unroute('**/api/documents/spaces/*/uploads')
  await signIn(page, 'karim', 'Karim')
  await page.goto(`/notebook/hand-in/${handed}`)
  await page.getByRole('heading', { name: 'Rendre le travail' }).waitFor()
  expect(await page.getByText(/envoi attend|Page \d\.jpg/).count()).toBe(0)
  await signOut(page)
  expect(await readByTeacher(handed)).toEqual([])
  await signIn(page, 'ines', 'Inès')
  await eventually(async () => (await readByTeacher(handed)).length === 1 || undefined)
  expect((await readByTeacher(handed))[0]?.files?.map(one => one.sha256)).toEqual([sha256(photos[0]?.buffer as Buffer)])
  await visit.close()
})

test('a photo that the device cannot keep is told at once, can be saved, and is handed in while the page is open', async () => {
  const piece = await api.give('Affiche', true)
  const visit = await fixture.visit('ines', { width: 360, height: 740 })
  visit.expect(/ERR_INTERNET_DISCONNECTED|Failed to load resource|another host/)
  const { page, context } = visit
  await page.addInitScript(() => {
    localStorage.setItem('preau.photos', 'original')
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
  await page.goto(`/notebook/hand-in/${piece}`)
  await page.getByRole('button', { name: 'Joindre un fichier' }).waitFor()
  await context.setOffline(true)
  await choose(page, photos.slice(0, 1))
  await page.getByText('ne peut pas garder ce fichier').waitFor()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: /^Enregistrer.*Page 1\.jpg/ }).click()
  expect((await saving).suggestedFilename()).toBe('Page 1.jpg')
  await handIn(page)
  await page.getByText('ne peut pas garder votre travail').waitFor()
  expect(await violations(page)).toEqual([])
  await context.setOffline(false)
  await page.getByRole('region', { name: 'Reçu' }).waitFor({ timeout: timeoutMs(6) })
  expect((await readByTeacher(piece)).map(({ files = [] }) => files.map(one => one.sha256))).toEqual([
    [sha256(photos[0]?.buffer as Buffer)],
  ])
  await visit.close()
})

test('a photo for which there is no room is refused with both figures before it is kept', async () => {
  const piece = await api.give('Frise', true)
  const { page, context } = ines
  await context.route('**/api/documents/spaces', async route => {
    const reply = await route.fetch()
    const { items } = (await reply.json()) as { items: { used: number; quota: number }[] }
    await route.fulfill({ json: { items: items.map(one => ({ ...one, used: one.quota - 1024 })) } })
  })
  await page.goto(`/notebook/hand-in/${piece}`)
  await page.getByRole('button', { name: 'Joindre un fichier' }).waitFor()
  await choose(page, photos.slice(0, 1))
  await page.getByText(/il ne reste que 1\sKo dans cet espace/).waitFor()
  expect((await filesOn(page)).names).toEqual([])
  await context.unroute('**/api/documents/spaces')
})

test('a kept photo that is refused when it is sent stays, says why, and is handed in once there is room', async () => {
  const piece = await api.give('Moulage', true)
  const { page, context } = ines
  await page.goto(`/notebook/hand-in/${piece}`)
  await page.getByRole('button', { name: 'Joindre un fichier' }).waitFor()
  await context.setOffline(true)
  await choose(page, photos.slice(2))
  await expect.poll(async () => (await filesOn(page)).bytes.length).toBe(1)
  await handIn(page)
  await page.getByText('rien ne se perd').waitFor()
  // The space has been filled meanwhile, from another device.
  const full = { type: '/api/problems/space-full', title: 'No room', status: 422, room: { needed: 4096, left: 1024 } }
  await context.route('**/api/documents/spaces/*/uploads', route =>
    route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify(full) }),
  )
  await context.setOffline(false)
  await page.getByText('Ce travail n’a pas été pris').waitFor({ timeout: timeoutMs(6) })
  await page.getByText(/il ne reste que 1\sKo dans votre espace Documents/).waitFor()
  await page.reload()
  await page.getByText('Ce travail n’a pas été pris').waitFor()
  expect((await filesOn(page)).bytes).toHaveLength(1)
  expect(await readByTeacher(piece)).toEqual([])
  await context.unroute('**/api/documents/spaces/*/uploads')
  await page.getByRole('button', { name: 'Envoyer de nouveau' }).click()
  await page.getByRole('region', { name: 'Reçu' }).waitFor({ timeout: timeoutMs(6) })
  expect((await readByTeacher(piece)).map(({ files = [] }) => files.map(one => one.sha256))).toEqual([
    [sha256(photos[2]?.buffer as Buffer)],
  ])
})

test('the tests above: no console error, no violation of the Content-Security-Policy, no other host', () => {
  expect(ines.troubles()).toEqual([])
})
