import { request } from 'node:http'
import { documentsContract } from '../../shared/documents/contract.ts'
import type { LinkedEntry } from '../../shared/documents/shapes.ts'
import { announcementOf } from '../support/announcement.ts'
import { eventually, type Visitor } from '../support/http.ts'
import type { Emulator } from './emulator.ts'
import { timeoutMs } from './journey.ts'
import { expect } from './people.ts'

const { announce, list } = documentsContract.routes
const params = { space: 'mine' }

/** Sends a file as a grant says, to the emulator in place of S3. Gives the status. */
const put = (
  { endpoint }: Emulator,
  grant: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
  content: Buffer,
): Promise<number> => {
  const { host, pathname, search } = new URL(grant.url)
  return new Promise((resolve, reject) => {
    const headers = { ...grant.headers, host, 'content-length': String(content.length) }
    const sent = request(`${endpoint}${pathname}${search}`, { method: 'PUT', headers }, reply => {
      reply.resume()
      resolve(reply.statusCode ?? 0)
    })
    sent.once('error', reject)
    sent.end(content)
  })
}

/**
 * Somebody sends a file straight to the bucket, which tells the queue: then it is among their documents. The emulator scans
 * nothing, so that it waits, and has no address. Gives the document.
 */
export const documentKept = async (
  emulator: Emulator,
  who: Visitor,
  { name, type, content }: { readonly name: string; readonly type: string; readonly content: string },
): Promise<string> => {
  const bytes = Buffer.from(content)
  const announced = await who.ask(announce, { params, body: { name, file: announcementOf(bytes, type) } })
  expect('announcing a file', announced, 201)
  for (const grant of announced.body.upload.puts) {
    const status = await put(emulator, grant, bytes)
    if (status !== 200) throw new Error(`the bucket answered ${status} to the file`)
  }
  const { file } = announced.body
  const kept = await eventually(async () => {
    const reply = await who.ask(list, { params })
    expect('the documents of one’s own', reply, 200)
    return (reply.body.items as LinkedEntry[]).find(one => one.file?.id === file)
  }, timeoutMs).catch((cause: unknown) => {
    throw new Error('the file that was sent is no document', { cause })
  })
  if (kept.file?.scan !== 'waiting' || kept.link !== undefined)
    throw new Error(`a file that was not scanned is served: ${JSON.stringify(kept)}`)
  return kept.id
}
