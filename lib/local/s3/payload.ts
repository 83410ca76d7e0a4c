import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { crc32 } from 'node:zlib'
import { notImplemented, S3Error } from './error.ts'
import type { S3Request } from './request.ts'

/** Bytes of a body: bodies are held in memory here. S3 itself takes 5 GB in one PUT. */
const largestBody = 128 * 1024 * 1024

const digest = (algorithm: string) => (body: Buffer) => createHash(algorithm).update(body).digest()

/** Checksums by the end of their header's name; CRC32C and CRC64NVME are refused, since Node.js has neither. */
const checksums = {
  crc32: body => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(crc32(body))
    return bytes
  },
  sha1: digest('sha1'),
  sha256: digest('sha256'),
} satisfies Record<string, (body: Buffer) => Buffer>
type Checksum = keyof typeof checksums

const names = Object.keys(checksums) as Checksum[]
/** Headers of checksums: `x-amz-checksum-sha256`. */
export const checksumHeaders = names.map(name => `x-amz-checksum-${name}`)

/** Reads a request's body. Throws S3Error if its length is not announced, or larger than what is held here. */
export const readBody = async (incoming: IncomingMessage, { headers }: S3Request): Promise<Buffer> => {
  const length = headers['content-length']
  if (length === undefined && headers['transfer-encoding'] !== undefined)
    throw new S3Error(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.')
  if (Number(length ?? 0) > largestBody) throw notImplemented(`A body of more than ${largestBody} bytes`)
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

const checkMd5 = (given: string, body: Buffer): void => {
  if (!/^[A-Za-z0-9+/]{22}==$/.test(given)) throw new S3Error(400, 'InvalidDigest', 'The Content-MD5 is not valid.')
  if (digest('md5')(body).toString('base64') !== given)
    throw new S3Error(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.')
}

/**
 * Throws S3Error unless the body is what the request says of it: the signed SHA-256, `Content-MD5`, and one
 * `x-amz-checksum-*`. Source: Amazon S3 User Guide, "Checking object integrity for data uploads".
 * @returns the checksum's header, which is stored with the object.
 */
export const checkPayload = (
  { headers }: S3Request,
  body: Buffer,
  signed: string | undefined,
): Readonly<Record<string, string>> => {
  if (signed !== undefined && digest('sha256')(body).toString('hex') !== signed)
    throw new S3Error(400, 'XAmzContentSHA256Mismatch', 'The provided x-amz-content-sha256 is not that of the body.')
  if (headers['content-md5'] !== undefined) checkMd5(headers['content-md5'], body)
  const given = names.filter(name => headers[`x-amz-checksum-${name}`] !== undefined)
  const [name] = given
  const invalid = (why: string) => new S3Error(400, 'InvalidRequest', why)
  if (given.length > 1)
    throw invalid('Expecting a single x-amz-checksum- header. Multiple checksum types are not allowed.')
  const algorithm = headers['x-amz-sdk-checksum-algorithm']?.toLowerCase()
  if (algorithm !== undefined && algorithm !== name)
    throw invalid('x-amz-sdk-checksum-algorithm has no corresponding x-amz-checksum- header.')
  if (!name) return {}
  const header = `x-amz-checksum-${name}`
  const value = headers[header] ?? ''
  const expected = checksums[name](body)
  const bytes = Buffer.from(value, 'base64')
  if (bytes.length !== expected.length || bytes.toString('base64') !== value)
    throw invalid(`Value for ${header} header is invalid.`)
  if (!bytes.equals(expected))
    throw new S3Error(
      400,
      'BadDigest',
      `The ${name.toUpperCase()} you specified did not match the calculated checksum.`,
    )
  return { [header]: value }
}
