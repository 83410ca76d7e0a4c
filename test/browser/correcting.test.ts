import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pdfOf } from '../../bin/directory/demo/files.ts'
import { timeId } from '../../shared/kernel/ids.ts'
import { momentOf } from '../../shared/kernel/territory-day.ts'
import { workContract } from '../../shared/work/contract.ts'
import type { CollectedHandIn, HandIn } from '../../shared/work/hand-in.ts'
import { dayAfter, weekOf } from '../../shared/work/rules.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { eventually, type Visitor } from '../support/http.ts'
import { classes, college, idOf, type Name, writeSister } from '../support/valmont.ts'
import { type SentDocument, sendDocument } from '../support/valmont-documents.ts'
import { shownMonday } from '../support/valmont-work.ts'
import { violations } from './axe.ts'
import { type Fixture, openFixture, type Visit } from './fixture.ts'

const { collected, handIn, sendHandIn, set } = workContract.routes

let fixture: Fixture
let helene: Visit
let teacher: Visitor
let ines: Visit
/** An assignment of which Inès and Anna each handed in two photos. */
let piece: string
let anna: string

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  await fixture.valmont.importFolder(writeSister)
  teacher = await fixture.valmont.as('helene')
  piece = await assigned('Figures')
  const { body: list } = await accepted(teacher.ask(collected, { params: { piece } }))
  anna = list.items.find(({ givenName }: CollectedHandIn) => givenName === 'Anna')?.id
  helene = await fixture.visit('helene', { width: 1280 })
  ines = await fixture.visit('ines', { width: 360, height: 740 })
  // The bucket, to which files go past the edge.
  helene.expect(/another host: \S+\/documents\/[0-9a-z]{22}\?/)
  for (const [as, pupil] of [
    ['ines', idOf('ines')],
    ['sophie', anna],
  ] as const) {
    await handInAs(as, piece, pupil, [await photo(1), await photo(2)])
  }
})
afterAll(() => fixture?.close())

/** An assignment of the class for the end of the week that is shown. */
const assigned = async (title: string): Promise<string> => {
  const day = dayAfter(shownMonday(), 4)
  const assignment = { dueAt: momentOf(day, '18:00').toISOString(), late: true }
  const to = [{ group: classes.sixA, day, assignment }]
  const body = { uai: college.uai, kind: 'task', subject: 'Mathématiques', title, to }
  return (await accepted(teacher.ask(set, { body }))).body.items[0].id
}

/** Hands in files for a pupil. */
const handInAs = async (as: Name, of: string, pupil: string, files: readonly SentDocument[]) => {
  const visitor = await fixture.valmont.as(as)
  const attachments: string[] = []
  for (const file of files) attachments.push(await sendDocument(visitor, 'mine', file))
  const at = new Date().toISOString()
  const params = { piece: of, pupil, version: timeId(new Date()) }
  await accepted(visitor.ask(sendHandIn, { params, body: { attachments, at, sentAt: at } }))
}

/** A page of an exercise book, 600 by 800 pixels. */
const photo = async (at: number) => {
  const base64 = await helene.page.evaluate(page => {
    const canvas = document.createElement('canvas')
    canvas.width = 600
    canvas.height = 800
    const context = canvas.getContext('2d') as CanvasRenderingContext2D
    context.fillStyle = '#fdfdf8'
    context.fillRect(0, 0, 600, 800)
    context.fillStyle = '#1f2f8f'
    context.font = '40px sans-serif'
    for (let line = 1; line < 8; line++) context.fillText(`${page}.${line}) 3/4 + 5/8 =`, 60, line * 90)
    return canvas.toDataURL('image/jpeg', 0.9).replace(/^[^,]*,/, '')
  }, at)
  return { name: `Page ${at}.jpg`, type: 'image/jpeg', bytes: Buffer.from(base64, 'base64') }
}

