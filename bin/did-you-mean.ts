/** How many letters must be changed, added, left out or swapped with their neighbour to make one word of the other. */
const distance = (one: string, other: string): number => {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1]
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      row[j] = Math.min(
        (rows[i - 1]?.[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (rows[i - 1]?.[j - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (rows[i - 2]?.[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    rows.push(row)
  }
  return rows[one.length]?.[other.length] ?? Number.POSITIVE_INFINITY
}

/** The known name that was probably meant: one that begins so, or is at most two slips away; undefined where none is close. */
export const closest = (said: string, known: readonly string[]): string | undefined => {
  const begun = said.length > 1 ? known.filter(one => one.startsWith(said)) : []
  if (begun.length === 1) return begun[0]
  const [best] = known
    .map(name => ({ name, slips: distance(said.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, slips }) => slips <= 2 && slips < name.length / 2)
    .sort((a, b) => a.slips - b.slips)
  return best?.name
}

/** `: did you mean "import"? Known: import, join`, for the end of a sentence that refuses a name. */
export const orElse = (said: string, known: readonly string[]): string => {
  const meant = closest(said, known)
  return `${meant === undefined ? '' : `: did you mean ${meant}?`}${meant === undefined ? '. Known: ' : ' Known: '}${known.join(', ')}`
}
