/** Rows as lines of text, each column as wide as its widest cell; `right` lists the right-aligned columns by index. */
export const columns = (rows: readonly (readonly string[])[], right: readonly number[] = []): string[] => {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0))) ?? []
  const padded = (cell: string, column: number): string =>
    right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)
  return rows.map(row => `  ${row.map(padded).join('   ')}`.trimEnd())
}
