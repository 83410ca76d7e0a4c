import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { timeId } from '../../../shared/kernel/ids.ts'
import { eicar, encryptedZip } from '../../support/malware.ts'
import { audience, groups } from '../../support/school.ts'
import { type Documents, openDocuments } from './territory.ts'

const sixA = audience('class', groups.sixA.id)
const megabyte = 1024 * 1024

let documents: Documents
beforeAll(async () => {
  documents = await openDocuments()
})
afterAll(() => documents.close())

const text = (content: string) => Buffer.from(content)
const named = async (who: string, space: string, name: string) =>
  (await documents.list(who, space)).find(one => one.name === name)

describe('a file that is announced and put', () => {
  it('is a document of the space from then on, and not before', async () => {
    const bytes = text('La Grèce antique')
    const { file, upload } = (await documents.announce('anne', sixA, { bytes, name: 'Leçon 3.txt' })).body
    expect(await named('lea', sixA, 'Leçon 3.txt')).toBeUndefined()
    expect(await documents.put(upload, bytes)).toEqual([200])
    // A retry of what did arrive, as after a lost reply.
    expect(await documents.put(upload, bytes)).toEqual([200])
    await documents.deliver()
    const found = await named('lea', sixA, 'Leçon 3.txt')
    expect(found).toMatchObject({ by: { name: 'Anne Roche' }, file: { id: file, length: bytes.length, scan: 'clean' } })
    expect(found?.link).toMatch(`/media/${sixA}/${file}-`)
    expect((await documents.list('anne', sixA)).filter(one => one.name === 'Leçon 3.txt')).toHaveLength(1)
    expect(await documents.objects.head({ id: file })).toMatchObject({ length: bytes.length })
  })

  it('is sent in parts above 25 MB, and is byte-equal', async () => {
    const bytes = Buffer.alloc(26 * megabyte, 'volcan')
    // A class takes 20 MB here; a teacher’s own space more.
    const entry = await documents.send('anne', 'mine', { bytes, name: 'Volcan.bin', type: 'application/octet-stream' })
    const [found] = await documents.list('anne', 'mine')
    expect(found).toMatchObject({ id: entry, file: { length: bytes.length, scan: 'clean' } })
    const stored = await documents.objects.firstBytes({ id: found?.file?.id ?? '' }, bytes.length)
    expect(stored.equals(bytes)).toBe(true)
  }, 60_000)

  it('is not completed before all its parts are there', async () => {
    const bytes = Buffer.alloc(26 * megabyte, 'a')
    const sent = { bytes, name: 'Coupé.bin', type: 'application/octet-stream' }
    const { file, upload } = (await documents.announce('anne', 'mine', sent)).body
    expect(await documents.put({ ...upload, puts: upload.puts.slice(0, 2) }, bytes)).toEqual([200, 200])
    const incomplete = await documents.ask('complete', 'anne', { params: { file } })
    expect([incomplete.status, incomplete.body.type]).toEqual([409, '/api/problems/upload-not-complete'])
    await documents.deliver()
    expect(await named('anne', 'mine', 'Coupé.bin')).toBeUndefined()
    expect(await documents.put(upload, bytes)).toEqual([200, 200, 200, 200])
    expect((await documents.ask('complete', 'anne', { params: { file } })).status).toBe(200)
    expect((await documents.ask('complete', 'anne', { params: { file } })).status).toBe(200)
    await documents.deliver()
    expect(await named('anne', 'mine', 'Coupé.bin')).toMatchObject({ file: { length: bytes.length } })
  }, 60_000)

  it.each([
    ['a program that calls itself a picture', 'image/png', 'MZ\x90\0\x03'],
    ['a page that calls itself a picture', 'image/jpeg', '<html><script>alert(1)</script>'],
    ['an archive that calls itself a text', 'text/plain', 'PK\x03\x04\x14\0'],
    ['a picture that calls itself a document', 'application/pdf', '\x89PNG\r\n\x1a\n'],
    ['a binary that calls itself a text', 'text/plain', '\0\x01\x02'],
  ])('is refused and deleted where it is %s, and whoever sent it sees why', async (_, type, content) => {
    const bytes = Buffer.from(content, 'latin1')
    const before = await documents.used('lea', 'mine')
    const { file, upload } = (await documents.announce('lea', 'mine', { bytes, name: 'x', type })).body
    expect(await documents.put(upload, bytes)).toEqual([200])
    await documents.deliver()
    const { body } = await documents.ask('upload', 'lea', { params: { file } })
    expect(body).toEqual({ file, state: 'refused', reason: 'type' })
    expect(await documents.objects.head({ id: file })).toBeUndefined()
    // Put once more by the same grant: it is deleted again.
    await documents.put(upload, bytes)
    await documents.deliver()
    expect(await documents.objects.head({ id: file })).toBeUndefined()
    expect([await documents.list('lea', 'mine'), await documents.used('lea', 'mine')]).toEqual([[], before])
  })

  it('is refused by the bucket with another length or other bytes', async () => {
    const bytes = text('vingt sur vingt')
    const { file, upload } = (await documents.announce('lea', 'mine', { bytes })).body
    expect(await documents.put(upload, text('vingt sur vingt!'))).toEqual([403])
    expect(await documents.put(upload, text('trois sur vingt'))).toEqual([400])
    await documents.deliver()
    expect((await documents.ask('upload', 'lea', { params: { file } })).body.state).toBe('announced')
    expect((await documents.ask('cancel', 'lea', { params: { file } })).status).toBe(204)
    expect(await documents.used('lea', 'mine')).toBe(0)
    // What arrives after that is nobody’s.
    await documents.put(upload, bytes)
    await documents.deliver()
    expect([await documents.objects.head(file), await documents.list('lea', 'mine')]).toEqual([undefined, []])
  })

  it('is forgotten a day later if it did not arrive, and its room is given back', async () => {
    const { clock } = documents
    const start = clock.now
    const { file } = (await documents.announce('tom', 'mine', { bytes: text('jamais') })).body
    expect(await documents.used('tom', 'mine')).toBe(6)
    const later = start.getTime() + 24 * 3600_000
    // The clock's first run looks at no minute before its own.
    await documents.tick(new Date(later - 60_000))
    await documents.tick(new Date(later + 60_000))
    await documents.sweep()
    clock.now = start
    expect((await documents.ask('upload', 'tom', { params: { file } })).status).toBe(404)
    expect(await documents.used('tom', 'mine')).toBe(0)
  })
})