const readBy = async (visitor: Visitor, pupil = idOf('ines')): Promise<HandIn> =>
  (await accepted(visitor.ask(handIn, { params: { piece, pupil } }))).body

/** What is drawn for a pupil, by the names of the photos: how many strokes, and the remarks. */
const drawnFor = async (pupil?: string) => {
  const { drawings = [], versions } = await readBy(teacher, pupil)
  const nameOf = (file: string) => versions[0]?.files?.find(one => one.file === file)?.name
  return Object.fromEntries(
    drawings.map(({ file, strokes, remarks }) => [nameOf(file), [strokes.length, ...remarks.map(({ text }) => text)]]),
  )
}

const files = () => helene.page.getByRole('region', { name: 'Fichiers rendus' })
const shown = () => files().getByRole('img')
const goTo = async (pupil: string) => {
  await helene.page.goto(`/notebook/collected/${piece}?pupil=${pupil}`)
  await shown().waitFor()
}

/** Draws a line with the mouse, between two places given as parts of the photo. */
const line = async (on: Locator, from: readonly [number, number], to: readonly [number, number]) => {
  await on.scrollIntoViewIfNeeded()
  const { x = 0, y = 0, width = 0, height = 0 } = (await on.boundingBox()) ?? {}
  const { mouse } = helene.page
  await mouse.move(x + from[0] * width, y + from[1] * height)
  await mouse.down()
  await mouse.move(x + to[0] * width, y + to[1] * height, { steps: 5 })
  await mouse.up()
}

const isSaved = () => helene.page.getByText('Gardé', { exact: true }).waitFor()

test('going from pupil to pupil: a screen that is touched gets no keyboard over it, another goes on in the mark', async () => {
  const focused = ({ page }: Visit) =>
    page.evaluate(() => `${document.activeElement?.tagName} ${document.activeElement?.textContent}`)
  const goOn = async (visit: Visit) => {
    await visit.page.goto(`/notebook/collected/${piece}?pupil=${idOf('ines')}`)
    await visit.page.getByText('Page 1.jpg').first().waitFor()
    expect(await visit.page.evaluate(() => scrollY)).toBe(0)
    const pupil = await visit.page.getByRole('heading', { level: 2 }).first().textContent()
    await visit.page.getByRole('button', { name: 'Élève suivant' }).click()
    await visit.page.getByRole('heading', { level: 2, name: pupil ?? '' }).waitFor({ state: 'detached' })
  }
  const phone = await fixture.visit('helene', { width: 360, height: 740 })
  phone.expect(/another host: \S+\/documents\/[0-9a-z]{22}\?/)
  await goOn(phone)
  const name = await phone.page.getByRole('heading', { level: 2 }).first().textContent()
  await expect.poll(() => focused(phone)).toBe(`H2 ${name}`)
  await phone.close()
  await goOn(helene)
  await expect.poll(() => focused(helene)).toBe('INPUT ')
})

test('writing on a photo: lines lie over it where they were drawn, and come back; a line is undone, or rubbed out', async () => {
  const { page } = helene
  await goTo(idOf('ines'))
  await page.getByRole('button', { name: 'Stylo rouge', pressed: true }).waitFor()
  await line(shown(), [0.2, 0.2], [0.6, 0.2])
  await page.getByRole('button', { name: 'Stylo bleu' }).click()
  await line(shown(), [0.2, 0.5], [0.6, 0.5])
  await isSaved()
  await expect.poll(() => drawnFor()).toEqual({ 'Page 1.jpg': [2] })
  const [first] = (await readBy(teacher)).drawings?.[0]?.strokes ?? []
  const { ink, points = [] } = first ?? {}
  expect(ink).toBe('red')
  for (const [at, expected] of [2_000, 2_000, 6_000, 2_000].entries())
    expect(Math.abs((at < 2 ? points[at] : points.at(at - 4)) ?? 0) - expected).toBeLessThan(40)
  await page.getByRole('button', { name: 'Annuler' }).click()
  await expect.poll(() => drawnFor()).toEqual({ 'Page 1.jpg': [1] })
  await line(shown(), [0.2, 0.7], [0.6, 0.7])
  await expect.poll(() => drawnFor()).toEqual({ 'Page 1.jpg': [2] })
  await page.getByRole('button', { name: 'Gomme' }).click()
  await line(shown(), [0.4, 0.65], [0.4, 0.75])
  await expect.poll(() => drawnFor()).toEqual({ 'Page 1.jpg': [1] })
  await page.reload()
  await page.getByRole('img', { name: /Page 1\.jpg, avec 1 trait/ }).waitFor()
  expect(await violations(page)).toEqual([])
})

