import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtAssembly } from '../support/built.ts'
import { documentNames, placeDocuments, sendDocument, sixASpace } from '../support/valmont-documents.ts'
import { type Fixture, openFixture, type Visit } from './fixture.ts'

let fixture: Fixture
let helene: Visit
let ines: Visit
let ids: ReadonlyMap<string, string>

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  ids = await placeDocuments(fixture.valmont)
  helene = await fixture.visit('helene')
  ines = await fixture.visit('ines', { width: 360 })
  // The bucket, to which files go past the edge.
  for (const { expect: says } of [helene, ines]) says(/another host: \S+\/documents\/[0-9a-z]{22}\?/)
})
afterAll(() => fixture?.close())

const rowOf = ({ page }: Visit, name: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('link', { name }) })
const uploadOf = ({ page }: Visit, name: string) =>
  page.getByRole('list', { name: 'Envois' }).getByRole('listitem').filter({ hasText: name })
const text = (name: string, words: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(words) })
const choose = ({ page }: Visit, ...files: readonly { name: string; mimeType: string; buffer: Buffer }[]) =>
  page
    .locator('input[type=file]')
    .first()
    .setInputFiles([...files])

test('documents: a pupil finds the class’s space first, folders first, and what a scan has found in words', async () => {
  const { page } = ines
  await page.goto('/')
  await page.getByRole('navigation').getByRole('link', { name: 'Documents', exact: true }).click()
  await rowOf(ines, documentNames.picture).waitFor()
  const names = await page.getByRole('list', { name: 'Contenu' }).getByRole('link').allInnerTexts()
  expect(names[0]).toContain(documentNames.folder)
  await rowOf(ines, documentNames.infected).getByText('infecté : bloqué pour tous').waitFor()
  await rowOf(ines, documentNames.unscanned).getByText('non analysé : adultes seulement').waitFor()
  await page.getByRole('link', { name: documentNames.folder }).click()
  await rowOf(ines, documentNames.lesson).waitFor()
  expect(new URL(page.url()).searchParams.get('folder')).toBe(ids.get(documentNames.folder))
  await page.goBack()
  await rowOf(ines, documentNames.picture).waitFor()
})

test('documents: several files are sent at once, two of one name and odd names among them', async () => {
  const { page } = ines
  await page.goto('/documents/mine')
  await rowOf(ines, documentNames.own).waitFor()
  const odd = ['Exposé « Sparte » d’Inès.txt', 'Fête 🎉👩‍🏫.txt', 'مرحبا.txt']
  const long = `${'é'.repeat(300)}.txt`
  await choose(
    ines,
    text('Rédaction.txt', 'un'),
    text('Rédaction.txt', 'deux'),
    ...[...odd, long].map(one => text(one, one)),
  )
  for (const name of odd) await rowOf(ines, name).waitFor({ timeout: 20_000 })
  await rowOf(ines, `${'é'.repeat(20)}`).waitFor({ timeout: 20_000 })
  await expect.poll(() => rowOf(ines, 'Rédaction.txt').count(), { timeout: 20_000 }).toBe(2)
  await page.getByRole('list', { name: 'Envois' }).waitFor({ state: 'detached' })
})

test('documents: a sent text is read in the page once it is scanned, and Back leads to the list', async () => {
  const { page } = ines
  await page.getByRole('link', { name: 'Fête' }).click()
  await page.getByRole('region', { name: 'Aperçu' }).getByText('Fête 🎉👩‍🏫.txt').waitFor({ timeout: 20_000 })
  await page.getByText('analysé, sain').waitFor()
  expect(await page.getByRole('link', { name: 'Télécharger' }).getAttribute('download')).toBe('Fête 🎉👩‍🏫.txt')
  await page.getByRole('banner').getByRole('link', { name: 'À moi' }).click()
  await rowOf(ines, documentNames.own).waitFor()
})

