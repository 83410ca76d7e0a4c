import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayIn, momentOf } from '../../shared/kernel/territory-day.ts'
import { workContract } from '../../shared/work/contract.ts'
import type { HandIn } from '../../shared/work/hand-in.ts'
import { dayAfter } from '../../shared/work/rules.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { classes, college, idOf } from '../support/valmont.ts'
import { entriesOf } from './archive.ts'
import { violations } from './axe.ts'
import { type Fixture, openFixture, type Visit } from './fixture.ts'

let fixture: Fixture
let ines: Visit
let helene: Visit
let photos: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }[]
/** An assignment for tomorrow, which is on Home. */
let piece: string

const title = 'Dessin d’observation'

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  const day = dayAfter(dayIn(new Date(), 'Europe/Paris'), 1)
  const assignment = { dueAt: momentOf(day, '18:00').toISOString(), late: true }
  const to = [{ group: classes.sixA, day, assignment }]
  const body = { uai: college.uai, kind: 'task', subject: 'Sciences', title, to }
  const set = await accepted((await fixture.valmont.as('helene')).ask(workContract.routes.set, { body }))
  piece = set.body.items[0].id
  helene = await fixture.visit('helene', { width: 1280 })
  ines = await fixture.visit('ines', { width: 360, height: 740 })
  // The bucket, to which files go past the edge.
  for (const one of [helene, ines]) one.expect(/another host: \S+\/documents\/[0-9a-z]{22}\?/)
  photos = await Promise.all([1, 2, 3].map(photo))
})
afterAll(() => fixture?.close())

