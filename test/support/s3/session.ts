import { createHash } from 'node:crypto'
import {
  GetObjectCommand,
  type GetObjectCommandInput,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { buildQueryString } from '@smithy/core/protocols'
import { SignatureV4 } from '@smithy/signature-v4'

type Credentials = {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** An S3 endpoint with an existing bucket, in which the cases put objects of their own. */
export type S3Target = {
  readonly endpoint: string
  readonly region: string
  readonly credentials: Credentials
  readonly bucket: string
}

/** A request to sign: the headers are all signed, `host` too. */
export type Presigned = {
  readonly method: string
  readonly key: string
  readonly headers?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  /** Seconds. */
  readonly expiresIn?: number
  readonly signedAt?: Date
}

/** Status and error code of what the SDK sends; the code is undefined where it succeeds. */
export const outcome = async (sent: Promise<{ $metadata: { httpStatusCode?: number | undefined } }>) => {
  try {
    return [(await sent).$metadata.httpStatusCode]
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error
    return [error.$metadata.httpStatusCode, error.name]
  }
}

/** Status and error code of a reply; the code is left out where it succeeds. */
export const statusOf = async (reply: Response): Promise<(number | string | undefined)[]> => {
  const [, code] = /<Code>(.*?)<\/Code>/.exec(await reply.text()) ?? []
  return code === undefined ? [reply.status] : [reply.status, code]
}

export const base64 = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest('base64')

/** What a case uses to talk to an S3. `prefix` keeps its objects apart from those of others. */
export const openSession = (target: S3Target, prefix: string) => {
  const { endpoint, region, credentials, bucket } = target
  const clientOf = (given: Credentials) =>
    new S3Client({ endpoint, region, credentials: given, forcePathStyle: true, maxAttempts: 1 })
  const client = clientOf(credentials)
  const { protocol, hostname, host, port } = new URL(endpoint)
  const signer = new SignatureV4({
    service: 's3',
    region,
    credentials,
    sha256: client.config.sha256,
    uriEscapePath: false,
  })
  return {
    client,
    clientOf,
    bucket,
    prefix,
    put: (Key: string, Body: string, more: Partial<PutObjectCommandInput> = {}) =>
      client.send(new PutObjectCommand({ Bucket: bucket, Key: prefix + Key, Body, ...more })),
    /** The reply to a GET, with its body read. */
    get: async (Key: string, more: Partial<GetObjectCommandInput> = {}) => {
      const reply = await client.send(new GetObjectCommand({ Bucket: bucket, Key: prefix + Key, ...more }))
      return { ...reply, text: await reply.Body?.transformToString() }
    },
    /** The object's content, or undefined if there is no object. */
    content: async (Key: string): Promise<string | undefined> => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: prefix + Key }))
        return await Body?.transformToString()
      } catch (error) {
        if (error instanceof S3ServiceException && error.name === 'NoSuchKey') return undefined
        throw error
      }
    },
    /** The URL of an object, unsigned. */
    urlOf: (key: string) => `${endpoint}/${bucket}/${prefix}${key}`,
    /** A presigned URL. */
    presign: async (request: Presigned) => {
      const { method, key, headers = {}, query: parameters = {}, expiresIn = 900, signedAt = new Date() } = request
      const path = `/${bucket}/${prefix}${key}`
      const { query } = await signer.presign(
        {
          method,
          protocol,
          hostname,
          port: Number(port),
          path,
          query: { ...parameters },
          headers: { ...headers, host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
        },
        { expiresIn, signingDate: signedAt, unhoistableHeaders: new Set(Object.keys(headers)) },
      )
      return `${endpoint}${path}?${buildQueryString(query ?? {})}`
    },
    /** A request signed in its header, sent with `sent` instead of what was signed. */
    signed: async (method: string, key: string, body: string, headers: Record<string, string>, sent = body) => {
      const path = `/${bucket}/${prefix}${key}`
      const request = { method, protocol, hostname, port: Number(port), path, headers: { ...headers, host }, body }
      const hash = createHash('sha256').update(body).digest('hex')
      const { headers: all } = await signer.sign({
        ...request,
        headers: { ...request.headers, 'x-amz-content-sha256': hash },
      })
      const { host: _, ...own } = all
      return fetch(`${endpoint}${path}`, { method, headers: own, body: sent })
    },
    close: () => client.destroy(),
  }
}
export type S3Session = ReturnType<typeof openSession>
