import { afterAll, beforeAll, expect, test } from 'vitest'
import { newsContract } from '../../shared/news/contract.ts'
import { workContract } from '../../shared/work/contract.ts'
import { dayAfter, weekOf } from '../../shared/work/rules.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import type { Visitor } from '../support/http.ts'
import { eicar } from '../support/malware.ts'
import { classes, college, writeThreeClasses } from '../support/valmont.ts'
import { sendDocument } from '../support/valmont-documents.ts'
import { setWork, shownMonday, workTitles } from '../support/valmont-work.ts'
import { violations } from './axe.ts'
import { type Fixture, openFixture, type Visit } from './fixture.ts'

let fixture: Fixture
let helene: Visit
let ines: Visit
let ids: ReadonlyMap<string, string>
let teacher: Visitor
/** Where the pupils of 6e A fetch a file. */
let address: string

/** A PDF of one empty page. */
const pdf = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
)
const text = (name: string, words: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(words) })

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  await fixture.valmont.importFolder(writeThreeClasses)
  ids = await setWork(fixture.valmont)
  teacher = await fixture.valmont.as('helene')
  await sendDocument(teacher, 'mine', { name: 'Barème.txt', type: 'text/plain', bytes: Buffer.from('Sur vingt.') })
  await sendDocument(teacher, 'mine', { name: 'Gagner.txt', type: 'text/plain', bytes: Buffer.from(eicar) })
  helene = await fixture.visit('helene')
  ines = await fixture.visit('ines', { width: 360 })
  // The bucket, to which files go past the edge.
  helene.expect(/another host: \S+\/documents\/[0-9a-z]{22}\?/)
})
afterAll(() => fixture?.close())

const choose = ({ page }: Visit, ...files: readonly { name: string; mimeType: string; buffer: Buffer }[]) =>
  page
    .locator('input[type=file]')
    .first()
    .setInputFiles([...files])
const chosen = ({ page }: Visit) => page.getByRole('list', { name: 'Fichiers choisis' }).getByRole('listitem')
const removeOf = ({ page }: Visit, name: string) => page.getByRole('button', { name: `Retirer ${name}` })
const attached = ({ page }: Visit) => page.getByRole('list', { name: 'Pièces jointes' }).getByRole('listitem')
const row = ({ page }: Visit, title: string) => page.getByRole('listitem').filter({ hasText: title })
const cut = /\/documents\/[0-9a-z]{22}\?/

test('attachments: a teacher gives work with a PDF to three classes in at most five screens', async () => {
  const { page } = helene
  await page.goto('/')
  const screens = [page.url()]
  page.on('framenavigated', frame => {
    if (frame === page.mainFrame() && frame.url() !== screens[screens.length - 1]) screens.push(frame.url())
  })
  await page.getByRole('navigation').getByRole('link', { name: 'Travail' }).click()
  await page.getByRole('link', { name: 'Donner du travail' }).click()
  await page.getByLabel('Quoi').fill('Lire la leçon 3')
  await choose(helene, { name: 'Leçon 3.pdf', mimeType: 'application/pdf', buffer: pdf })
  await removeOf(helene, 'Leçon 3.pdf').waitFor({ timeout: 20_000 })
  expect(await violations(page)).toEqual([])
  for (const name of ['6e A', '6e B', '6e C']) {
    await page.getByRole('checkbox', { name }).check()
    await page.getByLabel(`Jour pour la ${name}`).fill(dayAfter(shownMonday(), 3))
  }
  await page.getByRole('button', { name: 'Donner à 3 classes' }).click()
  await page.getByText('Donné à 3 classes.').waitFor({ timeout: 30_000 })
  expect(screens.length, screens.join('\n')).toBeLessThanOrEqual(5)
  const week = weekOf(dayAfter(shownMonday(), 3))
  const { body } = await accepted(teacher.ask(workContract.routes.mine, { query: { week } }))
  const set = body.items.filter(({ title }: { title: string }) => title === 'Lire la leçon 3')
  expect(set).toHaveLength(3)
  for (const { id: piece } of set) {
    const { body: found } = await accepted(teacher.ask(workContract.routes.piece, { params: { piece } }))
    expect(found.attachments).toMatchObject([{ name: 'Leçon 3.pdf', type: 'application/pdf', length: pdf.length }])
  }
})

