import { Buffer } from 'node:buffer'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtAssembly } from '../support/built.ts'
import { isProof } from '../support/thorough.ts'
import { type Fixture, openFixture, type Visit } from './fixture.ts'

let fixture: Fixture
let ines: Visit

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  ines = await fixture.visit('ines', { width: 360 })
  ines.expect(/another host: \S+\/documents\/[0-9a-z]{22}\?/)
})
afterAll(() => fixture?.close())

/** A photo of 2,400 by 1,200 pixels, white but for one red quarter, as a camera stores it: red is at its top left. */
const stored = async (page: Page): Promise<Buffer> =>
  Buffer.from(
    await page.evaluate(async () => {
      const canvas = document.createElement('canvas')
      canvas.width = 2400
      canvas.height = 1200
      const context = canvas.getContext('2d') as CanvasRenderingContext2D
      context.fillStyle = '#ffffff'
      context.fillRect(0, 0, 2400, 1200)
      context.fillStyle = '#ff0000'
      context.fillRect(0, 0, 1200, 600)
      const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/jpeg', 0.9))
      const bytes = new Uint8Array(await (blob as Blob).arrayBuffer())
      return btoa(Array.from(bytes, one => String.fromCharCode(one)).join(''))
    }),
    'base64',
  )

/** With an Exif segment that tells an orientation and a latitude (Exif 2.32, 4.5, 4.6.4 and 4.6.6). */
const withExif = (jpeg: Buffer, orientation: number): Buffer => {
  const entry = (tag: number, type: number, count: number, value: Buffer) => {
    const head = Buffer.alloc(8)
    head.writeUInt16BE(tag, 0)
    head.writeUInt16BE(type, 2)
    head.writeUInt32BE(count, 4)
    return Buffer.concat([head, value, Buffer.alloc(4 - value.length)])
  }
  const short = (value: number) => Buffer.from([value >> 8, value & 0xff])
  const long = (value: number) => Buffer.from([0, 0, value >> 8, value & 0xff])
  // A directory of two entries at 8, another of one at 38.
  const tiff = Buffer.concat([
    Buffer.from('MM\0*', 'latin1'),
    long(8),
    short(2),
    entry(0x0112, 3, 1, short(orientation)),
    entry(0x8825, 4, 1, long(38)),
    long(0),
    short(1),
    entry(0x0001, 2, 2, Buffer.from('N\0')),
    long(0),
  ])
  const segment = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  return Buffer.concat([
    jpeg.subarray(0, 2),
    Buffer.from([0xff, 0xe1]),
    short(segment.length + 2),
    segment,
    jpeg.subarray(2),
  ])
}

/** Where the red quarter is once the photo is upright, by its orientation. */
const upright = {
  1: 'top left',
  2: 'top right',
  3: 'bottom right',
  4: 'bottom left',
  5: 'top left',
  6: 'top right',
  7: 'bottom right',
  8: 'bottom left',
} as const

const open = async ({ page }: Visit, name: string) => {
  await page.getByRole('link', { name }).waitFor({ timeout: 60_000 })
  await page.getByRole('link', { name }).click()
  const link = page.getByRole('link', { name: 'Télécharger' })
  await link.waitFor({ timeout: 60_000 })
  return link.getAttribute('href')
}

/** What was sent: its size, whether it tells more than the picture, and where red is when no orientation is heeded. */
const sent = ({ page }: Visit, link: string | null) =>
  page.evaluate(async address => {
    const blob = await (await fetch(address ?? '')).blob()
    const bytes = new Uint8Array(await blob.arrayBuffer())
    const isExif = Array.from(bytes, one => String.fromCharCode(one))
      .join('')
      .includes('Exif')
    const picture = await createImageBitmap(blob, { imageOrientation: 'none' as never })
    const canvas = document.createElement('canvas')
    canvas.width = picture.width
    canvas.height = picture.height
    const context = canvas.getContext('2d') as CanvasRenderingContext2D
    context.drawImage(picture, 0, 0)
    const isRed = (x: number, y: number) =>
      (context.getImageData(x * (picture.width - 1), y * (picture.height - 1), 1, 1).data[1] ?? 255) < 100
    const corners = { 'top left': [0, 0], 'top right': [1, 0], 'bottom left': [0, 1], 'bottom right': [1, 1] } as const
    const red = Object.entries(corners)
      .filter(([, [x, y]]) => isRed(x, y))
      .map(([name]) => name)
    return { longest: Math.max(picture.width, picture.height), isExif, red: red.join() }
  }, link)

// Two in `npm test`: upright as it is, and turned and mirrored.
test.each(Object.entries(upright).filter(([orientation]) => isProof || /[17]/.test(orientation)))(
  'documents: a photo of orientation %s is sent upright, smaller, and without the place where it was taken',
  async (orientation, red) => {
    const { page } = ines
    await page.goto('/documents/mine')
    const name = `Photo ${orientation}.jpg`
    const buffer = withExif(await stored(page), Number(orientation))
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles([{ name, mimeType: 'image/jpeg', buffer }])
    const found = await sent(ines, await open(ines, name))
    expect(found).toEqual({ longest: 2000, isExif: false, red })
  },
)

test('documents: a photo is sent as it was taken where its owner keeps originals', async () => {
  const { page } = ines
  await page.goto('/documents/mine')
  await page.getByRole('checkbox', { name: 'Garder les photos d’origine' }).check()
  const buffer = withExif(await stored(page), 6)
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([{ name: 'Originale.jpg', mimeType: 'image/jpeg', buffer }])
  const found = await sent(ines, await open(ines, 'Originale.jpg'))
  expect([found.longest, found.isExif]).toEqual([2400, true])
  await page.goto('/documents/mine')
  await page.getByRole('checkbox', { name: 'Garder les photos d’origine' }).uncheck()
})

test('documents: of a photo that the browser cannot decode it is said why, and it can be sent as it is', async () => {
  const { page } = ines
  await page.goto('/documents/mine')
  // The beginning of a HEIC file, which no version of this browser decodes (ISO/IEC 23008-12).
  const buffer = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic', 'latin1')])
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([{ name: 'IMG_0001.HEIC', mimeType: 'image/heic', buffer }])
  await page.getByText('Ce navigateur ne sait pas lire cette photo').waitFor()
  await page.getByRole('button', { name: 'Envoyer telle quelle · IMG_0001.HEIC' }).click()
  await page.getByRole('link', { name: 'IMG_0001.HEIC' }).waitFor({ timeout: 60_000 })
  expect(ines.troubles()).toEqual([])
})
