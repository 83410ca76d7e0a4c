/** Rows as lines, each column as wide as its widest cell; `right` lists the columns of numbers. */
export const columns = (rows: readonly (readonly string[])[], right: readonly number[] = []): string[] => {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map(row => row[at]?.length ?? 0))) ?? []
  const padded = (cell: string, at: number): string =>
    right.includes(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)
  return rows.map(row => `  ${row.map(padded).join('   ')}`.trimEnd())
}