test('writing on a photo: every line stands on the photo that was on the screen, with slow replies in any order', async () => {
  const { page } = helene
  let held = 0
  await page.route('**/drawing', async route => {
    held += 1
    // Of each pair the second goes first.
    await new Promise(resolve => setTimeout(resolve, held % 2 === 1 ? 1_500 : 100))
    await route.continue()
  })
  await goTo(idOf('ines'))
  await page.getByRole('button', { name: 'Page suivante' }).click()
  await page.getByRole('img', { name: 'Page 2.jpg' }).waitFor()
  await line(shown(), [0.1, 0.1], [0.3, 0.1])
  await page.keyboard.press('Alt+ArrowDown')
  await page.getByRole('heading', { level: 2, name: 'MARCHAND Inès' }).waitFor({ state: 'detached' })
  await goToAnna()
  await line(shown(), [0.1, 0.2], [0.3, 0.2])
  await line(shown(), [0.1, 0.4], [0.3, 0.4])
  await line(shown(), [0.1, 0.6], [0.3, 0.6])
  await expect.poll(() => drawnFor(anna), { timeout: 20_000 }).toEqual({ 'Page 1.jpg': [3] })
  await expect.poll(() => drawnFor(), { timeout: 20_000 }).toEqual({ 'Page 1.jpg': [1], 'Page 2.jpg': [1] })
  await page.unroute('**/drawing')
})

/** Without loading the page anew. */
const goToAnna = async () => {
  await helene.page.getByRole('button', { name: /Anna/ }).click()
  await helene.page.getByRole('img', { name: /^Page 1\.jpg/ }).waitFor()
}

test('writing on a photo: a remark is placed and written with the keyboard alone', async () => {
  const { page } = helene
  await goTo(anna)
  await page.getByRole('button', { name: 'Remarque', exact: true }).press('Enter')
  const field = page.getByLabel('Remarque 1', { exact: true })
  await expect.poll(() => field.evaluate(one => one === document.activeElement)).toBe(true)
  await page.keyboard.type('Même dénominateur ?')
  const number = page.getByRole('button', { name: /^Remarque 1 : Même dénominateur/ })
  await number.press('Shift+ArrowRight')
  await number.press('ArrowUp')
  await expect.poll(() => drawnFor(anna)).toEqual({ 'Page 1.jpg': [3, 'Même dénominateur ?'] })
  const remark = async () => (await readBy(teacher, anna)).drawings?.[0]?.remarks[0]
  await expect.poll(remark).toMatchObject({ x: 5_500, y: 4_900 })
  expect(await violations(page)).toEqual([])
})

