import { createHash } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { uses } from '../../../functions/platform/access.ts'
import { openPlatform, readConfig } from '../../../functions/platform/platform.ts'
import type { AnswerOf } from '../../../functions/platform/request.ts'
import { serve } from '../../../functions/platform/serve.ts'
import { openUploads } from '../../../functions/platform/upload.ts'
import { problem } from '../../../shared/kernel/problem.ts'
import { fail, ok } from '../../../shared/kernel/result.ts'
import {
  type FileAnnouncement,
  largestUpload,
  partSize,
  partsOf,
  type UploadGrant,
} from '../../../shared/kernel/upload.ts'
import { type CallOptions, call } from '../../support/call.ts'
import { type Database, localClient, startDynamoDb } from '../../support/dynamodb.ts'
import { type TestPlatform, testPlatform } from '../../support/platform.ts'
import { college, ecole, type School, seedSchool } from '../../support/school.ts'
import { signatureOf } from '../../support/sigv4.ts'
import { uploadContract } from '../../support/upload.ts'

const bucket = { origin: 'https://preau-documents.s3.eu-west-3.amazonaws.com', region: 'eu-west-3' }
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const { sha256 } = localClient('http://127.0.0.1').config
const fileOf = (bytes: string, type = 'image/png'): FileAnnouncement => ({
  length: Buffer.byteLength(bytes),
  type,
  sha256: createHash('sha256').update(bytes).digest('base64'),
})
const file = fileOf('a drawing')
/** The one request of a grant that is for a whole file. */
const onlyPut = ({ puts }: Pick<UploadGrant, 'puts'>) => {
  const [put, ...more] = puts
  if (!put || more.length > 0) throw new Error(`a grant of ${puts.length} requests is not for one`)
  return put
}

/** The headers of the browser's PUT, of which it adds the length itself. */
const sentWith = (headers: Readonly<Record<string, string>>, { length }: FileAnnouncement) => ({
  ...headers,
  'content-length': String(length),
})
const queryOf = (url: string) => Object.fromEntries(new URL(url).searchParams)

