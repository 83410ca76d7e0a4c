/** The values of a column that may hold several. */
export const several = (text: string): string[] =>
  text
    .split(/[,;]/)
    .map(one => one.trim())
    .filter(Boolean)