test('a voice remark: says what to do where the microphone is refused, and while it is open', async () => {
  const { page } = helene
  await goTo(idOf('ines'))
  const allowed = (feature: string) =>
    page.evaluate(
      one =>
        (
          document as never as { featurePolicy: { allowsFeature: (of: string) => boolean } }
        ).featurePolicy.allowsFeature(one),
      feature,
    )
  expect([await allowed('microphone'), await allowed('camera')]).toEqual([true, false])
  const record = page.getByRole('button', { name: 'Enregistrer une remarque' })
  // The browser of the package has no microphone: it is refused here, and then hears a tone.
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))
  })
  await record.click()
  await page.getByText('Le micro est refusé.').waitFor()
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      const context = new AudioContext()
      const tone = context.createOscillator()
      const heard = context.createMediaStreamDestination()
      tone.connect(heard)
      tone.start()
      return heard.stream
    }
  })
  await record.click()
  await page.getByText('Le micro est ouvert.').waitFor()
  await page.getByRole('button', { name: /^Arrêter : 0:0[2-9] sur 2:00/ }).click()
  await page.getByText('Le micro est ouvert.').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /^Retirer Remarque vocale/ }).waitFor({ timeout: 30_000 })
  await isSaved()
  await expect.poll(async () => (await readBy(teacher)).note?.files?.[0]?.scan, { timeout: 30_000 }).toBe('clean')
  expect((await readBy(teacher)).note?.files?.[0]?.type).toMatch(/^audio\//)
  await page.reload()
  await page.locator('audio').waitFor()
  expect(await violations(page)).toEqual([])
})

test('what is written and said: is shown once it is given back, to a guardian who has no photo as remarks', async () => {
  const { page } = helene
  await goTo(idOf('ines'))
  await page.getByRole('button', { name: 'Remarque', exact: true }).click()
  await page.getByLabel('Remarque 1', { exact: true }).fill('Bien vu.')
  await isSaved()
  await ines.page.goto(`/notebook/hand-in/${piece}`)
  await ines.page.getByText('Page 1.jpg').first().waitFor()
  expect(await ines.page.getByText('Bien vu.').count()).toBe(0)
  await page.getByRole('button', { name: 'Rendre cette copie' }).click()
  await page.getByText('1 copie rendue.').waitFor()
  await ines.page.reload()
  await ines.page.getByRole('img', { name: 'Page 1.jpg, avec 1 trait du professeur' }).waitFor()
  await ines.page.getByText('Bien vu.').waitFor()
  const voice = ines.page.locator('audio')
  await expect.poll(() => voice.evaluate(one => (one as HTMLAudioElement).readyState)).toBeGreaterThan(0)
  await ines.page.getByRole('button', { name: 'Page suivante' }).click()
  await ines.page.getByRole('img', { name: 'Page 2.jpg, avec 1 trait du professeur' }).waitFor()
  expect(await violations(ines.page)).toEqual([])
  const sophie = await fixture.visit('sophie', { width: 360 })
  await sophie.page.goto(`/notebook/hand-in/${piece}?of=${idOf('ines')}`)
  await sophie.page.getByText('Bien vu.').waitFor()
  expect(await sophie.page.getByRole('img', { name: /Page/ }).count()).toBe(0)
  await sophie.close()
})

test('the correction for the class: is read under what was handed in and in the piece, until it is withdrawn', async () => {
  const { page } = helene
  await page.getByRole('button', { name: 'Donner une correction à la classe' }).click()
  await page.getByLabel('Correction', { exact: true }).fill('a) 11/8 ; b) 1/2')
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Donner à la classe' }).click()
  await page.getByText('La classe a la correction.').waitFor()
  const read = ines.page.getByRole('region', { name: 'La correction pour la classe' }).getByText('a) 11/8')
  await ines.page.reload()
  await read.waitFor()
  expect(await violations(ines.page)).toEqual([])
  await eventually(async () => {
    await ines.page.goto(`/notebook?week=${weekOf(dayAfter(shownMonday(), 4))}`)
    await ines.page
      .getByRole('button', { name: /Figures/ })
      .first()
      .click()
    return (await read.count()) === 1 || undefined
  })
  await page.getByRole('button', { name: 'Changer la correction' }).click()
  await page.getByRole('button', { name: 'Retirer', exact: true }).click()
  await page.getByText('La correction est retirée.').waitFor()
  await ines.page.goto(`/notebook/hand-in/${piece}`)
  await ines.page.getByText('Bien vu.').waitFor()
  // What was read before is shown until the API has answered.
  await expect.poll(() => read.count()).toBe(0)
})

