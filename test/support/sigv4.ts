import { createHash, createHmac } from 'node:crypto'

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const uriEncode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, one => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)

/**
 * The signature that S3 computes for a request with a presigned URL, to compare with the one in the URL.
 * Source: Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)".
 * @param headers those of the request, by their names in lower case, without `host`.
 */
export const signatureOf = (
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  secretAccessKey: string,
): string => {
  const { host, pathname, searchParams } = new URL(url)
  const asked = (name: string) => searchParams.get(name) ?? ''
  const query = [...searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${uriEncode(name)}=${uriEncode(value)}`)
    .sort()
    .join('&')
  const sent: Readonly<Record<string, string>> = { ...headers, host }
  const signed = asked('X-Amz-SignedHeaders')
  const canonicalHeaders = signed.split(';').map(name => `${name}:${sent[name]?.trim()}\n`)
  const canonical = [method, pathname, query, canonicalHeaders.join(''), signed, 'UNSIGNED-PAYLOAD'].join('\n')
  const [, date = '', region = '', service = '', end = ''] = asked('X-Amz-Credential').split('/')
  const toSign = [
    'AWS4-HMAC-SHA256',
    asked('X-Amz-Date'),
    [date, region, service, end].join('/'),
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n')
  const key = [date, region, service, end].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`)
  return hmac(key, toSign).toString('hex')
}