/** A photo as a phone takes it: 2,400 by 3,200 pixels, each of another colour. */
const photo = async (at: number) => {
  const base64 = await ines.page.evaluate(async hue => {
    const canvas = document.createElement('canvas')
    canvas.width = 2400
    canvas.height = 3200
    const context = canvas.getContext('2d') as CanvasRenderingContext2D
    context.fillStyle = `hsl(${hue * 100} 60% 50%)`
    context.fillRect(0, 0, 2400, 3200)
    return canvas.toDataURL('image/jpeg', 0.9).replace(/^[^,]*,/, '')
  }, at)
  return { name: `Photo ${at}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') }
}

/** Inès' hand-in, as her teacher reads it. */
const readBy = async (who: 'helene' | 'ines'): Promise<HandIn> =>
  (
    await accepted(
      (await fixture.valmont.as(who)).ask(workContract.routes.handIn, { params: { piece, pupil: idOf('ines') } }),
    )
  ).body

test('files of hand-ins: a pupil hands in three photos in four taps from Home, smaller than they were taken', async () => {
  const { page } = ines
  let taps = 0
  await page.goto('/')
  const tap = async (act: () => Promise<unknown>) => {
    taps += 1
    await act()
  }
  await tap(() => page.getByRole('link', { name: `Rendre : ${title}` }).click({ timeout: 30_000 }))
  const choosing = page.waitForEvent('filechooser')
  await tap(() => page.getByRole('button', { name: 'Joindre un fichier' }).click())
  const chooser = await choosing
  // The photos are on their way until after the button was touched.
  const { promise: isTouched, resolve: release } = Promise.withResolvers<void>()
  await page.route(/\/documents\/[0-9a-z]{22}\?/, async route => {
    await isTouched
    await route.continue()
  })
  await tap(() => chooser.setFiles(photos))
  await tap(() => page.getByRole('button', { name: 'Rendre', exact: true }).click())
  await page.getByText('Envoi en cours').waitFor()
  // More than what a device may misjudge the server's time by.
  await new Promise(resolve => setTimeout(resolve, 2_500))
  const released = new Date().toISOString()
  release()
  await page.getByRole('heading', { name: 'Rendu', exact: true }).waitFor({ timeout: 60_000 })
  await page.unrouteAll()
  expect(taps).toBe(4)
  const [version] = (await readBy('helene')).versions
  expect(version?.files?.map(({ name }) => name).sort()).toEqual(photos.map(({ name }) => name))
  const lengths = version?.files?.map(({ length }) => length) ?? []
  for (const [at, length] of lengths.entries()) expect(length).toBeLessThan(photos[at]?.buffer.length ?? 0)
  // What counts is when the button was touched, not when the last photo had arrived.
  expect((version?.at ?? '') < released).toBe(true)
})

test('files of hand-ins: the receipt tells their names, sizes and SHA-256, which are those that the teacher has', async () => {
  const { page } = ines
  const [version] = (await readBy('helene')).versions
  const receipt = page.getByRole('region', { name: 'Reçu' })
  for (const { name, sha256 } of version?.files ?? []) {
    await receipt.getByText(name).waitFor()
    await receipt.getByText(sha256).waitFor()
  }
  expect(await violations(page)).toEqual([])
  ines.expect(/ERR_INTERNET_DISCONNECTED|Failed to load resource/)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await ines.context.setOffline(true)
  await page.reload()
  await receipt.getByText(version?.files?.[0]?.sha256 ?? '').waitFor()
  await ines.context.setOffline(false)
})

test('files of hand-ins: chosen ones are there again after a reload, and are handed in with a text in place of others', async () => {
  const { page } = ines
  await page.getByRole('button', { name: 'Remplacer' }).click()
  await page.getByRole('button', { name: 'Retirer Photo 2.jpg' }).click()
  await page.getByLabel('Votre travail').fill('La deuxième photo était floue.')
  await page.reload()
  await page.getByRole('button', { name: 'Remplacer' }).click()
  await page.getByRole('button', { name: 'Retirer Photo 3.jpg' }).waitFor()
  expect(await page.getByRole('button', { name: 'Retirer Photo 2.jpg' }).count()).toBe(0)
  await page.getByRole('button', { name: 'Rendre', exact: true }).click()
  await page.getByRole('heading', { name: 'Rendu', exact: true }).waitFor({ timeout: 30_000 })
  await expect.poll(async () => (await readBy('helene')).versions.length, { timeout: 20_000 }).toBe(2)
  const { versions } = await readBy('helene')
  expect(versions.map(({ files = [] }) => files.map(({ name }) => name).sort())).toEqual([
    ['Photo 1.jpg', 'Photo 3.jpg'],
    ['Photo 1.jpg', 'Photo 2.jpg', 'Photo 3.jpg'],
  ])
})

test('files of hand-ins: a teacher sees them beside what they say, page by page, at addresses that are hers alone', async () => {
  const { page } = helene
  await page.goto(`/notebook/collected/${piece}?pupil=${idOf('ines')}`)
  const files = page.getByRole('region', { name: 'Fichiers rendus' })
  const shown = files.getByRole('img')
  await shown.waitFor({ timeout: 30_000 })
  await expect
    .poll(() => shown.evaluate(one => (one as HTMLImageElement).naturalHeight), { timeout: 20_000 })
    .toBe(2000)
  await files.getByText('Page 1 sur 2').waitFor()
  const first = await shown.getAttribute('alt')
  await files.getByRole('button', { name: 'Page suivante' }).press('Enter')
  await files.getByText('Page 2 sur 2').waitFor()
  expect(await shown.getAttribute('alt')).not.toBe(first)
  const sha256 = (await readBy('helene')).versions[0]?.files?.map(one => one.sha256) ?? []
  await files.getByText(sha256[1] ?? '').waitFor()
  expect(await violations(page)).toEqual([])
  // An address is its reader's alone.
  const address = (await shown.getAttribute('src')) ?? ''
  expect(address).toMatch(/^\/media\/own\//)
  const status = ({ page: of }: Visit) => of.evaluate(async at => (await fetch(at)).status, address)
  ines.expect(/Failed to load resource/)
  expect([await status(helene), await status(ines)]).toEqual([200, 404])
})

test('files of hand-ins: a teacher downloads all as one archive, in a folder for each pupil, with the bytes handed in', async () => {
  const { page } = helene
  await page.goto(`/notebook/collected/${piece}`)
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Tout télécharger' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe(`6e A ${title}.zip`)
  const entries = await entriesOf(readFileSync(await download.path()))
  const { versions } = await readBy('helene')
  const { files = [], text = '' } = versions[0] ?? {}
  expect([...entries.keys()].sort()).toEqual(
    [...files.map(({ name }) => name), ...(text === '' ? [] : ['Texte.txt'])]
      .map(name => `MARCHAND Inès/${name}`)
      .sort(),
  )
  for (const { name, sha256, length } of files) {
    const bytes = entries.get(`MARCHAND Inès/${name}`)
    expect([
      bytes?.length,
      createHash('sha256')
        .update(bytes ?? '')
        .digest('hex'),
    ]).toEqual([length, sha256])
  }
  await page.getByRole('button', { name: 'Tout télécharger' }).waitFor()
})

test('files of hand-ins: an archive of which a part cannot be read is not saved, and that is said', async () => {
  const { page } = helene
  helene.expect(/status of 503/)
  await page.route('**/media/own/**', route => route.fulfill({ status: 503 }))
  await page.getByRole('button', { name: 'Tout télécharger' }).click()
  await page.getByText('Tout n’a pas pu être lu').waitFor()
  await page.unroute('**/media/own/**')
})

test('files of returns: are sent with the comment, and read by the pupil and a guardian once they are given back', async () => {
  const { page } = helene
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Joindre un fichier' }).click()
  const corrected = { name: 'Corrigé.txt', mimeType: 'text/plain', buffer: Buffer.from('Le titre manque.') }
  await (await choosing).setFiles([corrected])
  await page.getByLabel('Commentaire').fill('Voir le corrigé.')
  await page.getByRole('button', { name: 'Retirer Corrigé.txt' }).waitFor({ timeout: 30_000 })
  await page.getByText('Gardé', { exact: true }).waitFor()
  await expect.poll(async () => (await readBy('helene')).note?.files?.[0]?.scan, { timeout: 30_000 }).toBe('clean')
  expect((await readBy('ines')).returned).toBeUndefined()
  await page.getByRole('button', { name: 'Rendre cette copie' }).click()
  await page.getByText('1 copie rendue.').waitFor()
  await ines.page.goto(`/notebook/hand-in/${piece}`)
  const row = ines.page.getByRole('button', { name: /Corrigé\.txt/ })
  await row.click({ timeout: 30_000 })
  await ines.page.getByRole('region', { name: 'Aperçu' }).getByText('Le titre manque.').waitFor()
  const sophie = await fixture.visit('sophie', { width: 360 })
  await sophie.page.goto(`/notebook/hand-in/${piece}?of=${idOf('ines')}`)
  await sophie.page.getByRole('button', { name: /Corrigé\.txt/ }).waitFor({ timeout: 30_000 })
  expect(await sophie.page.getByText('Photo 1.jpg').count()).toBe(0)
  await sophie.close()
})

test('the tests above: no console error, no violation of the Content-Security-Policy, no other host', () => {
  expect([helene.troubles(), ines.troubles()]).toEqual([[], []])
})
