import type { Handed } from './handed.ts'
import type { Words } from './texts.ts'

/**
 * A field of RFC 4180. What a spreadsheet would take for a formula, whatever its width and what blanks are before it, is
 * led by an apostrophe: a name in a feed must not run anything on a school's machine. A comma is quoted as well, so that
 * who reads commas finds the same fields.
 */
const field = (text: string): string => {
  const plain = /^\s*[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text
  return /[";,\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

const columns = ['role', 'class', 'family-name', 'given-name', 'login', 'code', 'until'] as const

/** The codes as CSV: separated by semicolons and with a byte order mark, as French spreadsheets open it. */
export const codesCsv = (handed: readonly Handed[], { t }: Words): string => {
  const head = columns.map(column => t(`codes.column.${column}`))
  const rows = handed.map(({ role, code }) => [
    t(`codes.is.${role}`),
    code.className ?? '',
    code.familyName,
    code.givenName,
    code.login,
    code.code,
    code.expiresAt.slice(0, 10),
  ])
  return `\uFEFF${[head, ...rows].map(row => row.map(field).join(';')).join('\r\n')}\r\n`
}
