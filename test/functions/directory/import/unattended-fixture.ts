import { join } from 'node:path'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DeleteObjectsCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { unattendedAccess } from '../../../../functions/directory/access.ts'
import type { Confirmation } from '../../../../functions/directory/import/runs.ts'
import { openFeedBucket } from '../../../../functions/directory/import/unattended/bucket.ts'
import { importsHandler } from '../../../../functions/directory/import/unattended/handle.ts'
import type { Unattended } from '../../../../functions/directory/import/unattended/unattended.ts'
import { openTable } from '../../../../functions/platform/open-table.ts'
import { openStorage } from '../../../../lib/local/storage.ts'
import { openFixture, type Stored } from './fixture.ts'

const Bucket = 'feeds'

/** An empty territory with a feeds' bucket, in which a test does one step of the imports after another. */
export const openUnattended = async () => {
  const fixture = await openFixture()
  const storage = await openStorage({ folder: join(fixture.folder, 's3'), region: 'eu-west-3' })
  storage.bucket(Bucket)
  const wakes: number[] = []
  const lines: string[] = []
  let sequence = 0

  /** A new environment of the function: its own lease, and nothing kept from an earlier one. */
  const environment = (client: DynamoDBClient = fixture.database.client, within = 36) => {
    const log = (kind: string) => (message: { code: string }, fields?: object) => {
      lines.push(JSON.stringify({ kind, ...message, ...fields }))
    }
    const unattended: Unattended = {
      config: { table: fixture.database.table, territory: 'demo', service: 'imports' },
      now: fixture.now,
      table: openTable(fixture.database.table, unattendedAccess, fixture.now, client),
      log: { info: log('info'), error: log('error'), count: metric => lines.push(metric), flush: () => {} },
      bucket: openFeedBucket(storage.client, Bucket),
      wake: async seconds => {
        wakes.push(seconds)
      },
    }
    return importsHandler(unattended, within)
  }

  const records = (...bodies: object[]) => ({
    Records: bodies.map((body, at) => ({ messageId: `m${++sequence}-${at}`, body: JSON.stringify(body) })),
  })

  /** Puts an object; gives S3's message of it. */
  const drop = async (key: string, Body: Buffer | string) => {
    await storage.client.send(new PutObjectCommand({ Bucket, Key: key, Body: Buffer.from(Body) }))
    const sequencer = String(++sequence).padStart(16, '0')
    return {
      Records: [
        { eventTime: fixture.now().toISOString(), s3: { object: { key: key.replaceAll(' ', '+'), sequencer } } },
      ],
    }
  }

  const send = (handler: ReturnType<typeof environment>, ...bodies: object[]) => handler(records(...bodies) as never)

  /** Steps until nothing is left to do; gives their number. */
  const finish = async (handler: () => ReturnType<typeof environment>): Promise<number> => {
    let steps = 0
    while (wakes.length > 0) {
      wakes.length = 0
      await send(handler(), { wake: true })
      if (++steps > 200) throw new Error('the import does not end')
    }
    return steps
  }

  const keys = async (prefix = '') =>
    ((await storage.client.send(new ListObjectsV2Command({ Bucket, Prefix: prefix }))).Contents ?? []).flatMap(
      ({ Key }) => Key ?? [],
    )

  return {
    ...fixture,
    storage,
    wakes,
    lines,
    environment,
    drop,
    send,
    finish,
    keys,
    /** All deliveries away, and whatever steps left. */
    clear: async () => {
      const Objects = (await keys()).map(Key => ({ Key }))
      if (Objects.length > 0) await storage.client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
      wakes.length = 0
    },
    /** The directory alone: not how imports went. */
    directory: async (): Promise<Map<string, Stored>> =>
      new Map([...(await fixture.everything())].filter(([key]) => !key.startsWith('IMPORTS|'))),
    confirmation: (one: Confirmation) => one,
    close: async () => {
      await storage.close()
      await fixture.close()
    },
  }
}
