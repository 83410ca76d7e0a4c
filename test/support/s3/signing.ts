import { GetObjectCommand } from '@aws-sdk/client-s3'
import type { S3Case } from './case.ts'
import { base64, outcome, type Presigned, statusOf } from './session.ts'

const presigned = 'Authenticating Requests: Using Query Parameters (AWS Signature Version 4)'
const header = 'Authenticating Requests: Using the Authorization Header (AWS Signature Version 4)'
const file = 'a drawing'

/** A PUT of `file`, of which the signature covers length, type and SHA-256, as that of an upload grant does. */
const upload: Presigned = {
  method: 'PUT',
  key: 'a',
  headers: {
    'content-length': String(file.length),
    'content-type': 'image/png',
    'x-amz-checksum-sha256': base64('sha256', file),
  },
}
const told = { 'content-type': 'image/png', 'x-amz-checksum-sha256': base64('sha256', file) }

/** A case of an upload that differs from what was signed. */
const uploadCase = (
  name: string,
  expected: readonly (number | string)[],
  {
    body = file,
    headers = {},
    key = 'a',
    method = 'PUT',
  }: { body?: string; headers?: Record<string, string>; key?: string; method?: string },
): S3Case => ({
  name: `presigned PUT: ${name}`,
  source: `${presigned}; Error responses, ${expected[1] ?? 'none'}`,
  observe: async s3 => {
    const url = (await s3.presign(upload)).replace(`${s3.prefix}a?`, `${s3.prefix}${key}?`)
    const reply = await fetch(url, { method, headers: { ...told, ...headers }, body })
    return [await statusOf(reply), await s3.content(key)]
  },
  expected: [expected, expected[0] === 200 ? body : undefined],
})

/** A form of a browser-based upload whose policy allows ten bytes at most. */
const formOf = ({ bucket, prefix }: { bucket: string; prefix: string }): FormData => {
  const policy = {
    expiration: new Date(Date.now() + 60_000).toISOString(),
    conditions: [{ bucket }, { key: `${prefix}a` }, ['content-length-range', 0, 10]],
  }
  const form = new FormData()
  form.set('key', `${prefix}a`)
  form.set('policy', Buffer.from(JSON.stringify(policy)).toString('base64'))
  form.set('file', new Blob(['more than ten bytes']))
  return form
}

/** Cases of requests that must be signed, and of presigned URLs. */
export const signingCases: readonly S3Case[] = [
  {
    name: 'GET with a signature by another secret',
    source: `${header}; Error responses, SignatureDoesNotMatch`,
    observe: async s3 => {
      await s3.put('a', file)
      const { accessKeyId } = await s3.client.config.credentials()
      const other = s3.clientOf({ accessKeyId, secretAccessKey: 'another-secret' })
      return outcome(other.send(new GetObjectCommand({ Bucket: s3.bucket, Key: `${s3.prefix}a` })))
    },
    expected: [403, 'SignatureDoesNotMatch'],
  },
  {
    name: 'GET with an access key that does not exist',
    source: `${header}; Error responses, InvalidAccessKeyId`,
    observe: async s3 => {
      await s3.put('a', file)
      const other = s3.clientOf({ accessKeyId: 'AKIANOBODY', secretAccessKey: 'another-secret' })
      return outcome(other.send(new GetObjectCommand({ Bucket: s3.bucket, Key: `${s3.prefix}a` })))
    },
    expected: [403, 'InvalidAccessKeyId'],
  },
  {
    name: 'GET and PUT without a signature',
    source: 'UG, Access control: a private bucket; Error responses, AccessDenied',
    observe: async s3 => {
      await s3.put('a', file)
      const put = await fetch(s3.urlOf('b'), { method: 'PUT', body: file })
      return [await statusOf(await fetch(s3.urlOf('a'))), await statusOf(put), await s3.content('b')]
    },
    expected: [[403, 'AccessDenied'], [403, 'AccessDenied'], undefined],
  },
  {
    name: 'PUT of other bytes than the signed ones',
    source: `${header}, x-amz-content-sha256; Error responses, XAmzContentSHA256Mismatch`,
    observe: async s3 => [
      await statusOf(await s3.signed('PUT', 'a', file, {}, 'a drowsing'.slice(0, file.length))),
      await s3.content('a'),
    ],
    expected: [[400, 'XAmzContentSHA256Mismatch'], undefined],
  },
  {
    name: 'presigned GET, with another key, with another method, and expired',
    source: `${presigned}, X-Amz-Expires; Error responses, AccessDenied (Request has expired)`,
    observe: async s3 => {
      await s3.put('a', file)
      await s3.put('b', file)
      const url = await s3.presign({ method: 'GET', key: 'a' })
      const signedAt = new Date(Date.now() - 120_000)
      const expired = await s3.presign({ method: 'GET', key: 'a', expiresIn: 60, signedAt })
      return [
        await (await fetch(url)).text(),
        await statusOf(await fetch(url.replace(`${s3.prefix}a?`, `${s3.prefix}b?`))),
        await statusOf(await fetch(url, { method: 'DELETE' })),
        await statusOf(await fetch(expired)),
        await s3.content('a'),
      ]
    },
    expected: [file, [403, 'SignatureDoesNotMatch'], [403, 'SignatureDoesNotMatch'], [403, 'AccessDenied'], file],
  },
  uploadCase('as signed', [200], {}),
  uploadCase('another length', [403, 'SignatureDoesNotMatch'], { body: `${file}s` }),
  uploadCase('another type', [403, 'SignatureDoesNotMatch'], { headers: { 'content-type': 'text/html' } }),
  uploadCase('another key', [403, 'SignatureDoesNotMatch'], { key: 'b' }),
  uploadCase('other bytes of the same length', [400, 'BadDigest'], { body: 'a drowning'.slice(0, file.length) }),
  uploadCase('other bytes with their own checksum', [403, 'SignatureDoesNotMatch'], {
    body: 'a drowning'.slice(0, file.length),
    headers: { 'x-amz-checksum-sha256': base64('sha256', 'a drowning'.slice(0, file.length)) },
  }),
  uploadCase('a header of S3 that is not signed', [403, 'AccessDenied'], { headers: { 'x-amz-acl': 'public-read' } }),
  {
    name: 'presigned PUT: expired',
    source: `${presigned}, X-Amz-Expires; Error responses, AccessDenied (Request has expired)`,
    observe: async s3 => {
      const url = await s3.presign({ ...upload, expiresIn: 60, signedAt: new Date(Date.now() - 120_000) })
      return [await statusOf(await fetch(url, { method: 'PUT', headers: told, body: file })), await s3.content('a')]
    },
    expected: [[403, 'AccessDenied'], undefined],
  },
  {
    name: 'a form that carries more than its policy allows, and no signature',
    source: 'UG, Browser-based uploads using POST: the policy must be signed, and met',
    observe: async s3 => {
      const reply = await fetch(s3.urlOf('').slice(0, -s3.prefix.length), { method: 'POST', body: formOf(s3) })
      return [reply.ok, await s3.content('a')]
    },
    expected: [false, undefined],
  },
]
