import { notImplemented } from './error.ts'
import { checksumHeaders } from './payload.ts'
import type { S3Action } from './permissions.ts'
import { overrides, readHeaders } from './read.ts'
import { parameter, type S3Request } from './request.ts'

export type OperationName =
  | 'PutObject'
  | 'CopyObject'
  | 'GetObject'
  | 'HeadObject'
  | 'DeleteObject'
  | 'DeleteObjects'
  | 'ListObjectsV2'
  | 'HeadBucket'
  | 'CreateMultipartUpload'
  | 'UploadPart'
  | 'ListParts'
  | 'CompleteMultipartUpload'
  | 'AbortMultipartUpload'
  | 'PutObjectTagging'
  | 'GetObjectTagging'

/** An operation, with all parameters and headers that it understands here beyond those of every request. */
export type Operation = {
  readonly name: OperationName
  readonly method: string
  readonly on: 'object' | 'bucket'
  /** The parameter that tells it from other operations on the same resource, with its value if it has the same always. */
  readonly mark?: readonly [name: string, value?: string]
  /** The header that tells it from another operation with the same method. */
  readonly marked?: string
  readonly parameters?: readonly string[]
  readonly headers?: readonly string[]
}

/** Headers given with an object, stored and returned with it. */
export const storedHeaders = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
]
/** Names the object that is copied. */
export const copySource = 'x-amz-copy-source'
const integrity = ['content-md5', 'x-amz-sdk-checksum-algorithm', ...checksumHeaders]

/** Operations by what is asked for: of two on one resource, the one with a mark comes first. */
const operations: readonly Operation[] = [
  {
    name: 'UploadPart',
    method: 'PUT',
    on: 'object',
    mark: ['uploadId'],
    parameters: ['partNumber'],
    headers: [...integrity, 'transfer-encoding'],
  },
  {
    name: 'PutObjectTagging',
    method: 'PUT',
    on: 'object',
    mark: ['tagging', ''],
    headers: integrity,
  },
  {
    name: 'ListParts',
    method: 'GET',
    on: 'object',
    mark: ['uploadId'],
    parameters: ['max-parts', 'part-number-marker'],
  },
  { name: 'GetObjectTagging', method: 'GET', on: 'object', mark: ['tagging', ''] },
  { name: 'AbortMultipartUpload', method: 'DELETE', on: 'object', mark: ['uploadId'] },
  {
    name: 'CreateMultipartUpload',
    method: 'POST',
    on: 'object',
    mark: ['uploads', ''],
    headers: [...storedHeaders, 'x-amz-checksum-algorithm', 'x-amz-checksum-type', 'x-amz-tagging'],
  },
  {
    name: 'CompleteMultipartUpload',
    method: 'POST',
    on: 'object',
    mark: ['uploadId'],
    headers: ['if-match', 'if-none-match'],
  },
  { name: 'CopyObject', method: 'PUT', on: 'object', marked: copySource, headers: [copySource] },
  {
    name: 'PutObject',
    method: 'PUT',
    on: 'object',
    headers: [...storedHeaders, ...integrity, 'if-match', 'if-none-match', 'transfer-encoding', 'x-amz-tagging'],
  },
  { name: 'GetObject', method: 'GET', on: 'object', headers: readHeaders, parameters: overrides },
  { name: 'HeadObject', method: 'HEAD', on: 'object', headers: readHeaders },
  { name: 'DeleteObject', method: 'DELETE', on: 'object' },
  { name: 'DeleteObjects', method: 'POST', on: 'bucket', mark: ['delete', ''], headers: integrity },
  {
    name: 'ListObjectsV2',
    method: 'GET',
    on: 'bucket',
    mark: ['list-type', '2'],
    parameters: ['continuation-token', 'max-keys', 'prefix', 'start-after'],
  },
  { name: 'HeadBucket', method: 'HEAD', on: 'bucket' },
]

/** Parameters of every request: those of a presigned URL, and the operation's name, which the SDK adds. */
const common =
  /^(X-Amz-(Algorithm|Credential|Date|Expires|SignedHeaders|Signature|Security-Token)|x-amz-content-sha256|x-id)$/
/** Headers from which S3 reads a meaning. */
const meaningful = /^(x-amz-.*|if-.*|content-.*|range|expires|transfer-encoding)$/
/** Headers of every request. */
const ordinary = [
  'content-length',
  'content-type',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-user-agent',
]

const resourceOf = ({ key }: S3Request) => (key === '' ? 'bucket' : 'object')

const isMarked = (request: S3Request, [name, value]: NonNullable<Operation['mark']>): boolean => {
  const given = parameter(request, name)
  return value === undefined ? given !== undefined : given === value
}

/** The operation that a request asks for. Throws S3Error (501) if it is none of those above. */
export const operationOf = (request: S3Request): Operation => {
  const { method, query } = request
  const found = operations.find(
    ({ on, mark, marked, ...operation }) =>
      operation.method === method &&
      on === resourceOf(request) &&
      (!mark || isMarked(request, mark)) &&
      (!marked || request.headers[marked] !== undefined),
  )
  if (found) return found
  const names = query.map(([name]) => name).join(', ')
  throw notImplemented(`${method} of a ${resourceOf(request)} (${names ? `with ${names}` : 'without parameters'})`)
}

/** Throws S3Error (501) if a request has a parameter or a header that its operation does not understand here, and S3 may. */
export const checkUnderstood = (operation: Operation, { query, headers }: S3Request): void => {
  const parameters = [...(operation.parameters ?? []), operation.mark?.[0]]
  const understood = [...ordinary, ...(operation.headers ?? [])]
  const odd = [
    ...query.map(([name]) => name).filter(name => !common.test(name) && !parameters.includes(name)),
    ...Object.keys(headers).filter(name => meaningful.test(name) && !understood.includes(name)),
  ]
  if (odd.length > 0) throw notImplemented(`${odd.join(', ')} in a ${operation.name}`)
}

/** Source: Amazon S3 User Guide, "Required permissions for Amazon S3 API operations". */
const actions: Readonly<Record<Exclude<OperationName, 'DeleteObjects'>, S3Action>> = {
  PutObject: 's3:PutObject',
  CopyObject: 's3:PutObject',
  GetObject: 's3:GetObject',
  HeadObject: 's3:GetObject',
  DeleteObject: 's3:DeleteObject',
  ListObjectsV2: 's3:ListBucket',
  HeadBucket: 's3:ListBucket',
  CreateMultipartUpload: 's3:PutObject',
  UploadPart: 's3:PutObject',
  CompleteMultipartUpload: 's3:PutObject',
  ListParts: 's3:ListMultipartUploadParts',
  AbortMultipartUpload: 's3:AbortMultipartUpload',
  PutObjectTagging: 's3:PutObjectTagging',
  GetObjectTagging: 's3:GetObjectTagging',
}

/**
 * The actions that the caller must be allowed. Sources: the operations' Permissions in the Amazon S3 API Reference, and
 * UG, "How to prevent object overwrites with conditional writes": If-Match needs s3:GetObject as well.
 */
export const actionsOf = (name: keyof typeof actions, { headers }: S3Request): S3Action[] => [
  actions[name],
  ...(headers['if-match'] !== undefined && actions[name] === 's3:PutObject' ? (['s3:GetObject'] as const) : []),
  ...(headers['x-amz-tagging'] !== undefined ? (['s3:PutObjectTagging'] as const) : []),
]