describe('signatureOf()', () => {
  it('computes the signature of the example that AWS publishes', () => {
    const url =
      'https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256' +
      '&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request' +
      '&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host'
    expect(signatureOf('GET', url, {}, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')).toBe(
      'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    )
  })
})

describe('openUploads()', () => {
  const now = new Date('2026-03-16T08:00:00.700Z')
  const sign = openUploads(bucket, { credentials, sha256 }, () => now)

  it('grants a PUT of the file to the object, for 15 minutes from the second of its signature', async () => {
    const { puts, expiresAt } = await sign('drawings/0001/été 1+1.png', file)
    const { url, headers } = onlyPut({ puts })
    const { origin, pathname } = new URL(url)
    expect([origin, pathname]).toEqual([bucket.origin, '/drawings/0001/%C3%A9t%C3%A9%201%2B1.png'])
    expect(headers).toEqual({ 'content-type': 'image/png', 'x-amz-checksum-sha256': file.sha256 })
    expect(expiresAt).toBe('2026-03-16T08:15:00.000Z')
    expect(queryOf(url)).toEqual({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
      'X-Amz-Credential': 'AKIDEXAMPLE/20260316/eu-west-3/s3/aws4_request',
      'X-Amz-Date': '20260316T080000Z',
      'X-Amz-Expires': '900',
      'X-Amz-SignedHeaders': 'content-length;content-type;host;x-amz-checksum-sha256',
      'X-Amz-Signature': expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  })

  it('signs as the specification says, for every key, file and session token', async () => {
    const keys = ['drawings/0001', 'drawings/été 1+1.png', "drawings/a'(b)*!~/c//d", 'drawings/../x']
    for (const sessionToken of [undefined, 'IQoJb3JpZ2luX2VjEA//+=='])
      for (const key of keys)
        for (const one of [file, fileOf(''), fileOf('text', 'application/vnd.oasis.opendocument.text')]) {
          const grant = await openUploads(
            bucket,
            { credentials: { ...credentials, sessionToken }, sha256 },
            () => now,
          )(key, one)
          const { url, headers } = onlyPut(grant)
          const query = queryOf(url)
          expect(query['X-Amz-Security-Token']).toBe(sessionToken)
          // A URL parser takes ".." as the parent folder: what then leaves the browser is another request.
          const expected = signatureOf('PUT', url, sentWith(headers, one), credentials.secretAccessKey)
          if (key.includes('..')) expect(expected).not.toBe(query['X-Amz-Signature'])
          else expect(expected).toBe(query['X-Amz-Signature'])
        }
  })

  it('signs the parts of a large file each by itself, for the upload that was begun', async () => {
    const length = largestUpload + 1
    const hashes = Array.from({ length: partsOf(length) }, (_, at) => fileOf(`part ${at}`).sha256)
    const { puts } = await sign('drawings/1', { ...fileOf(''), length, parts: hashes }, 'an upload+id/==')
    expect(puts.map(({ headers }) => headers)).toEqual(hashes.map(one => ({ 'x-amz-checksum-sha256': one })))
    const sizes = [partSize, partSize, partSize, length - 3 * partSize]
    for (const [at, { url, headers }] of puts.entries()) {
      const query = queryOf(url)
      expect([query.partNumber, query.uploadId]).toEqual([String(at + 1), 'an upload+id/=='])
      const sent = { ...headers, 'content-length': String(sizes[at]) } as Record<string, string>
      expect(signatureOf('PUT', url, sent, credentials.secretAccessKey)).toBe(query['X-Amz-Signature'])
    }
  })

  it('signs nothing that is good for another length, type, hash, object, moment or method', async () => {
    const { url, headers } = onlyPut(await sign('drawings/1', file))
    const signature = queryOf(url)['X-Amz-Signature']
    const sent = sentWith(headers, file)
    const other = fileOf('another drawing')
    const of = (method: string, to: string, changed: Readonly<Record<string, string>>) =>
      signatureOf(method, to, { ...sent, ...changed }, credentials.secretAccessKey)
    expect(of('PUT', url, {})).toBe(signature)
    const differing = [
      of('PUT', url, { 'content-length': '10' }),
      of('PUT', url, { 'content-type': 'text/html' }),
      of('PUT', url, { 'x-amz-checksum-sha256': other.sha256 }),
      of('PUT', url.replace('/drawings/1', '/drawings/2'), {}),
      of('PUT', url.replace('X-Amz-Expires=900', 'X-Amz-Expires=901'), {}),
      of('GET', url, {}),
      of('DELETE', url, {}),
    ]
    expect(new Set([signature, ...differing]).size).toBe(1 + differing.length)
    const grants = [other, { ...file, length: 10 }, { ...file, type: 'text/html' }, { ...file, sha256: other.sha256 }]
    const signatures = await Promise.all(
      grants.map(async one => queryOf(onlyPut(await sign('drawings/1', one)).url)['X-Amz-Signature']),
    )
    expect(new Set([signature, ...signatures]).size).toBe(1 + grants.length)
  })
})

describe('openPlatform()', () => {
  afterEach(() => vi.unstubAllEnvs())
  const told = { TABLE_NAME: 'preau-test', TERRITORY: 'test', DOCUMENTS_ORIGIN: bucket.origin, AWS_REGION: 'eu-west-3' }

  it('signs with the credentials that Lambda gives in the environment', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDLAMBDA')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret-of-the-role')
    vi.stubEnv('AWS_SESSION_TOKEN', 'token-of-the-role')
    const client = new DynamoDBClient({ region: 'eu-west-3' })
    const { signUpload } = openPlatform(readConfig(told), uses({}), client)
    const { url, headers } = onlyPut((await signUpload?.('drawings/1', file)) ?? { puts: [] })
    expect(queryOf(url)['X-Amz-Credential']).toMatch(/^AKIDLAMBDA\/\d{8}\/eu-west-3\/s3\/aws4_request$/)
    expect(queryOf(url)['X-Amz-Security-Token']).toBe('token-of-the-role')
    const expected = signatureOf('PUT', url, sentWith(headers, file), 'secret-of-the-role')
    expect(queryOf(url)['X-Amz-Signature']).toBe(expected)
  })

  it('signs nothing for a function without the variables of the bucket', () => {
    const { DOCUMENTS_ORIGIN: _, ...less } = told
    const client = localClient('http://127.0.0.1')
    expect(openPlatform(readConfig(less), uses({}), client).signUpload).toBeUndefined()
    expect(() => readConfig({ ...told, AWS_REGION: undefined })).toThrow('AWS_REGION')
    expect(() => readConfig({ ...told, DOCUMENTS_ORIGIN: 'bucket' })).toThrow('DOCUMENTS_ORIGIN')
  })
})

describe('serve() of an upload route', () => {
  let db: Database
  let platform: TestPlatform
  let school: School
  let handler: unknown
  let runs = 0
  let objectKey = 'drawings/1'
  const clock = { now: new Date('2026-03-16T08:00:00.000Z') }
  beforeAll(async () => {
    db = await startDynamoDb()
    const bare = await testPlatform(db, clock)
    platform = { ...bare, signUpload: openUploads(bucket, { credentials, sha256 }, bare.now) }
    school = await seedSchool(db, clock.now)
    handler = serve(
      uploadContract,
      platform,
      { wall: async ({ params }) => (params.wall === 'mine' ? ok({ prefix: 'w' }) : fail(problem('not-found'))) },
      {
        send: async ({ commit }) => {
          runs++
          return commit([], { id: `drawing-${runs}`, objectKey })
        },
        attach: async ({ commit, related }) => {
          runs++
          return commit([], { objectKey: `drawings/${related.wall.prefix}/${runs}` })
        },
      },
    )
  })
  afterAll(() => db.close())

  const body = { title: 'A drawing', file }
  const ask = (name: keyof typeof uploadContract.routes, options: CallOptions) =>
    call(handler, platform, uploadContract.routes[name], options)
  const as = (name: string) => ({ as: school.callers[name] })
  const typeOf = (reply: { status: number; body: { type: string } }) => [
    reply.status,
    reply.body.type.split('/').at(-1),
  ]
  const inSchool = (wall: string, uai = college) => ({ params: { uai, wall }, body: { file } })

  it('replies with what the implementation answers and a grant for its object, not with the key', async () => {
    const reply = await ask('send', { ...as('lea'), body })
    expect(reply.status).toBe(201)
    expect(Object.keys(reply.body).sort()).toEqual(['id', 'upload'])
    expect(reply.body.upload).toEqual({
      puts: [
        {
          url: expect.stringMatching(/^https:\/\/preau-documents\.s3\.eu-west-3\.amazonaws\.com\/drawings\/1\?X-Amz-/),
          headers: { 'content-type': 'image/png', 'x-amz-checksum-sha256': file.sha256 },
        },
      ],
      expiresAt: '2026-03-16T08:15:00.000Z',
    })
    expect(reply.headers['cache-control']).toBe('no-store')
  })

  it('grants a repeat anew, for the same object and file, without running the route again', async () => {
    const key = 'a-key-of-sixteen-characters'
    objectKey = 'drawings/first'
    const first = await ask('send', { ...as('lea'), body, key })
    const before = runs
    objectKey = 'drawings/second'
    const start = clock.now
    clock.now = new Date(start.getTime() + 10 * 60_000)
    const second = await ask('send', { ...as('lea'), body, key })
    clock.now = start
    expect([second.status, second.body.id, runs]).toEqual([201, first.body.id, before])
    expect(second.body.upload.expiresAt).toBe('2026-03-16T08:25:00.000Z')
    const { url, headers } = onlyPut(second.body.upload)
    expect(new URL(url).pathname).toBe('/drawings/first')
    expect(headers).toEqual(onlyPut(first.body.upload).headers)
    const expected = signatureOf('PUT', url, sentWith(headers, file), credentials.secretAccessKey)
    expect(queryOf(url)['X-Amz-Signature']).toBe(expected)
    expect(queryOf(url)['X-Amz-Signature']).not.toBe(queryOf(onlyPut(first.body.upload).url)['X-Amz-Signature'])
  })

  it('grants no second file for the key of a first one', async () => {
    const key = 'a-key-of-another-drawing'
    await ask('send', { ...as('lea'), body, key })
    const other = await ask('send', { ...as('lea'), body: { ...body, file: fileOf('something else') }, key })
    expect(typeOf(other)).toEqual([409, 'idempotency-key-reused'])
  })

  it('refuses whom a write of its kind refuses, and runs nothing for them', async () => {
    const before = runs
    expect(typeOf(await ask('send', { body }))).toEqual([401, 'signed-out'])
    expect(typeOf(await ask('send', { ...as('anne'), body }))).toEqual([403, 'not-allowed'])
    expect(typeOf(await ask('send', { ...as('lea'), body, headers: { 'sec-fetch-site': 'cross-site' } }))).toEqual([
      403,
      'cross-site',
    ])
    expect(typeOf(await ask('send', { ...as('lea'), body, key: 'short' }))).toEqual([400, 'idempotency-key-missing'])
    expect(typeOf(await ask('send', { ...as('lea'), body, headers: { 'x-preau-edge': 'guess' } }))).toEqual([
      403,
      'not-through-edge',
    ])
    expect(typeOf(await ask('attach', { ...as('anne'), ...inSchool('mine', ecole) }))).toEqual([403, 'not-allowed'])
    expect(typeOf(await ask('attach', { ...as('anne'), ...inSchool('theirs') }))).toEqual([404, 'not-found'])
    expect(runs).toBe(before)
    const { status, body: attached } = await ask('attach', { ...as('anne'), ...inSchool('mine') })
    expect([status, new URL(onlyPut(attached.upload).url).pathname]).toEqual([201, `/drawings/w/${runs}`])
  })

  it('says what of an announcement is not as declared', async () => {
    const wrong = { length: 1_073_741_825, type: 'image', sha256: 'abc' }
    const reply = await ask('send', { ...as('lea'), body: { title: 'A drawing', file: wrong } })
    expect(typeOf(reply)).toEqual([400, 'invalid-request'])
    expect(reply.body.errors.map((error: { path: string }) => error.path)).toEqual([
      'body.file.length',
      'body.file.type',
      'body.file.sha256',
      'body.file.parts',
    ])
    expect(typeOf(await ask('send', { ...as('lea'), body: { title: 'A drawing' } }))).toEqual([400, 'invalid-request'])
  })

  it('grants no object of another feature', async () => {
    for (const key of ['news/1', 'drawings', '/drawings/1', 'drawingsof/1']) {
      objectKey = key
      expect(typeOf(await ask('send', { ...as('lea'), body }))).toEqual([500, 'unexpected'])
    }
    objectKey = 'drawings/1'
  })

  it('does not start without the bucket', () => {
    const { signUpload: _, ...without } = platform
    expect(() => serve(uploadContract, without, { wall: async () => ok({}) }, {} as never)).toThrow(
      'The function of drawings has no documents bucket configured',
    )
  })
})

/* What must not compile is proved by `npm run check`. */
it('an answer without its object key, or without its reply, does not compile', () => {
  type Answer = AnswerOf<typeof uploadContract.routes.send>
  const answers: Answer[] = [ok({ id: '1', objectKey: 'drawings/1' })]
  // @ts-expect-error the object is not named
  answers.push(ok({ id: '1' }))
  // @ts-expect-error the reply lacks its id
  answers.push(ok({ objectKey: 'drawings/1' }))
  expect(answers).toHaveLength(3)
})
