/**
 * A field of RFC 4180. A text that a spreadsheet would take for a formula, also with full-width signs or after blanks, is
 * preceded by an apostrophe, because names come from feeds and words from anybody (CSV injection). Fields with commas are
 * quoted too, for readers that separate by commas.
 */
const field = (text: string): string => {
  const plain = /^\s*[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text
  return /[";,\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** Rows as CSV: separated by semicolons and with a byte order mark, as French spreadsheets open it. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map(row => row.map(field).join(';')).join('\r\n')}\r\n`