test('documents: what is too large is refused with both figures before a byte is sent', async () => {
  const { page } = ines
  const puts: string[] = []
  page.on('request', request => request.method() === 'PUT' && puts.push(request.url()))
  await page.evaluate(() => {
    const file = new File([], 'Film.bin')
    Object.defineProperty(file, 'size', { value: 300 * 1024 * 1024 })
    const input = document.querySelector<HTMLInputElement>('input[type=file]')
    Object.defineProperty(input, 'files', { value: [file], configurable: true })
    input?.dispatchEvent(new Event('change', { bubbles: true }))
  })
  await uploadOf(ines, 'Film.bin')
    .getByText('Ce fichier fait 300 Mo ; le plus grand accepté ici fait 200 Mo.')
    .waitFor()
  await page.getByRole('button', { name: 'Ne plus afficher Film.bin' }).click()
  expect(puts).toEqual([])
})

test('documents: an upload that is cut says so, and is sent again', async () => {
  const { page } = ines
  await page.goto('/documents/mine')
  await rowOf(ines, documentNames.own).waitFor()
  ines.expect(/Failed to load resource|net::ERR_FAILED/)
  let cut = 0
  await page.route(/\/documents\/[0-9a-z]{22}\?/, route =>
    route.request().method() === 'PUT' && cut++ < 3 ? route.abort() : route.continue(),
  )
  await choose(ines, text('Coupé.txt', 'enfin arrivé'))
  await uploadOf(ines, 'Coupé.txt').getByText('Préau ne répond pas.').waitFor({ timeout: 20_000 })
  expect(cut).toBe(3)
  await page.getByRole('button', { name: 'Réessayer · Coupé.txt' }).click()
  await rowOf(ines, 'Coupé.txt').waitFor({ timeout: 20_000 })
  await page.unrouteAll()
})

test('documents: renames, moves, puts into the trash and takes out again, by the keyboard too', async () => {
  const { page } = helene
  await page.goto(`/documents/${sixASpace}`)
  await rowOf(helene, documentNames.picture).waitFor()
  await page.getByRole('button', { name: `Actions pour ${documentNames.picture}` }).press('Enter')
  await page.getByRole('button', { name: 'Renommer' }).press('Enter')
  await page.getByRole('dialog').last().getByLabel('Nom').fill('Carte : Athènes.png')
  await page.keyboard.press('Enter')
  await rowOf(helene, 'Carte - Athènes.png').waitFor()
  await page.getByRole('button', { name: 'Actions pour Carte - Athènes.png' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Déplacer' }).click()
  await page.getByRole('dialog').last().getByRole('button', { name: documentNames.folder }).click()
  await page.getByRole('button', { name: 'Déplacer ici' }).click()
  await page.getByText('« Carte - Athènes.png » est déplacé.').waitFor()
  await rowOf(helene, 'Carte - Athènes.png').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Annuler' }).click()
  await rowOf(helene, 'Carte - Athènes.png').waitFor()
  await page.getByRole('button', { name: 'Actions pour Carte - Athènes.png' }).click()
  await page.getByRole('button', { name: 'Mettre à la corbeille' }).click()
  await rowOf(helene, 'Carte - Athènes.png').waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'Corbeille' }).click()
  await page.getByRole('button', { name: 'Remettre' }).click()
  await page.getByText('est de nouveau à sa place').waitFor()
  await page.getByText('La corbeille est vide').waitFor()
})

test('documents: an adult is warned before what no scanner can look into is saved, and a pupil is offered nothing', async () => {
  const { page } = helene
  await page.goto(`/documents/${sixASpace}?document=${ids.get(documentNames.unscanned)}`)
  await page.getByRole('button', { name: 'Télécharger sans analyse' }).click()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Télécharger quand même' }).click()
  expect((await saving).suggestedFilename()).toBe(documentNames.unscanned)
  await ines.page.goto(`/documents/${sixASpace}?document=${ids.get(documentNames.unscanned)}`)
  await ines.page.getByText('Seuls les adultes peuvent le télécharger.').waitFor()
  expect(await ines.page.getByRole('button', { name: 'Télécharger sans analyse' }).count()).toBe(0)
})

