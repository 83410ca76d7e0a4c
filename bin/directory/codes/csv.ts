import type { IssuedCode } from '../../../shared/directory/contract.ts'
import { activationAddress, byHanding } from '../../../shared/directory/sheet.ts'
import { listName } from '../../../shared/kernel/names.ts'
import type { Sheet } from './page.ts'

/**
 * A field of RFC 4180. A text that a spreadsheet would take for a formula, also with full-width signs or after blanks, is
 * preceded by an apostrophe, because names come from feeds (CSV injection). Fields with commas are quoted too, for
 * readers that separate by commas.
 */
const field = (text: string): string => {
  const plain = /^\s*[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text
  return /[";,\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

const columns = [
  'role',
  'class',
  'child',
  'family-name',
  'given-name',
  'login',
  'code',
  'until',
  'school',
  'address',
  'territory',
] as const

/** `BARBIER Mila (6e A), BARBIER Lucas (3e A)`. */
const childrenOf = ({ children }: IssuedCode): string =>
  children.map(child => listName(child) + (child.className ? ` (${child.className})` : '')).join(', ')

/** The codes as CSV: separated by semicolons and with a byte order mark, as French spreadsheets open it. */
export const codesCsv = (issued: readonly IssuedCode[], sheet: Sheet): string => {
  const { t } = sheet.words
  const head = columns.map(column => t(`codes.column.${column}`))
  const rows = [...issued]
    .sort(byHanding)
    .map(code => [
      t(`codes.is.${code.role}`),
      code.className ?? '',
      childrenOf(code),
      code.familyName,
      code.givenName,
      code.login,
      code.code,
      code.expiresAt.slice(0, 10),
      sheet.school,
      activationAddress(sheet.address, code.login),
      sheet.territory ?? '',
    ])
  return `\uFEFF${[head, ...rows].map(row => row.map(field).join(';')).join('\r\n')}\r\n`
}
