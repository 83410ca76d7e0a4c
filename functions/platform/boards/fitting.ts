/** Bytes of a value as JSON in UTF-8. */
export const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

/** How many of these, from the first on, stand in so many bytes of JSON. */
export const fitting = (rows: readonly unknown[], bytes: number): number => {
  let left = bytes
  const first = rows.findIndex(row => {
    left -= jsonBytes(row) + 1
    return left < 0
  })
  return first === -1 ? rows.length : first
}
