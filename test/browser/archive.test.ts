import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtAssembly } from '../support/built.ts'
import { runs } from '../support/thorough.ts'
import { classSize, fullClass, sendPhoto } from '../support/valmont-class.ts'
import { entriesOf } from './archive.ts'
import { type Fixture, openFixture, type Visit } from './fixture.ts'

/** Photos of each pupil: 105 of 400 KB in the long run, 42 MB. */
const perPupil = runs(1, 3)
const photoBytes = runs(20_000, 400_000)

let fixture: Fixture
let helene: Visit
let piece: string
const handedIn = new Set<string>()

beforeAll(
  async () => {
    fixture = await openFixture(builtAssembly())
    const photos = async (...[teacher, at]: Parameters<NonNullable<Parameters<typeof fullClass>[1]>>) => {
      const names = Array.from({ length: perPupil }, (_, page) => `Élève ${at} page ${page}.jpg`)
      const sent = await Promise.all(names.map(name => sendPhoto(teacher, name, photoBytes)))
      for (const { sha256 } of sent) handedIn.add(sha256)
      return sent
    }
    piece = (await fullClass(fixture, photos)).piece
    helene = await fixture.visit('helene')
  },
  runs(300_000, 600_000),
)
afterAll(() => fixture?.close())

test('the archive of a class: every photo of every pupil is in it, with the bytes handed in, and no two have one name', async () => {
  const { page } = helene
  await page.goto(`/notebook/collected/${piece}`)
  const downloading = page.waitForEvent('download', { timeout: 120_000 })
  await page.getByRole('button', { name: 'Tout télécharger' }).click()
  const entries = await entriesOf(readFileSync(await (await downloading).path()))
  const photos = [...entries].filter(([name]) => name.endsWith('.jpg'))
  expect(photos).toHaveLength(classSize * perPupil)
  const found = photos.map(([, bytes]) => createHash('sha256').update(bytes).digest('hex'))
  expect(new Set(found)).toEqual(handedIn)
  expect(new Set([...entries.keys()].map(name => name.normalize('NFC').toLowerCase())).size).toBe(entries.size)
  expect(new Set([...entries.keys()].map(name => name.split('/')[0])).size).toBe(classSize)
  expect(helene.troubles()).toEqual([])
})
