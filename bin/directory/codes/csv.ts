import type { Handed } from '../../../functions/directory/codes/of-school.ts'
import type { Words } from './texts.ts'

/**
 * A field of RFC 4180. A text that a spreadsheet would take for a formula, also with full-width signs or after blanks, is
 * preceded by an apostrophe, because names come from feeds (CSV injection). Fields with commas are quoted too, for
 * readers that separate by commas.
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
