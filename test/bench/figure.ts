/** `KB` is 1,000 bytes. */
type Unit =
  | ('KB' | 'MB' | 'ms' | 's' | 'x' | '/s' | '$')
  | ('requests' | 'units' | 'records' | 'invocations' | 'texts' | 'publications')

/** One line of the bench's table. A target is a bound that the figure keeps or does not. */
export type Figure = {
  /** What is measured: `bundle of news`. */
  readonly what: string
  readonly value: number
  readonly unit: Unit
  readonly atMost?: number
  readonly atLeast?: number
  /** How it was measured, where its name does not say. */
  readonly note?: string
}

export type Part = { readonly name: string; readonly figures: readonly Figure[] }

/** Whether a figure keeps its target; undefined if it has none. */
export const isMet = ({ value, atMost, atLeast }: Figure): boolean | undefined =>
  atMost === undefined && atLeast === undefined ? undefined : value <= (atMost ?? value) && value >= (atLeast ?? value)

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const [low = Number.NaN, high = low] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return (low + high) / 2
}

const number = (value: number, unit: Figure['unit']): string => {
  const digits = unit === 'x' ? 2 : Math.abs(value) < 100 && !Number.isInteger(value) ? 1 : 0
  return `${value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${unit}`
}

const targetOf = ({ atMost, atLeast, unit }: Figure): string =>
  atMost !== undefined && atMost === atLeast
    ? `= ${number(atMost, unit)}`
    : atMost !== undefined
      ? `≤ ${number(atMost, unit)}`
      : atLeast !== undefined
        ? `≥ ${number(atLeast, unit)}`
        : ''

/** One table of all parts, as text. */
export const table = (parts: readonly Part[]): string => {
  const rows = parts.flatMap(({ name, figures }) => [
    [name],
    ...figures.map(figure => {
      const met = isMet(figure)
      const verdict = met === undefined ? '' : met ? 'met' : 'NOT met'
      return [`  ${figure.what}`, number(figure.value, figure.unit), targetOf(figure), verdict, figure.note ?? '']
    }),
  ])
  const widths = [0, 1, 2, 3].map(column => Math.max(...rows.map(row => (row[1] ? (row[column]?.length ?? 0) : 0))))
  return rows
    .map(([first = '', ...rest]) =>
      rest.length === 0
        ? `\n${first}`
        : [
            first.padEnd(widths[0] ?? 0),
            ...rest.map((cell, place) =>
              place === 0 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[place + 1] ?? 0),
            ),
          ]
            .join('  ')
            .trimEnd(),
    )
    .join('\n')
}
