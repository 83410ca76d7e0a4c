import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Headers } from '../http.ts'
import type { Behaviour } from './behaviour.ts'

/** What a viewer accepts, as far as the edge distinguishes: part of the cache key. */
export type Accepted = '' | 'gzip' | 'br' | 'br,gzip'

const accepts = (header: string, coding: string) =>
  header.split(',').some(part => {
    const [name = '', ...parameters] = part.split(';').map(one => one.trim().toLowerCase())
    return name === coding && !parameters.some(one => /^q=0(\.0*)?$/.test(one))
  })

const remembered = new Map<string, { br: boolean; gzip: boolean }>()

/** The viewer's `accept-encoding`, normalised to what the cache policy allows. */
export const accepted = (header: string | undefined, { cache }: Behaviour): Accepted => {
  const { EnableAcceptEncodingBrotli, EnableAcceptEncodingGzip } = cache.ParametersInCacheKeyAndForwardedToOrigin
  if (!header || !(EnableAcceptEncodingBrotli || EnableAcceptEncodingGzip)) return ''
  let known = remembered.get(header)
  if (!known) {
    known = { br: accepts(header, 'br'), gzip: accepts(header, 'gzip') }
    // Browsers send a handful of different ones; whoever sends many does not fill the memory.
    if (remembered.size < 1000) remembered.set(header, known)
  }
  const br = known.br && EnableAcceptEncodingBrotli
  const zipped = known.gzip && EnableAcceptEncodingGzip
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
/** Levels at which a pupil's page is small and a machine with two cores still serves others. */
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }

/** The reply as the edge stores it for viewers who accept `encodings`: compressed, if CloudFront would. */
export const compressed = async (
  reply: { status: number; headers: Headers; body: Buffer },
  encodings: Accepted,
  behaviour: Behaviour,
): Promise<{ headers: Headers; body: Buffer }> => {
  const { status, headers, body } = reply
  const type = headers['content-type']?.[0]?.split(';')[0]?.trim().toLowerCase() ?? ''
  const wanted =
    behaviour.compress &&
    encodings !== '' &&
    [200, 403, 404].includes(status) &&
    body.length >= 1000 &&
    body.length <= 10_000_000 &&
    !headers['content-encoding'] &&
    !headers['cache-control']?.some(line => /no-transform/i.test(line)) &&
    compressible.has(type)
  if (!wanted) return { headers, body }
  const br = encodings.startsWith('br')
  const smaller = br ? await brotli(body, quality) : await zip(body, { level: 6 })
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
