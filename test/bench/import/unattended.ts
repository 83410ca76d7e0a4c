import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { ZipFile } from 'yazl'
import { unattendedAccess } from '../../../functions/directory/access.ts'
import { openFeedBucket } from '../../../functions/directory/import/unattended/bucket.ts'
import { importsHandler } from '../../../functions/directory/import/unattended/handle.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import { openStorage } from '../../../lib/local/storage.ts'
import { localClient, startDynamoDb } from '../../support/dynamodb.ts'
import { openMeter, type Reading } from '../../support/meter.ts'
import type { Figure, Part } from '../figure.ts'
import { prices } from '../week/prices.ts'
import { writeDelta, writeFeed } from './feed.ts'

/** Write units a second of a new on-demand table (Amazon DynamoDB Developer Guide, "On-demand capacity"). */
const unitsASecond = 4_000
const million = 1_000_000
const Bucket = 'feeds'

/** One delivery imported by itself: seconds of its first step, which reads, and of all others, which write. */
type Night = Reading & { readonly reading: number; readonly writing: number; readonly steps: number }

const archived = async (folder: string): Promise<Buffer> => {
  const zip = new ZipFile()
  for (const name of readdirSync(folder)) zip.addFile(join(folder, name), name)
  zip.end()
  const path = `${folder}.zip`
  await finished(zip.outputStream.pipe(createWriteStream(path)))
  return readFileSync(path)
}

const openNights = async (folder: string) => {
  const database = await startDynamoDb()
  const meter = await openMeter(database.endpoint)
  const client = localClient(meter.endpoint)
  const storage = await openStorage({ folder: join(folder, 's3'), region: 'eu-west-3' })
  storage.bucket(Bucket)
  const now = () => new Date()
  let woken = false
  let failures = 0
  const handle = importsHandler(
    {
      config: { table: database.table, territory: 'bench', service: 'imports' },
      now,
      table: openTable(database.table, unattendedAccess, now, client),
      log: { info: () => {}, error: () => failures++, count: () => {}, flush: () => {} },
      bucket: openFeedBucket(storage.client, Bucket),
      wake: async () => {
        woken = true
      },
    },
    36,
  )
  let nights = 0
  const send = async (body: object): Promise<number> => {
    woken = false
    const began = performance.now()
    await handle({ Records: [{ messageId: `m${nights}`, body: JSON.stringify(body) }] } as never)
    if (failures > 0) throw new Error('a step of the import failed')
    return (performance.now() - began) / 1000
  }
  return {
    night: async (path: string): Promise<Night> => {
      const key = `deliveries/${++nights}.zip`
      await storage.client.send(new PutObjectCommand({ Bucket, Key: key, Body: await archived(path) }))
      meter.read()
      const eventTime = now().toISOString()
      const reading = await send({ Records: [{ eventTime, s3: { object: { key, sequencer: `${nights}` } } }] })
      let writing = 0
      let steps = 1
      for (; woken; steps++) writing += await send({ wake: true })
      return { ...meter.read(), reading, writing, steps }
    },
    close: async () => {
      client.destroy()
      await storage.close()
      await meter.close()
      await database.close()
    },
  }
}

const costOf = ({ readUnits, writeUnits }: Reading) => readUnits * prices.readUnit + writeUnits * prices.writeUnit

const figures = (what: string, people: number, night: Night, atMost: number): Figure[] => {
  const scale = million / people
  const { reading, writing, steps, writeUnits } = night
  const limit = (writeUnits * scale) / unitsASecond
  return [
    { what: `${what} of ${people.toLocaleString('en')} people, reading`, value: reading, unit: 's' },
    {
      what: `${what} of ${people.toLocaleString('en')} people, writing`,
      value: writing,
      unit: 's',
      note: `${steps} steps`,
    },
    { what: `${what}, write units for 1,000 people`, value: (writeUnits / people) * 1_000, unit: 'units' },
    {
      what: `${what} of a million people, projected`,
      value: (reading * scale + limit) / 60,
      unit: 'x',
      atMost,
      note: `minutes: ${Math.round(reading * scale)} s of reading, then ${unitsASecond} write units a second`,
    },
    { what: `${what} of a million people, the table's cost`, value: costOf(night) * scale, unit: '$' },
  ]
}

/** Deliveries that are imported by themselves: a first load, and the delta of a night. */
export const nights = async ({ people = 50_000 } = {}): Promise<Part> => {
  const folder = mkdtempSync(join(tmpdir(), 'preau-bench-nights-'))
  const imports = await openNights(folder)
  try {
    const path = join(folder, 'complete')
    const written = await writeFeed(path, people)
    const first = await imports.night(path)
    const delta = join(folder, 'delta')
    await writeDelta(delta, written)
    return {
      name: 'Directory imports by themselves',
      figures: [
        ...figures('first load', written, first, 30),
        ...figures('nightly delta of 1 %', written, await imports.night(delta), 2),
      ],
    }
  } finally {
    await imports.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
