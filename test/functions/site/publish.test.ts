import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { publish } from '../../../functions/site/publish.ts'

/** What is used of s3rver, which declares no types. */
type Embedded = { readonly run: () => Promise<AddressInfo>; readonly close: () => Promise<void> }
const S3rver = createRequire(import.meta.url)('s3rver') as new (options: object) => Embedded

const bucket = 'site'
let data: string
let folder: string
let server: Embedded
let client: S3Client

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'preau-s3-'))
  folder = mkdtempSync(join(tmpdir(), 'preau-site-'))
  server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: data,
    configureBuckets: [{ name: bucket }],
  })
  const { port } = await server.run()
  client = new S3Client({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-3',
    forcePathStyle: true,
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    requestChecksumCalculation: 'WHEN_REQUIRED',
  })
})
afterEach(async () => {
  client.destroy()
  await server.close()
  for (const made of [data, folder]) rmSync(made, { recursive: true, force: true })
})

/** Deploys a web app of these files and no others. */
const deploy = (...files: string[]) => {
  rmSync(folder, { recursive: true })
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), `content of ${file}`)
  }
  return publish({ client, bucket, folder })
}
const held = async () => {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket }))
  return Contents.map(one => one.Key).filter(key => key !== 'published.json')
}

it('publish() says of each file what it is and how long copies are good', async () => {
  await deploy('index.html', 'assets/app-1a.js')
  const page = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'index.html' }))
  const script = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'assets/app-1a.js' }))
  expect([page.ContentType, page.CacheControl]).toEqual([
    'text/html; charset=utf-8',
    'public, max-age=0, s-maxage=10, stale-while-revalidate=10, stale-if-error=604800',
  ])
  expect([script.ContentType, script.CacheControl]).toEqual([
    'text/javascript; charset=utf-8',
    'public, max-age=31536000, immutable',
  ])
  expect(await script.Body?.transformToString()).toBe('content of assets/app-1a.js')
})

it('publish() keeps the files of the deploy before, and removes those of earlier ones', async () => {
  await deploy('index.html', 'assets/app-1.js')
  expect(await deploy('index.html', 'assets/app-2.js')).toEqual({ put: 2, kept: 1, removed: 0 })
  expect(await held()).toEqual(['assets/app-1.js', 'assets/app-2.js', 'index.html'])
  expect(await deploy('index.html', 'assets/app-3.js')).toEqual({ put: 2, kept: 1, removed: 1 })
  expect(await held()).toEqual(['assets/app-2.js', 'assets/app-3.js', 'index.html'])
})

it('publish() of the same files again keeps what was kept', async () => {
  await deploy('index.html', 'assets/app-1.js')
  await deploy('index.html', 'assets/app-2.js')
  expect(await deploy('index.html', 'assets/app-2.js')).toEqual({ put: 2, kept: 1, removed: 0 })
  expect(await held()).toContain('assets/app-1.js')
})

it('publish() refuses a file of an unknown kind', async () => {
  await expect(deploy('index.html', 'notes.docx')).rejects.toThrow('no content type is known for notes.docx')
})
