import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import { arrivalsHandler } from '../../../functions/documents/arrivals.ts'
import { documentsDeliveries } from '../../../functions/documents/deliveries.ts'
import { documentsHandler } from '../../../functions/documents/documents.ts'
import { openSignedGets } from '../../../functions/documents/signed-get.ts'
import { openStoredObjects } from '../../../functions/documents/stored-objects.ts'
import type { Access } from '../../../functions/platform/access.ts'
import { chunks } from '../../../functions/platform/concurrent.ts'
import type { Deliveries } from '../../../functions/platform/delivery.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import { openUploads } from '../../../functions/platform/upload.ts'
import { credentials } from '../../../lib/local/loopback.ts'
import { openStorage } from '../../../lib/local/storage.ts'
import { documentsContract } from '../../../shared/documents/contract.ts'
import type { Entry, LinkedEntry } from '../../../shared/documents/shapes.ts'
import type { UploadGrant } from '../../../shared/kernel/upload.ts'
import { accepted } from '../../support/accepted.ts'
import { announcementOf, slices } from '../../support/announcement.ts'
import { type CallOptions, call } from '../../support/call.ts'
import { type Database, startDynamoDb } from '../../support/dynamodb.ts'
import { type Clock, testPlatform } from '../../support/platform.ts'
import { type Definition, seedSchool } from '../../support/school.ts'
import { openClock } from '../clock/clock.ts'
import { openStream } from '../delivery/stream.ts'
import { limits } from './limits.ts'
import { testSigning } from './signing.ts'

const bucket = 'documents'
const region = 'eu-west-3'

type Routes = typeof documentsContract.routes
type Sent = { readonly bytes: Buffer; readonly name?: string; readonly type?: string }

type Setting = {
  /** People beside those that every test knows. */
  readonly more?: Readonly<Record<string, Definition>>
  /** What the stream is delivered to. */
  readonly subscribed?: readonly Deliveries[]
  /** Clients of the table: of the functions that answer, and of those behind them. Absent: the database's own. */
  readonly clientsOf?: (database: Database) => Readonly<Record<'answering' | 'behind', DynamoDBClient>>
}

/** The records of a batch of the stream, and the messages of one of the queue, as lib/platform has them. */
const [recordsOfBatch, messagesOfBatch] = [100, 10]

/** A school with its documents: the functions on a table and an S3 of this machine, with its scan for malware. */
export const openDocuments = async ({ more = {}, subscribed = [documentsDeliveries], clientsOf }: Setting = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'preau-documents-'))
  const database = await startDynamoDb({ stream: true })
  const storage = await openStorage({ folder, region })
  storage.bucket(bucket)
  const origin = await storage.addressOf(bucket)
  const clock: Clock = { now: new Date() }
  const { client } = database
  const { answering, behind } = clientsOf?.(database) ?? { answering: client, behind: client }
  const platform = await testPlatform({ ...database, client: answering }, clock)
  const background = { ...platform, table: openTable<Access>(database.table, {}, platform.now, behind) }
  const { people, callers } = await seedSchool(database, clock.now, { more })
  const objects = openStoredObjects(storage.client, bucket)
  const signing = { ...testSigning, credentials }
  const place = { origin, region }
  const handler = documentsHandler(
    { ...platform, signUpload: openUploads(place, signing, platform.now) },
    { limits, objects, signGet: openSignedGets(place, signing, platform.now) },
  )
  const arrive = arrivalsHandler({ ...background, objects } as never)
  const waiting: object[] = []
  for (const event of ['s3:ObjectCreated:*', 's3:ObjectTagging:Put'] as const)
    storage.notify(bucket, { prefix: 'documents/', event }, notification => waiting.push(notification))
  storage.scan(bucket, ['documents/'])

  const takeAway = async (file: string) => void waiting.push({ takenAway: file })
  const stream = await openStream(database, { ...background, takeAway }, subscribed)
  await stream.fresh()

  const ask = (name: keyof Routes, who: string | undefined, options: Omit<CallOptions, 'as'> = {}) =>
    call(handler, platform, documentsContract.routes[name], {
      ...options,
      as: who === undefined ? undefined : callers[who],
    })
  let undelivered: DynamoDBRecord[] = []
  /**
   * Hands what the stream and the bucket have told to the functions, once: `told` is how much that is. What failed comes
   * again the next time: of the stream from the first record that failed, as with Lambda.
   */
  const deliverOnce = async (): Promise<{ told: number; failed: number }> => {
    // The scan tags in a later turn than the put that it follows.
    await new Promise(setImmediate)
    undelivered.push(...(await stream.fresh()))
    const records = undelivered.slice(0, recordsOfBatch)
    const reported = new Set((await stream.deliver(records)).batchItemFailures.map(one => one.itemIdentifier))
    const first = records.findIndex(({ dynamodb }) => reported.has(dynamodb?.SequenceNumber ?? ''))
    undelivered = undelivered.slice(first < 0 ? records.length : first)
    const messages = waiting.splice(0)
    const left: object[] = []
    const handOver = async (batch: readonly object[]) => {
      const Records = batch.map((one, at) => ({ messageId: String(at), body: JSON.stringify(one) }))
      const { batchItemFailures } = await arrive({ Records } as never)
      left.push(...batchItemFailures.flatMap(({ itemIdentifier }) => batch[Number(itemIdentifier)] ?? []))
    }
    await Promise.all(chunks(messages, messagesOfBatch).map(handOver))
    waiting.push(...left)
    return { told: records.length + messages.length, failed: reported.size + left.length }
  }
  /** Hands over what is told until nothing follows. Throws if some of it failed. */
  const deliver = async (): Promise<void> => {
    for (let quiet = 0; quiet < 3; ) {
      const { told, failed } = await deliverOnce()
      if (failed > 0) throw new Error('a record of the stream or a message of the bucket failed')
      quiet = told > 0 ? 0 : quiet + 1
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
    deliverOnce,
    list,
    trash,
    used,
    clock,
    database,
    platform,
    people,
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
