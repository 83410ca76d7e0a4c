import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { documentsContract } from '../../shared/documents/contract.ts'
import { timeId } from '../../shared/kernel/ids.ts'
import type { UploadGrant } from '../../shared/kernel/upload.ts'
import { workContract } from '../../shared/work/contract.ts'
import type { HandIn, ReadFile } from '../../shared/work/hand-in.ts'
import { accepted } from '../support/accepted.ts'
import { announcementOf } from '../support/announcement.ts'
import { builtAssembly } from '../support/built.ts'
import { eventually, type Visitor } from '../support/http.ts'
import { eicar, encryptedZip } from '../support/malware.ts'
import { populate } from '../support/populate.ts'
import { startTerritory, type Territory } from '../support/territory.ts'
import { timeoutMs } from '../support/timeout.ts'
import { idOf } from '../support/valmont.ts'
import { sendDocument } from '../support/valmont-documents.ts'
import { assignmentTitles, setAssignments } from '../support/valmont-hand-ins.ts'

const { routes } = workContract
const pupil = idOf('ines')

let territory: Territory
let as: (name: 'helene' | 'ines' | 'sophie' | 'karim' | 'moussa' | 'marc') => Promise<Visitor>
let piece: string

beforeAll(async () => {
  territory = await startTerritory({ assembly: builtAssembly() })
  const valmont = await populate(territory)
  as = name => valmont.as(name)
  piece = (await setAssignments(valmont)).get(assignmentTitles.open) ?? ''
})
afterAll(() => territory?.stop())

const handIn = (who: Visitor, attachments: readonly string[], version = timeId(new Date())) => {
  const at = new Date().toISOString()
  return who.ask(routes.sendHandIn, { params: { piece, pupil, version }, body: { attachments, at, sentAt: at } })
}
const readBy = async (who: Visitor): Promise<HandIn> =>
  (await accepted(who.ask(routes.handIn, { params: { piece, pupil } }))).body
/** A file of the last version, once its scan has told. */
const scanned = (who: Visitor, name: string): Promise<ReadFile> =>
  eventually(async () => {
    const found = (await readBy(who)).versions.flatMap(({ files = [] }) => files).find(one => one.name === name)
    return found?.scan === 'waiting' ? undefined : found
  }, timeoutMs(30))

it('hands in no photo of which not all has arrived, and hands it in once it has arrived, byte for byte', async () => {
  const [ines, helene] = await Promise.all([as('ines'), as('helene')])
  const bytes = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(200_000, 'page')])
  const body = { name: 'Page 1.jpg', file: announcementOf(bytes, 'image/jpeg') }
  const announced: { file: string; upload: UploadGrant } = (
    await accepted(ines.ask(documentsContract.routes.announce, { params: { space: 'mine' }, body }))
  ).body
  const early = await handIn(ines, [announced.file])
  expect([early.status, early.body.errors?.[0]?.path]).toEqual([400, 'body.attachments.0'])
  expect((await readBy(helene)).versions).toEqual([])
  for (const { url, headers } of announced.upload.puts)
    expect((await fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes) })).status).toBe(200)
  const version = timeId(new Date())
  const receipt = await eventually(async () => {
    const reply = await handIn(ines, [announced.file], version)
    return reply.status === 200 ? reply.body : undefined
  }, timeoutMs(30))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  expect(receipt.files).toEqual([
    { file: announced.file, name: 'Page 1.jpg', length: bytes.length, type: 'image/jpeg', sha256 },
  ])
  const { link = '' } = await scanned(helene, 'Page 1.jpg')
  const served = await fetch(territory.url + link, { headers: { cookie: cookiesOf(helene) } })
  expect(
    createHash('sha256')
      .update(Buffer.from(await served.arrayBuffer()))
      .digest('hex'),
  ).toBe(sha256)
})

const cookiesOf = ({ cookies }: Visitor) => [...cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')

it('serves it at the edge to its reader alone, and tells nobody else of it', async () => {
  const [ines, helene] = await Promise.all([as('ines'), as('helene')])
  const [hers, teachers] = [await scanned(ines, 'Page 1.jpg'), await scanned(helene, 'Page 1.jpg')]
  expect((await ines.get(hers.link ?? '')).status).toBe(200)
  for (const who of ['ines', 'sophie', 'moussa', 'marc'] as const)
    expect((await (await as(who)).get(teachers.link ?? '')).status, who).toBe(404)
  for (const who of ['moussa', 'marc'] as const) {
    const reply = await (await as(who)).ask(routes.handIn, { params: { piece, pupil } })
    expect([403, 404], who).toContain(reply.status)
  }
  // A guardian is told that it was handed in, and by no name of a file.
  const sophie = await readBy(await as('sophie'))
  expect([sophie.state, sophie.versions]).toEqual(['handed-in', []])
})

it('takes what no scanner can look into, for the teacher to save past the edge, and nothing that is infected', async () => {
  const [ines, helene] = await Promise.all([as('ines'), as('helene')])
  const [archive, virus] = await Promise.all([
    sendDocument(ines, 'mine', { name: 'Archive.zip', type: 'application/zip', bytes: encryptedZip }),
    sendDocument(ines, 'mine', { name: 'Virus.txt', type: 'text/plain', bytes: Buffer.from(eicar) }),
  ])
  expect((await handIn(ines, [virus])).status).toBe(400)
  expect((await handIn(ines, [archive])).status).toBe(200)
  const { file, link, scan } = await scanned(helene, 'Archive.zip')
  expect([scan, link]).toEqual(['unscannable', undefined])
  const params = { piece, pupil, file }
  const { url } = (await accepted(helene.ask(routes.unscannedFile, { params }))).body
  const saved = await fetch(url)
  expect(saved.headers.get('content-disposition')).toMatch(/^attachment/)
  expect(Buffer.from(await saved.arrayBuffer()).equals(encryptedZip)).toBe(true)
  expect((await ines.ask(routes.unscannedFile, { params })).status).toBe(403)
  expect((await (await as('karim')).ask(routes.unscannedFile, { params })).status).toBe(404)
})
