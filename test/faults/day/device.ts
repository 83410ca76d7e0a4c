import { request } from 'node:http'
import { randomId } from '../../../shared/kernel/ids.ts'
import type { UploadGrant } from '../../../shared/kernel/upload.ts'
import { announcementOf, slices } from '../../support/announcement.ts'
import type { Called, CallOptions } from '../../support/call.ts'
import type { Day } from './territory.ts'

type Ask<Name> = (name: Name, who: string, options?: Omit<CallOptions, 'as'>) => Promise<Called>
type Options = Omit<CallOptions, 'as' | 'key'>

/** Attempts after which something never succeeds. */
const most = 200

/** Sends a share of a request's bytes, and then the line is dead. Settles when the connection is closed. */
export const cutPut = ({ url, headers }: UploadGrant['puts'][number], bytes: Buffer, share: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const put = request(url, { method: 'PUT', headers: { ...headers, 'content-length': String(bytes.length) } })
    put.on('error', () => resolve())
    put.on('response', () => reject(new Error('the bucket answered a request of which it had not got all')))
    put.write(bytes.subarray(0, Math.floor(bytes.length * share)), () => put.destroy())
    put.on('close', () => resolve())
  })

/**
 * A device: what it sends it sends again, under the same Idempotency-Key, until it is answered; at times twice at one moment,
 * as two tabs do. Of its puts to the bucket a fifth are not sent, cut, or not answered.
 */
export const openDevice = (day: Day, who: string, random: () => number) => {
  const asked = async <Name>(ask: Ask<Name>, name: Name, options: Options, copies: () => number) => {
    const key = randomId()
    for (let attempt = 0; attempt < most; attempt++) {
      const replies = await Promise.all(Array.from({ length: copies() }, () => ask(name, who, { ...options, key })))
      const refused = replies.find(({ status }) => status >= 300 && status !== 503)
      if (refused) throw new Error(`${who} ${name}: ${refused.status} ${refused.raw}`)
      const answers = replies.filter(({ status }) => status < 300)
      if (new Set(answers.map(({ raw }) => raw)).size > 1) throw new Error(`${name} was answered in two ways`)
      if (answers[0]) return answers[0].body
    }
    throw new Error(`${who} ${name}: never answered`)
  }
  const send = <Name>(ask: Ask<Name>, name: Name, options: Options = {}) =>
    asked(ask, name, options, () => (random() < 0.1 ? 2 : 1))
  const read = <Name>(ask: Ask<Name>, name: Name, options: Options = {}) => asked(ask, name, options, () => 1)

  const put = async (grant: UploadGrant['puts'][number], bytes: Buffer): Promise<void> => {
    for (let attempt = 0; attempt < most; attempt++) {
      const fault = random()
      if (fault < 0.07) continue
      if (fault < 0.14) {
        await cutPut(grant, bytes, 0.6)
        continue
      }
      const reply = await fetch(grant.url, { method: 'PUT', headers: grant.headers, body: new Uint8Array(bytes) })
      await reply.arrayBuffer()
      if (reply.status !== 200) throw new Error(`the bucket answered ${reply.status}`)
      if (fault >= 0.2) return
    }
    throw new Error('the bucket never took the file')
  }

  /** Sends a file into a space, and waits until it is a document that was scanned. Gives the document. */
  const upload = async (space: string, name: string, bytes: Buffer, type = 'application/pdf'): Promise<string> => {
    const { documents } = day.asks
    const body = { name, file: announcementOf(bytes, type) }
    const { file, upload: grant } = await send(documents, 'announce', { params: { space }, body })
    const { puts } = grant as UploadGrant
    const parts = puts.length > 1 ? slices(bytes) : [bytes]
    await Promise.all(puts.map((one, at) => put(one, parts[at] ?? bytes)))
    if (puts.length > 1) await send(documents, 'complete', { params: { file } })
    for (let look = 0; look < most; look++) {
      const { state, entry } = await read(documents, 'upload', { params: { file } })
      if (state === 'refused') throw new Error(`${name} was refused`)
      if (state === 'stored') {
        const { file: stored } = await read(documents, 'entry', { params: { space, entry } })
        if (stored.scan === 'clean') return entry
      }
      await day.nextDelivery()
    }
    throw new Error(`${name} never arrived`)
  }

  return { send, read, upload }
}
