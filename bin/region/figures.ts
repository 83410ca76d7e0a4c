import { join } from 'node:path'
import { writeJson } from '../../lib/local/json-file.ts'
import type { Region } from '../../lib/local/region.ts'
import { columns } from './columns.ts'

const writeIntervalMs = 2_000

const figuresOf = ({ functions, mappings, edge, metrics }: Region) => ({
  functions: functions(),
  streams: mappings(),
  edge: edge(),
  metrics: metrics(),
})

/**
 * Writes `figures.json` every two seconds, with counts since the start: invocations, cold starts and throttles by
 * function, records of the stream, the edge's replies by behaviour, and the functions' own metrics.
 * @returns a function that stops this and writes the file a last time.
 */
export const writeFigures = (data: string, region: Region): (() => void) => {
  let written = ''
  const write = (): void => {
    const figures = figuresOf(region)
    const text = JSON.stringify(figures)
    if (text === written) return
    writeJson(join(data, 'figures.json'), figures)
    written = text
  }
  write()
  const timer = setInterval(write, writeIntervalMs)
  timer.unref()
  return () => {
    clearInterval(timer)
    write()
  }
}

const average = (sum: number, count: number): string => (count > 0 ? (sum / count).toFixed(0) : '-')

/** The counts since the start as a table for the terminal. */
export const figuresText = (region: Region): string => {
  const { functions, streams, edge } = figuresOf(region)
  const invoked = Object.entries(functions).filter(([, { invocations, throttles }]) => invocations + throttles > 0)
  const sum = (pick: (count: (typeof edge)[string]) => number) =>
    Object.values(edge).reduce((total, count) => total + pick(count), 0)
  const rows = invoked.map(([name, { invocations, coldStarts, throttles, errors, duration, initDuration }]) => [
    name,
    String(invocations),
    String(coldStarts),
    String(throttles),
    String(errors),
    average(duration, invocations),
    average(initDuration, coldStarts),
  ])
  const titles = ['function', 'invoked', 'cold starts', 'throttled', 'failed', 'ms each', 'ms to load']
  return [
    ...(rows.length > 0 ? columns([titles, ...rows], [1, 2, 3, 4, 5, 6]) : []),
    `  edge: ${sum(one => one.requests)} requests, ${sum(one => one.hits)} from its cache, ${sum(one => one.errors)} errors`,
    ...streams.map(
      ({ records, batches, deadLetters }) =>
        `  stream: ${records} records in ${batches} batches, ${deadLetters} in dead-letters`,
    ),
  ].join('\n')
}