test('writing on a PDF: each page has its own lines and remarks, for the pupil too; a browser that cannot says so', async () => {
  const { page } = helene
  const of = await assigned('Une démonstration')
  const bytes = pdfOf('Devoir', [['3/4 + 5/8 = 11/8'], ['Aire = 12 cm²']])
  await handInAs('ines', of, idOf('ines'), [{ name: 'Devoir.pdf', type: 'application/pdf', bytes }])
  const there = `/notebook/collected/${of}?pupil=${idOf('ines')}`
  const pageOf = (at: number, lines: string) => files().getByRole('img', { name: `Devoir.pdf, page ${at}${lines}` })
  await page.goto(there)
  await pageOf(1, '').waitFor()
  await line(shown(), [0.2, 0.1], [0.6, 0.1])
  await pageOf(1, ', avec 1 trait de votre main').waitFor()
  await files().getByRole('button', { name: 'Page suivante' }).click()
  await pageOf(2, '').waitFor()
  for (const y of [0.1, 0.2]) await line(shown(), [0.2, y], [0.6, y])
  await page.getByRole('button', { name: 'Remarque', exact: true }).click()
  await page.getByLabel('Remarque 1', { exact: true }).fill('Et l’unité ?')
  await isSaved()
  expect(await violations(page)).toEqual([])
  await page.reload()
  await pageOf(1, ', avec 1 trait de votre main').waitFor()
  await files().getByRole('button', { name: 'Page suivante' }).click()
  await pageOf(2, ', avec 2 traits de votre main').waitFor()
  await page.getByRole('button', { name: 'Rendre cette copie' }).click()
  await page.getByText('1 copie rendue.').waitFor()
  await ines.page.goto(`/notebook/hand-in/${of}`)
  await ines.page.getByRole('img', { name: 'Devoir.pdf, page 1, avec 1 trait du professeur' }).waitFor()
  await ines.page.getByRole('button', { name: 'Page suivante' }).click()
  await ines.page.getByRole('img', { name: 'Devoir.pdf, page 2, avec 2 traits du professeur' }).waitFor()
  await ines.page.getByText('Et l’unité ?').waitFor()
  expect(await violations(ines.page)).toEqual([])
  // A phone's browser has no viewer of its own: the app draws the PDF, when one asks.
  const phone = await fixture.visit('ines', { width: 360, height: 740 })
  await phone.page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, 'pdfViewerEnabled', { get: () => false }),
  )
  await phone.page.goto(`/notebook/hand-in/${of}`)
  await phone.page
    .getByRole('list', { name: 'Pièces jointes' })
    .first()
    .getByRole('button', { name: /Devoir\.pdf/ })
    .click()
  await phone.page.getByRole('button', { name: /^Afficher l’aperçu/ }).click()
  await phone.page.getByRole('img', { name: 'Devoir.pdf, page 1', exact: true }).waitFor()
  expect(await violations(phone.page)).toEqual([])
  expect(phone.troubles()).toEqual([])
  await phone.close()
  // Old browsers do not run what draws PDFs, or not the part of it that draws apart from the page.
  for (const missing of [/\/assets\/pdf-/, /\/assets\/pdf\.worker/])
    for (const [as, at, said] of [
      ['helene', there, 'On ne peut pas écrire sur ce PDF ici'],
      ['ines', `/notebook/hand-in/${of}`, 'le professeur y a fait 1 trait'],
    ] as const) {
      const old = await fixture.visit(as, { width: 1280 })
      await old.page.route(missing, route => route.fulfill({ contentType: 'text/javascript', body: 'of a later time' }))
      await old.page.goto(at)
      await old.page.getByText(said).waitFor()
      await old.close()
    }
})

test('the tests above: no console error, no violation of the Content-Security-Policy, no other host', () => {
  expect([helene.troubles(), ines.troubles()]).toEqual([[], []])
})
