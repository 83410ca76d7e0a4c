import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Headers } from '../http.ts'
import type { Behaviour } from './behaviour.ts'

/** The content codings a viewer accepts, normalised as CloudFront does: part of the cache key. */
export type Accepted = '' | 'gzip' | 'br' | 'br,gzip'

const accepts = (header: string, coding: string) =>
  header.split(',').some(part => {
    const [name = '', ...parameters] = part.split(';').map(one => one.trim().toLowerCase())
    return name === coding && !parameters.some(one => /^q=0(\.0*)?$/.test(one))
  })

const parsedHeaders = new Map<string, { br: boolean; gzip: boolean }>()
/** Browsers send a handful of different values; the limit keeps a client that sends many from filling the memory. */
const mostParsedHeaders = 1_000

/** The viewer's `accept-encoding`, normalised to what the cache policy allows. */
export const accepted = (header: string | undefined, { cache }: Behaviour): Accepted => {
  const { EnableAcceptEncodingBrotli, EnableAcceptEncodingGzip } = cache.ParametersInCacheKeyAndForwardedToOrigin
  if (!header || !(EnableAcceptEncodingBrotli || EnableAcceptEncodingGzip)) return ''
  let parsed = parsedHeaders.get(header)
  if (!parsed) {
    parsed = { br: accepts(header, 'br'), gzip: accepts(header, 'gzip') }
    if (parsedHeaders.size < mostParsedHeaders) parsedHeaders.set(header, parsed)
  }
  const br = parsed.br && EnableAcceptEncodingBrotli
  const zipped = parsed.gzip && EnableAcceptEncodingGzip
  if (br) return zipped ? 'br,gzip' : 'br'
  return zipped ? 'gzip' : ''
}

/** The types CloudFront compresses (its guide, "Serve compressed files"). */
const compressible = new Set(
  `application/dash+xml application/eot application/font application/font-sfnt application/javascript application/json
  application/opentype application/otf application/pdf application/pkcs7-mime application/protobuf application/rss+xml
  application/truetype application/ttf application/vnd.apple.mpegurl application/vnd.mapbox-vector-tile
  application/vnd.ms-fontobject application/wasm application/xhtml+xml application/xml application/x-font-opentype
  application/x-font-truetype application/x-font-ttf application/x-httpd-cgi application/x-javascript
  application/x-mpegurl application/x-opentype application/x-otf application/x-perl application/x-ttf font/eot
  font/opentype font/otf font/ttf image/svg+xml text/css text/csv text/html text/javascript text/js text/plain
  text/richtext text/tab-separated-values text/xml text/x-component text/x-java-source text/x-script
  vnd.apple.mpegurl`.split(/\s+/),
)

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)
/** Compression levels that a machine with two cores can afford for each request. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }
const gzipOptions = { level: 6 }
/** Bytes of bodies that CloudFront compresses. */
const smallestCompressed = 1_000
const largestCompressed = 10_000_000

/** The reply for viewers who accept `encodings`: compressed, if CloudFront would compress it. */
export const compressed = async (
  reply: { status: number; headers: Headers; body: Buffer },
  encodings: Accepted,
  behaviour: Behaviour,
): Promise<{ headers: Headers; body: Buffer }> => {
  const { status, headers, body } = reply
  const type = headers['content-type']?.[0]?.split(';')[0]?.trim().toLowerCase() ?? ''
  const isCompressed =
    behaviour.compress &&
    encodings !== '' &&
    [200, 403, 404].includes(status) &&
    body.length >= smallestCompressed &&
    body.length <= largestCompressed &&
    !headers['content-encoding'] &&
    !headers['cache-control']?.some(line => /no-transform/i.test(line)) &&
    compressible.has(type)
  if (!isCompressed) return { headers, body }
  const br = encodings.startsWith('br')
  const smaller = br ? await brotli(body, brotliOptions) : await zip(body, gzipOptions)
  const [etag] = headers.etag ?? []
  return {
    headers: {
      ...headers,
      'content-encoding': [br ? 'br' : 'gzip'],
      vary: [...(headers.vary ?? []), 'Accept-Encoding'],
      ...(etag && !etag.startsWith('W/') && { etag: [`W/${etag}`] }),
    },
    body: smaller,
  }
}
