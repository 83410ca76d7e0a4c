import { extensionOf } from '../../shared/kernel/file-name.ts'

/**
 * Types that are shown in the page: none of them is run by a browser, given `nosniff` and a sandbox. All others are saved.
 */
const shown: ReadonlySet<string> = new Set([
  'application/pdf',
  'audio/mp4',
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'audio/webm',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/webp',
  'text/plain',
  'video/mp4',
  'video/ogg',
  'video/webm',
])

/** A name for clients that read no `filename*`: ASCII, and nothing that ends the quoted string (RFC 6266, appendix D). */
const asciiName = (name: string): string => {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]+/g, '_')
    .replace(/["\\%;]/g, '_')
  return plain.replace(/^[_. ]+/, '') === extensionOf(plain) ? `document${extensionOf(plain)}` : plain
}

/** The characters that an extended value may hold as they are (RFC 8187, 3.2.1, attr-char). */
const extended = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, one => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)

/**
 * The value of Content-Disposition for a file of this name and type (RFC 6266, RFC 8187).
 * @param type undefined: it is saved, whatever it is.
 */
export const dispositionOf = (name: string, type: string | undefined): string => {
  const how = type !== undefined && shown.has(type) ? 'inline' : 'attachment'
  return `${how}; filename="${asciiName(name)}"; filename*=UTF-8''${extended(name)}`
}
