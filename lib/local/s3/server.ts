import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Now } from '../now.ts'
import { deleteObjects, listObjects } from './bucket.ts'
import { copyObject } from './copy.ts'
import { type CorsRule, corsHeaders, preflight } from './cors.ts'
import { errorReply, S3Error } from './error.ts'
import type { Faults } from './faults.ts'
import { abortUpload, beginUpload, completeUpload, listParts, putPart } from './multipart.ts'
import type { Objects } from './objects.ts'
import { actionsOf, checkUnderstood, type OperationName, operationOf } from './operations.ts'
import { checkPayload, readBody } from './payload.ts'
import { bucketArn, missing, objectArn, requirePermission } from './permissions.ts'
import { overridden, readObject } from './read.ts'
import { parseRequest, type S3Reply, type S3Request } from './request.ts'
import { type Signer, type Verified, verifySignature } from './signature.ts'
import { parseTags, tagsReply } from './tags.ts'
import { putObject, type Write } from './write.ts'

export type S3Options = {
  readonly objects: Objects
  readonly faults: Faults
  readonly signer: Signer
  /** The time that objects are dated with. */
  readonly now: Now
  /** The CORS rules of a bucket. */
  readonly cors: (bucket: string) => readonly CorsRule[]
  /** Called when something has happened to an object, as an event notification names it. */
  readonly changed?: (bucket: string, key: string, event: ObjectEvent) => void
}

/** What event notifications tell of (Amazon S3 User Guide, "Supported event types for SQS, SNS, and Lambda"). */
export type ObjectEvent =
  | 'ObjectCreated:Put'
  | 'ObjectCreated:Copy'
  | 'ObjectCreated:CompleteMultipartUpload'
  | 'ObjectTagging:Put'

/** An S3 on the loopback interface. */
export type S3Server = {
  /** The endpoint for SDKs, with path-style addresses: `http://127.0.0.1:<port>`. */
  readonly endpoint: string
  /** The address of one bucket, as with virtual-hosted-style addresses: an origin with a port of its own. */
  readonly addressOf: (bucket: string) => Promise<string>
  readonly close: () => Promise<void>
}

/** Runs operations on stored objects, of which the requests' signatures have been checked. */
const openOperations = (objects: Objects, now: Now, changed: NonNullable<S3Options['changed']>) => {
  const writes = new Set<Write>()
  const remove = (bucket: string, key: string): void => {
    if (objects.etag(bucket, key) === undefined) return
    objects.delete(bucket, key)
    for (const write of writes) if (write.bucket === bucket && write.key === key) write.deleted = true
  }

  const run = (
    name: OperationName,
    request: S3Request,
    write: Write,
    body: Buffer,
    { sha256, may }: Verified,
  ): S3Reply => {
    const { bucket, key, headers } = request
    const arn = key === '' ? bucketArn(bucket) : objectArn(bucket, key)
    if (name === 'DeleteObjects') {
      checkPayload(request, body, sha256)
      return deleteObjects(request, body, may, remove)
    }
    for (const action of actionsOf(name, request)) requirePermission(may, action, arn)
    const checksum = checkPayload(request, body, sha256)
    if (name === 'PutObject') {
      const reply = putObject(objects, request, write, { body, checksum, modified: new Date(now()) })
      changed(bucket, key, 'ObjectCreated:Put')
      return reply
    }
    if (name === 'CopyObject') {
      const reply = copyObject(objects, request, { may, modified: new Date(now()) })
      changed(bucket, key, 'ObjectCreated:Copy')
      return reply
    }
    if (name === 'CreateMultipartUpload') return beginUpload(objects, request)
    if (name === 'UploadPart') return putPart(objects, request, { body, checksum, modified: new Date(now()) })
    if (name === 'ListParts') return listParts(objects, request)
    if (name === 'AbortMultipartUpload') return abortUpload(objects, request)
    if (name === 'CompleteMultipartUpload') {
      const reply = completeUpload(objects, request, write, { body, modified: new Date(now()) })
      changed(bucket, key, 'ObjectCreated:CompleteMultipartUpload')
      return reply
    }
    if (name === 'ListObjectsV2') return listObjects(objects, request)
    if (name === 'HeadBucket') return { status: 200, headers: {}, body: Buffer.alloc(0) }
    if (name === 'DeleteObject') {
      remove(bucket, key)
      return { status: 204, headers: {}, body: Buffer.alloc(0) }
    }
    const object = objects.get(bucket, key)
    if (!object) throw missing(may, bucket)
    if (name === 'GetObjectTagging') return tagsReply(object.tags)
    if (name === 'PutObjectTagging') {
      objects.tag(bucket, key, parseTags(body))
      changed(bucket, key, 'ObjectTagging:Put')
      return { status: 200, headers: {}, body: Buffer.alloc(0) }
    }
    return readObject(object, headers, overridden(request.query))
  }

  return async (name: OperationName, request: S3Request, incoming: IncomingMessage, verified: Verified) => {
    const { bucket, key } = request
    if (!objects.hasBucket(bucket)) throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist')
    const write = { bucket, key, deleted: false }
    writes.add(write)
    try {
      return run(name, request, write, await readBody(incoming, request), verified)
    } finally {
      writes.delete(write)
    }
  }
}

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Serves the operations that the territory uses, and refuses all others (501). */
export const serveS3 = async ({
  objects,
  faults,
  signer,
  now,
  cors,
  changed = () => {},
}: S3Options): Promise<S3Server> => {
  const perform = openOperations(objects, now, changed)

  const answer = async (request: S3Request, incoming: IncomingMessage): Promise<S3Reply> => {
    await faults.pass(request.bucket)
    if (request.method === 'OPTIONS') return preflight(cors(request.bucket), request)
    const operation = operationOf(request)
    const verified = verifySignature(request, signer)
    checkUnderstood(operation, request)
    return perform(operation.name, request, incoming, verified)
  }

  const serve = async (incoming: IncomingMessage, response: ServerResponse, ofBucket?: string): Promise<void> => {
    const refused = (error: unknown): S3Reply => {
      if (error instanceof S3Error) return errorReply(error)
      throw error
    }
    const replying = async (): Promise<S3Reply> => {
      const request = parseRequest(incoming, ofBucket)
      const reply = await answer(request, incoming).catch(refused)
      return { ...reply, headers: { ...corsHeaders(cors(request.bucket), request), ...reply.headers } }
    }
    const { status, headers, body } = await replying().catch(refused)
    // What is left of the body is read and dropped, so that the client gets to read the reply.
    incoming.resume()
    const length = status === 204 || status === 304 ? {} : { 'content-length': String(body.length) }
    response.writeHead(status, { ...headers, ...length })
    response.end(incoming.method === 'HEAD' ? undefined : body)
  }

  const servers: Server[] = []
  const open = (ofBucket?: string): Promise<string> => {
    const server = createServer((incoming, response) => {
      serve(incoming, response, ofBucket).catch(() => response.destroy())
    })
    servers.push(server)
    return listen(server)
  }
  const addresses = new Map<string, Promise<string>>()
  return {
    endpoint: await open(),
    addressOf: bucket => {
      const address = addresses.get(bucket) ?? open(bucket)
      addresses.set(bucket, address)
      return address
    },
    close: async () => {
      faults.end()
      for (const server of servers) {
        const closed = new Promise<void>(resolve => server.close(() => resolve()))
        server.closeAllConnections()
        await closed
      }
    },
  }
}