describe('the scan of a file', () => {
  it('keeps an infected one from everybody', async () => {
    await documents.send('lea', sixA, { bytes: text(eicar), name: 'Facile.txt' })
    const found = await named('anne', sixA, 'Facile.txt')
    expect(found).toMatchObject({ file: { scan: 'infected' } })
    expect(found).not.toHaveProperty('link')
    const params = { space: sixA, entry: found?.id ?? '' }
    expect((await documents.ask('unscanned', 'anne', { params })).body.type).toBe('/api/problems/not-served')
    const copy = { params: { space: 'mine' }, body: { from: sixA, entry: found?.id } }
    expect((await documents.ask('copy', 'anne', copy)).body.type).toBe('/api/problems/not-served')
  })

  it('gives what it cannot look into to adults alone, past the edge, to be saved', async () => {
    const entry = await documents.send('lea', sixA, {
      bytes: encryptedZip,
      name: 'Secret.zip',
      type: 'application/zip',
    })
    const found = await named('anne', sixA, 'Secret.zip')
    expect(found).toMatchObject({ file: { scan: 'unscannable' } })
    expect(found).not.toHaveProperty('link')
    const params = { space: sixA, entry }
    expect((await documents.ask('unscanned', 'lea', { params })).status).toBe(403)
    const { url } = (await documents.ask('unscanned', 'anne', { params })).body
    const reply = await fetch(url)
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/octet-stream'])
    expect(reply.headers.get('content-disposition')).toBe(
      `attachment; filename="Secret.zip"; filename*=UTF-8''Secret.zip`,
    )
    expect(Buffer.from(await reply.arrayBuffer()).equals(encryptedZip)).toBe(true)
  })
})

describe('room', () => {
  it('is told with both figures where there is too little, before a byte is sent', async () => {
    const of = async (length: number, type = 'application/octet-stream', more = {}) => {
      const bytes = Buffer.alloc(length)
      const { status, body } = await documents.announce('karim', 'mine', { bytes, type }, more)
      return { status, ...body }
    }
    const entry = await documents.send('karim', 'mine', {
      bytes: Buffer.alloc(5 * megabyte),
      type: 'application/octet-stream',
    })
    const refused = await of(5 * megabyte)
    expect([refused.status, refused.type, refused.room]).toEqual([
      422,
      '/api/problems/space-full',
      { needed: 5 * megabyte, left: 4 * megabyte },
    ])
    // A new version of 5 MB in place of one of 5 MB counts once.
    const replacing = Buffer.alloc(5 * megabyte, 'b')
    const type = 'application/octet-stream'
    expect(await documents.send('karim', 'mine', { bytes: replacing, type }, { replaces: entry })).toBe(entry)
    expect(await documents.used('karim', 'mine')).toBe(5 * megabyte)
    const { history } = (await documents.ask('entry', 'karim', { params: { space: 'mine', entry } })).body
    expect(history).toHaveLength(2)
    const large = await of(65 * megabyte)
    expect([large.type, large.room]).toEqual([
      '/api/problems/file-too-large',
      { needed: 65 * megabyte, left: 64 * megabyte },
    ])
  }, 60_000)

  it('of a class is the class’s, not that of whoever sends', async () => {
    const before = await documents.used('lea', 'mine')
    await documents.send('lea', sixA, { bytes: text('à tous'), name: 'Partage.txt' })
    expect(await documents.used('lea', 'mine')).toBe(before)
  })

  it('is not given twice to files that are announced at once', async () => {
    const bytes = Buffer.alloc(5 * megabyte)
    const sent = { bytes, type: 'application/octet-stream' }
    const replies = await Promise.all([1, 2, 3].map(() => documents.announce('sophie', 'mine', sent)))
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 422, 422])
  })
})

it('a file that nobody announced is deleted', async () => {
  const file = timeId(new Date())
  const { PutObjectCommand } = await import('@aws-sdk/client-s3')
  const Key = `documents/${file}`
  await documents.storage.client.send(new PutObjectCommand({ Bucket: 'documents', Key, Body: 'x' }))
  await documents.deliver()
  expect(await documents.objects.head({ id: file })).toBeUndefined()
})