test('attachments: a pupil finds a file below the work, opens it there, and without a network is told what it needs', async () => {
  const { page, context } = ines
  const document = await sendDocument(teacher, 'mine', {
    name: 'Consignes.txt',
    type: 'text/plain',
    bytes: Buffer.from('Soulignez les verbes.'),
  })
  const day = dayAfter(shownMonday(), 2)
  const body = {
    uai: college.uai,
    kind: 'task',
    subject: 'Français',
    title: 'Verbes',
    to: [{ group: classes.sixA, day }],
  }
  await accepted(teacher.ask(workContract.routes.set, { body: { ...body, attachments: [document] } }))
  await page.goto('/notebook')
  await row(ines, 'Verbes')
    .getByRole('button', { name: /Verbes/ })
    .click({ timeout: 30_000 })
  const open = attached(ines).getByRole('button', { name: /Consignes\.txt Texte, 21 octets/ })
  await open.press('Enter')
  await page.getByRole('region', { name: 'Aperçu' }).getByText('Soulignez les verbes.').waitFor()
  expect(await violations(page)).toEqual([])
  expect(await attached(ines).getByRole('link', { name: 'Télécharger' }).getAttribute('download')).toBe('Consignes.txt')
  address = (await attached(ines).getByRole('link', { name: 'Télécharger' }).getAttribute('href')) ?? ''
  ines.expect(/ERR_INTERNET_DISCONNECTED|Failed to load resource/)
  await context.setOffline(true)
  await page.getByText('Il faut du réseau pour ouvrir ces fichiers.').waitFor()
  await attached(ines).getByText('Texte, 21 octets').waitFor()
  expect(await attached(ines).getByRole('button').count()).toBe(0)
  await context.setOffline(false)
})

test('attachments: a pupil of another class does not get the file, whose address they know', async () => {
  const moussa = await fixture.visit('moussa')
  await moussa.page.goto('/notebook')
  moussa.expect(/Failed to load resource/)
  const status = ({ page }: Visit) => page.evaluate(async at => (await fetch(at)).status, address)
  expect([await status(ines), await status(moussa)]).toEqual([200, 403])
  await moussa.close()
})

test('attachments: what is sent waits for its files, and a file that failed loses nothing that was written', async () => {
  const { page } = helene
  helene.expect(/Failed to load resource|net::ERR_FAILED/)
  await page.goto('/news/write')
  const recipients = page.getByRole('combobox', { name: 'Destinataires' })
  await recipients.fill('eleves et resp')
  await page.getByRole('option', { name: 'Élèves et responsables · 6e A' }).click()
  await page.getByLabel('Titre').fill('Sortie au musée')
  await page.getByLabel('Texte').fill('Le programme est joint.')
  await page.route(cut, route => (route.request().method() === 'PUT' ? route.abort() : route.continue()))
  await choose(helene, text('Programme.txt', 'Départ à 8 h 30.'))
  await page.getByRole('button', { name: 'Publier', exact: true }).click()
  await page.getByText('Tout partira dès que les fichiers seront arrivés.').waitFor()
  await page.getByText('Un fichier n’est pas parti.').waitFor({ timeout: 20_000 })
  expect(await page.getByLabel('Titre').inputValue()).toBe('Sortie au musée')
  await page.unrouteAll()
  await page.getByRole('button', { name: 'Réessayer · Programme.txt' }).click()
  await removeOf(helene, 'Programme.txt').waitFor({ timeout: 20_000 })
  await page.getByRole('button', { name: 'Publier', exact: true }).click()
  await page.waitForURL(/\/news\/[0-9a-z]{22}\/readers/)
})

