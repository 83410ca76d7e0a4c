import { randomUUID } from 'node:crypto'
import type { OriginReply } from '../http.ts'

/** A request that S3 refuses: HTTP status, error code and, for a person, the reason. */
export class S3Error extends Error {
  override readonly name = 'S3Error'
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** The error for what S3 may offer and this S3 does not: it is refused, so that nothing is silently ignored. */
export const notImplemented = (what: string): S3Error =>
  new S3Error(501, 'NotImplemented', `${what} is not implemented by the S3 of this machine`)

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text for the content of an XML element. */
export const xmlText = (text: string): string => text.replace(/[&<>"]/g, one => entities[one] ?? one)

/** A reply whose body is an XML document with this root element. */
export const xmlReply = (status: number, root: string): OriginReply => ({
  status,
  headers: { 'content-type': ['application/xml'], 'x-amz-request-id': [randomUUID()] },
  body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${root}`),
})

/** Source: Amazon S3 API Reference, "Error responses". */
export const errorReply = ({ status, code, message }: S3Error): OriginReply =>
  xmlReply(status, `<Error><Code>${xmlText(code)}</Code><Message>${xmlText(message)}</Message></Error>`)
