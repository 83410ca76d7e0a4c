import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { publish } from '../../../functions/site/publish.ts'
import { openStorage, type Storage } from '../../../lib/local/storage.ts'
import { storeOf, viewer } from '../edge/viewer.ts'

const bucket = 'site'
let data: string
let folder: string
let storage: Storage

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'preau-s3-'))
  folder = mkdtempSync(join(tmpdir(), 'preau-site-'))
  storage = await openStorage({ folder: data, region: 'eu-west-3' })
  storage.bucket(bucket)
})
afterEach(async () => {
  await storage.close()
  for (const made of [data, folder]) rmSync(made, { recursive: true, force: true })
})

/** Deploys a web app of these files and no others. */
const deploy = (...files: string[]) => {
  rmSync(folder, { recursive: true })
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), `content of ${file}`)
  }
  return publish({ client: storage.client, bucket, folder })
}
const held = async () => {
  const { Contents = [] } = await storage.client.send(new ListObjectsV2Command({ Bucket: bucket }))
  return Contents.map(one => one.Key).filter(key => key !== 'published')
}

it('publish() says of each file what it is and how long copies are good', async () => {
  await deploy('index.html', 'assets/app-1a.js')
  const page = await storage.client.send(new GetObjectCommand({ Bucket: bucket, Key: 'index.html' }))
  const script = await storage.client.send(new GetObjectCommand({ Bucket: bucket, Key: 'assets/app-1a.js' }))
  expect([page.ContentType, page.CacheControl]).toEqual([
    'text/html; charset=utf-8',
    'public, max-age=10, stale-while-revalidate=10, stale-if-error=604800',
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

it('publish() goes on from the record of an earlier release, which anybody could ask for, and deletes it', async () => {
  await deploy('index.html', 'assets/app-1.js')
  const { Body } = await storage.client.send(new GetObjectCommand({ Bucket: bucket, Key: 'published' }))
  const former = { Bucket: bucket, Key: 'published.json', Body: await Body?.transformToString() }
  await storage.client.send(new PutObjectCommand(former))
  await storage.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'published' }))
  expect(await deploy('index.html', 'assets/app-2.js')).toEqual({ put: 2, kept: 1, removed: 0 })
  expect(await held()).toEqual(['assets/app-1.js', 'assets/app-2.js', 'index.html'])
})

it('publish() keeps its record where the edge gives nobody anything but the app’s page', async () => {
  await deploy('index.html', 'assets/app-1.js')
  const view = viewer(storeOf({}), Date.now)
  const { Contents = [] } = await storage.client.send(new ListObjectsV2Command({ Bucket: bucket }))
  for (const { Key = '' } of Contents) {
    const isOfApp = ['index.html', 'assets/app-1.js'].includes(Key)
    expect((await view({ uri: `/${Key}` })).request?.uri).toBe(isOfApp ? `/${Key}` : '/index.html')
  }
})

it('publish() refuses a file of an unknown kind', async () => {
  await expect(deploy('index.html', 'notes.docx')).rejects.toThrow('no content type is known for notes.docx')
})
