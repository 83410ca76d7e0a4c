import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { zipOf } from '../functions/directory/import/zip.ts'
import { eventually } from '../support/http.ts'
import { arrival, writeArrival } from '../support/valmont.ts'
import { settings } from './boards.ts'
import { timeoutMs } from './journey.ts'
import { issueCodes, type Place } from './people.ts'

/** A delta is dropped into the feeds' bucket as one archive: S3 tells the queue, and who is new in it can be given a code. */
export const arrived = async (place: Place, bucket: string): Promise<void> => {
  const folder = join(place.scratch, 'delta')
  await writeArrival(folder)
  const names = await readdir(folder)
  const files = await Promise.all(names.map(async name => [name, await readFile(join(folder, name))] as const))
  const Body = await zipOf(Object.fromEntries(files))
  const client = new S3Client({ ...settings(place.emulator), forcePathStyle: true })
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'deliveries/delta.zip', Body }))
  client.destroy()
  const name = `${arrival.givenName} ${arrival.familyName}`
  let tries = 0
  await eventually(
    async () => ((await issueCodes(place, `codes-${++tries}`)).has(name) ? true : undefined),
    timeoutMs,
  ).catch((cause: unknown) => {
    throw new Error('the pupil of the delta has not arrived', { cause })
  })
}
