/** A field of RFC 4180's grammar, but separated by semicolons, and what ends it. */
const field = /(?:"((?:[^"]|"")*)"|([^";,\r\n]*))(;|\r\n)/y

/** The rows of a CSV file with a byte order mark. Throws on what RFC 4180's grammar does not have. */
export const rowsOf = (text: string): string[][] => {
  if (!text.startsWith('\uFEFF')) throw new Error('it has no byte order mark')
  const rows: string[][] = [[]]
  for (let at = 1; at < text.length; at = field.lastIndex) {
    field.lastIndex = at
    const [, quoted, plain = '', end] = field.exec(text) ?? []
    if (end === undefined) throw new Error(`it is not RFC 4180 at ${JSON.stringify(text.slice(at, at + 40))}`)
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}
