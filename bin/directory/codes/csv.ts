import { type Handed, roleNames } from './handed.ts'

/**
 * A field of RFC 4180. What a spreadsheet would take for a formula, whatever its width and what blanks are before it, is
 * led by an apostrophe: a name in a feed must not run anything on a school's machine. A comma is quoted as well, so that
 * who reads commas finds the same fields.
 */
const field = (text: string): string => {
  const plain = /^\s*[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text
  return /[";,\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** The codes as CSV: separated by semicolons and with a byte order mark, as French spreadsheets open it. */
export const codesCsv = (handed: readonly Handed[]): string => {
  const head = ['Profil', 'Classe', 'Nom', 'Prénom', 'Identifiant', 'Code', 'Valable jusqu’au']
  const rows = handed.map(({ role, code }) => [
    roleNames[role],
    code.className ?? '',
    code.familyName,
    code.givenName,
    code.login,
    code.code,
    code.expiresAt.slice(0, 10),
  ])
  return `\uFEFF${[head, ...rows].map(row => row.map(field).join(';')).join('\r\n')}\r\n`
}