test('documents: a file of more than 25 MB is sent in parts, and after a cut the missing ones alone', async () => {
  const { page } = helene
  await page.goto('/documents/mine')
  await page.getByText('Rien encore dans votre espace').waitFor()
  helene.expect(/Failed to load resource|net::ERR_FAILED/)
  const tried: string[] = []
  await page.route(/partNumber=/, route => {
    const part = new URL(route.request().url()).searchParams.get('partNumber') ?? ''
    if (route.request().method() !== 'PUT') return route.continue()
    tried.push(part)
    return part === '3' && tried.filter(one => one === '3').length <= 3 ? route.abort() : route.continue()
  })
  await choose(helene, { name: 'Film.bin', mimeType: '', buffer: Buffer.alloc(26 * 1024 * 1024, 'préau') })
  await page.getByRole('button', { name: 'Réessayer · Film.bin' }).click({ timeout: 40_000 })
  await rowOf(helene, 'Film.bin').waitFor({ timeout: 40_000 })
  expect(tried).toEqual(['1', '2', '3', '3', '3', '3', '4'])
  await page.unrouteAll()
})

test('documents: a preview that is large is fetched when it is asked for, and one that fails leaves the download', async () => {
  const { page } = helene
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const bytes = Buffer.concat([signature, Buffer.alloc(9 * 1024 * 1024)])
  const sent = { name: 'Géante.png', type: 'image/png', bytes }
  const id = await sendDocument(await fixture.valmont.as('helene'), 'mine', sent)
  const fetched: string[] = []
  page.on('request', request => request.url().includes('/media/') && fetched.push(request.url()))
  await page.goto(`/documents/mine?document=${id}`)
  await page.getByRole('link', { name: 'Télécharger' }).waitFor()
  const show = page.getByRole('button', { name: 'Afficher l’aperçu (9 Mo)' })
  await show.waitFor()
  expect(fetched).toEqual([])
  await show.click()
  await page.getByText('L’aperçu ne s’affiche pas.').waitFor()
  await page.getByRole('link', { name: 'Télécharger' }).waitFor()
})

test('documents: what is dragged over a folder is moved there, and files that are let go over a list are sent', async () => {
  const { page } = helene
  await page.goto('/documents/mine')
  await page.getByRole('button', { name: 'Dossier' }).click()
  await page.getByLabel('Nom', { exact: true }).fill('Films')
  await page.getByRole('button', { name: 'Créer le dossier' }).click()
  await rowOf(helene, 'Films').waitFor()
  await rowOf(helene, 'Film.bin').dragTo(rowOf(helene, 'Films'))
  await page.getByText('« Film.bin » est déplacé.').waitFor()
  await rowOf(helene, 'Films').getByRole('link').click()
  await rowOf(helene, 'Film.bin').waitFor()
  const files = await page.evaluateHandle(() => {
    const carried = new DataTransfer()
    carried.items.add(new File(['déposé'], 'Déposé.txt', { type: 'text/plain' }))
    return carried
  })
  await page.getByRole('list', { name: 'Contenu' }).dispatchEvent('drop', { dataTransfer: files })
  await rowOf(helene, 'Déposé.txt').waitFor({ timeout: 20_000 })
})

test('documents: a list is read without a network, and a write says that there is none', async () => {
  const { page, context } = ines
  await page.goto(`/documents/${sixASpace}`)
  await rowOf(ines, documentNames.unscanned).waitFor()
  ines.expect(/ERR_INTERNET_DISCONNECTED|Failed to load resource/)
  // Stored a second after the last change.
  await page.waitForTimeout(1_500)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await context.setOffline(true)
  await page.reload()
  await rowOf(ines, documentNames.unscanned).waitFor()
  await choose(ines, text('Plus tard.txt', 'enfin'))
  await uploadOf(ines, 'Plus tard.txt').getByText('Pas de réseau : l’envoi reprendra dès qu’il y en aura.').waitFor()
  await context.setOffline(false)
  await rowOf(ines, 'Plus tard.txt').waitFor({ timeout: 40_000 })
})

test('the tests above: no console error, no violation of the Content-Security-Policy, no other host', () => {
  expect([helene.troubles(), ines.troubles()]).toEqual([[], []])
})
