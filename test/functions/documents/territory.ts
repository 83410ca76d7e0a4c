import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { arrivalsHandler } from '../../../functions/documents/arrivals.ts'
import { documentsDeliveries } from '../../../functions/documents/deliveries.ts'
import { documentsHandler } from '../../../functions/documents/documents.ts'
import { openSignedGets } from '../../../functions/documents/signed-get.ts'
import { openStoredObjects } from '../../../functions/documents/stored-objects.ts'
import { openUploads } from '../../../functions/platform/upload.ts'
import { credentials } from '../../../lib/local/loopback.ts'
import { openStorage } from '../../../lib/local/storage.ts'
import { documentsContract } from '../../../shared/documents/contract.ts'
import type { Entry, LinkedEntry } from '../../../shared/documents/shapes.ts'
import type { UploadGrant } from '../../../shared/kernel/upload.ts'
import { accepted } from '../../support/accepted.ts'
import { announcementOf, slices } from '../../support/announcement.ts'
import { type CallOptions, call } from '../../support/call.ts'
import { startDynamoDb } from '../../support/dynamodb.ts'
import { type Clock, testPlatform } from '../../support/platform.ts'
import { seedSchool } from '../../support/school.ts'
import { openClock } from '../clock/clock.ts'
import { openStream } from '../delivery/stream.ts'
import { limits } from './limits.ts'
import { testSigning } from './signing.ts'

const bucket = 'documents'
const region = 'eu-west-3'

type Routes = typeof documentsContract.routes
type Sent = { readonly bytes: Buffer; readonly name?: string; readonly type?: string }

/** A school with its documents: the functions on a table and an S3 of this machine, with its scan for malware. */
export const openDocuments = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'preau-documents-'))
  const database = await startDynamoDb({ stream: true })
  const storage = await openStorage({ folder, region })
  storage.bucket(bucket)
  const origin = await storage.addressOf(bucket)
  const clock: Clock = { now: new Date() }
  const platform = await testPlatform(database, clock)
  const { callers } = await seedSchool(database, clock.now)
  const objects = openStoredObjects(storage.client, bucket)
  const signing = { ...testSigning, credentials }
  const place = { origin, region }
  const handler = documentsHandler(
    { ...platform, signUpload: openUploads(place, signing, platform.now) },
    { limits, objects, signGet: openSignedGets(place, signing, platform.now) },
  )
  const arrive = arrivalsHandler({ ...platform, objects } as never)
  const waiting: object[] = []
  for (const event of ['s3:ObjectCreated:*', 's3:ObjectTagging:Put'] as const)
    storage.notify(bucket, { prefix: 'documents/', event }, notification => waiting.push(notification))
  storage.scan(bucket, ['documents/'])

  const takeAway = async (file: string) => void waiting.push({ takenAway: file })
  const stream = await openStream(database, { ...platform, takeAway }, [documentsDeliveries])
  await stream.fresh()

  const ask = (name: keyof Routes, who: string | undefined, options: Omit<CallOptions, 'as'> = {}) =>
    call(handler, platform, documentsContract.routes[name], {
      ...options,
      as: who === undefined ? undefined : callers[who],
    })
  /** Hands what the bucket and the stream have told to the function. Throws if a message failed. */
  const deliver = async (): Promise<void> => {
    // The scan tags in a later turn than the put that it follows.
    for (let quiet = 0; quiet < 3; ) {
      await new Promise(setImmediate)
      await stream.deliverAll()
      const told = waiting.splice(0)
      quiet = told.length > 0 ? 0 : quiet + 1
      const Records = told.map((one, at) => ({ messageId: String(at), body: JSON.stringify(one) }))
      const { batchItemFailures } = await arrive({ Records } as never)
      if (batchItemFailures.length > 0) throw new Error('a message of the bucket failed')
    }
  }
  const announce = async (
    who: string,
    space: string,
    { bytes, name = 'Exposé.txt', type = 'text/plain' }: Sent,
    more = {},
  ) => ask('announce', who, { params: { space }, body: { name, file: announcementOf(bytes, type), ...more } })
  /** Puts bytes, or each part of them, with the requests of a grant. */
  const put = async ({ puts }: UploadGrant, bytes: Buffer): Promise<number[]> => {
    const parts = puts.length > 1 ? slices(bytes) : [bytes]
    const statuses: number[] = []
    for (const [at, { url, headers }] of puts.entries()) {
      const reply = await fetch(url, { method: 'PUT', headers, body: new Uint8Array(parts[at] ?? []) })
      await reply.arrayBuffer()
      statuses.push(reply.status)
    }
    return statuses
  }
  /** Sends a file into a space and waits for its document. Throws if it is refused. */
  const send = async (who: string, space: string, sent: Sent, more = {}): Promise<string> => {
    const { file, upload } = (await accepted(announce(who, space, sent, more))).body
    const statuses = await put(upload, sent.bytes)
    if (statuses.some(status => status !== 200)) throw new Error(`the bucket answered ${statuses.join()}`)
    if (upload.puts.length > 1) await accepted(ask('complete', who, { params: { file } }))
    await deliver()
    return (await accepted(ask('upload', who, { params: { file } }))).body.entry
  }
  const list = async (who: string, space: string, query: Record<string, string> = {}): Promise<LinkedEntry[]> =>
    (await accepted(ask('list', who, { params: { space }, query }))).body.items
  const trash = async (who: string, space: string): Promise<Entry[]> =>
    (await accepted(ask('trash', who, { params: { space } }))).body.items
  const used = async (who: string, space: string): Promise<number> =>
    (await accepted(ask('spaces', who))).body.items.find((one: { id: string }) => one.id === space).used
  const runClock = openClock(platform)
  return {
    ask,
    announce,
    put,
    send,
    deliver,
    list,
    trash,
    used,
    clock,
    callers,
    secrets: platform.secrets,
    storage,
    objects,
    sweep: () => arrive({ sweep: true }),
    /** The clock's run at an instant. */
    tick: async (at: Date) => {
      clock.now = at
      await runClock()
    },
    close: async () => {
      await storage.close()
      await database.close()
      rmSync(folder, { recursive: true })
    },
  }
}
export type Documents = Awaited<ReturnType<typeof openDocuments>>
