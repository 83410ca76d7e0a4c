import { request } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { UploadGrant } from '../../../shared/kernel/upload.ts'
import { accepted } from '../../support/accepted.ts'
import { slices } from '../../support/announcement.ts'
import { timeoutMs } from '../../support/timeout.ts'
import { type Documents, openDocuments } from './territory.ts'

let documents: Documents
beforeAll(async () => {
  documents = await openDocuments()
})
afterAll(() => documents.close())

const type = 'application/octet-stream'
const megabyte = 1024 * 1024

/** Sends 60 % of a request's bytes, and then the line is dead. Settles when the connection is closed. */
const cut = ({ url, headers }: UploadGrant['puts'][number], bytes: Buffer): Promise<void> =>
  new Promise(resolve => {
    const put = request(url, { method: 'PUT', headers: { ...headers, 'content-length': String(bytes.length) } })
    put.on('error', () => resolve())
    put.on('response', () => {
      throw new Error('the bucket answered a request of which it had not got all')
    })
    put.write(bytes.subarray(0, Math.floor(bytes.length * 0.6)), () => put.destroy())
    put.on('close', () => resolve())
  })

it(
  'of 20 uploads that are cut at 60 % none is a document, and after a retry all are, byte for byte',
  async () => {
    // The last one is sent in parts, of which the third is cut.
    const files = Array.from({ length: 20 }, (_, at) => ({
      name: `Photo ${at + 1}.bin`,
      type,
      bytes: Buffer.alloc(at < 19 ? 100_000 + at : 26 * megabyte, `photo ${at}`),
    }))
    const announced: { file: string; upload: UploadGrant }[] = []
    for (const file of files) announced.push((await accepted(documents.announce('anne', 'mine', file))).body)
    for (const [at, { upload }] of announced.entries()) {
      const { bytes } = files[at] ?? { bytes: Buffer.alloc(0) }
      const parts = slices(bytes)
      if (parts.length > 0) await documents.put({ ...upload, puts: upload.puts.slice(0, 2) }, bytes)
      const [broken, of] = parts.length > 0 ? [upload.puts[2], parts[2]] : [upload.puts[0], bytes]
      if (broken && of) await cut(broken, of)
    }
    await documents.deliver()
    expect(await documents.list('anne', 'mine')).toEqual([])
    const last = announced.at(-1)?.file ?? ''
    const { body } = await documents.ask('complete', 'anne', { params: { file: last } })
    expect(body.type).toBe('/api/problems/upload-not-complete')

    for (const [at, { upload }] of announced.entries()) {
      const { bytes } = files[at] ?? { bytes: Buffer.alloc(0) }
      expect(new Set(await documents.put(upload, bytes))).toEqual(new Set([200]))
    }
    await accepted(documents.ask('complete', 'anne', { params: { file: last } }))
    await documents.deliver()
    const listed = await documents.list('anne', 'mine')
    expect(listed.map(({ name }) => name).sort()).toEqual(files.map(({ name }) => name).sort())
    for (const { name, file } of listed) {
      const sent = files.find(one => one.name === name)?.bytes ?? Buffer.alloc(0)
      const stored = await documents.objects.firstBytes({ id: file?.id ?? '' }, sent.length + 1)
      expect(stored.equals(sent), name).toBe(true)
    }
  },
  timeoutMs(60),
)
