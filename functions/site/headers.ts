import { extname } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.pfb': 'application/x-font-type1',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/** The content type of a file of the web app. Throws for an unknown extension, so that no type is guessed. */
export const contentType = (path: string): string => {
  const type = types[extname(path)]
  if (!type) throw new Error(`no content type is known for ${path}`)
  return type
}

/**
 * The Cache-Control of a file. Files whose name contains a hash of their content never change. Files with a fixed name
 * are kept for 10 seconds by the edge and by browsers, so that a deploy takes effect within a minute; if the bucket fails,
 * the edge serves its last copy for a week. No `s-maxage`, under which a shared cache may not answer stale (RFC 9111,
 * 4.2.4), and no `max-age=0`, which keeps CloudFront from collapsing requests.
 */
export const cacheControl = (path: string): string =>
  path.startsWith('assets/')
    ? 'public, max-age=31536000, immutable'
    : 'public, max-age=10, stale-while-revalidate=10, stale-if-error=604800'