test('attachments: a reader finds them below the article, and an edit begins with those that hang there', async () => {
  const { body: mine } = await accepted(teacher.ask(newsContract.routes.mine))
  const { id } = mine.items.find(({ title }: { title: string }) => title === 'Sortie au musée')
  const { page } = helene
  await page.goto(`/news/write/${id}`)
  await removeOf(helene, 'Programme.txt').waitFor()
  await page.getByRole('button', { name: 'Depuis mes documents' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('checkbox', { name: 'Barème.txt' }).check()
  expect(await dialog.getByRole('checkbox', { name: 'Gagner.txt' }).count(), 'what is infected').toBe(0)
  await dialog.getByRole('button', { name: 'Joindre 1 document' }).click()
  await removeOf(helene, 'Barème.txt').waitFor()
  await removeOf(helene, 'Programme.txt').click()
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click()
  await page.waitForURL(/\/readers/)
  const sophie = await fixture.visit('sophie', { width: 360 })
  await sophie.page.goto('/news')
  await sophie.page.getByRole('main').getByRole('link', { name: 'Sortie au musée' }).click({ timeout: 30_000 })
  await attached(sophie).filter({ hasText: 'Barème.txt' }).waitFor({ timeout: 30_000 })
  expect(await attached(sophie).count()).toBe(1)
  await sophie.close()
})

test('attachments: a draft keeps its files over a reload, takes five at most and says so', async () => {
  const { page } = helene
  await page.goto('/notebook/set')
  await page.getByLabel('Quoi').fill('À finir plus tard')
  await choose(helene, ...[1, 2, 3, 4, 5, 6].map(at => text(`Page ${at}.txt`, `page ${at}`)))
  await page.getByText('1 fichier n’a pas été joint : il y en a 5 au plus.').waitFor()
  await removeOf(helene, 'Page 5.txt').waitFor({ timeout: 40_000 })
  await expect
    .poll(
      () =>
        chosen(helene)
          .getByRole('button', { name: /^Retirer/ })
          .count(),
      { timeout: 40_000 },
    )
    .toBe(5)
  expect(await page.getByRole('button', { name: 'Joindre un fichier' }).count()).toBe(0)
  await page.reload()
  await removeOf(helene, 'Page 5.txt').waitFor()
  await removeOf(helene, 'Page 1.txt').press('Enter')
  await page.getByRole('button', { name: 'Joindre un fichier' }).waitFor()
  await page.getByRole('button', { name: 'Recommencer à vide' }).click()
  await chosen(helene).first().waitFor({ state: 'detached' })
})

test('attachments: a file that was found infected is told by its name, and is sent to nobody', async () => {
  const { page } = helene
  await page.goto(`/notebook/set/${ids.get(workTitles.exercises)}`)
  await choose(helene, text('Virus.txt', eicar))
  await removeOf(helene, 'Virus.txt').waitFor({ timeout: 20_000 })
  await expect
    .poll(
      async () => {
        await page.getByRole('button', { name: 'Depuis mes documents' }).click()
        const waits = await page.getByRole('dialog').getByRole('checkbox', { name: 'Virus.txt' }).count()
        await page.keyboard.press('Escape')
        return waits
      },
      { timeout: 30_000 },
    )
    .toBe(0)
  helene.expect(/422|400/)
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click()
  await page.getByText('« Virus.txt » ne peut pas être joint').waitFor()
  const { body } = await accepted(
    teacher.ask(workContract.routes.piece, { params: { piece: ids.get(workTitles.exercises) ?? '' } }),
  )
  expect(body.attachments).toBeUndefined()
})

test('the tests above: no console error, no violation of the Content-Security-Policy, no other host', () => {
  expect([helene.troubles(), ines.troubles()]).toEqual([[], []])
})
