import { join } from 'node:path'
import { keep } from '../../lib/local/kept.ts'
import type { Region } from '../../lib/local/region.ts'
import { columns } from './columns.ts'

/** Milliseconds between two looks at what happened. */
const every = 2_000

const figuresOf = ({ functions, mappings, edge, metrics }: Region) => ({
  functions: functions(),
  streams: mappings(),
  edge: edge(),
  metrics: metrics(),
})

/**
 * Keeps in `figures.json` what happened since the start, for whoever operates the territory: invocations, cold starts
 * and throttles by function, records of the stream, the edge's answers by behaviour, and the functions' own metrics.
 * @returns what writes it a last time.
 */
export const keepFigures = (data: string, region: Region): (() => void) => {
  let written = ''
  const write = (): void => {
    const figures = figuresOf(region)
    const text = JSON.stringify(figures)
    if (text === written) return
    keep(join(data, 'figures.json'), figures)
    written = text
  }
  write()
  const timer = setInterval(write, every)
  timer.unref()
  return () => {
    clearInterval(timer)
    write()
  }
}

const each = (sum: number, count: number): string => (count > 0 ? (sum / count).toFixed(0) : '-')

/** What happened since the start, as a table for the one who ended it. */
export const figuresText = (region: Region): string => {
  const { functions, streams, edge } = figuresOf(region)
  const invoked = Object.entries(functions).filter(([, { invocations, throttles }]) => invocations + throttles > 0)
  const sum = (pick: (count: (typeof edge)[string]) => number) =>
    Object.values(edge).reduce((total, count) => total + pick(count), 0)
  const rows = invoked.map(([name, { invocations, coldStarts, throttles, errors, duration, initDuration }]) => [
    ...[name, String(invocations), String(coldStarts), String(throttles), String(errors)],
    ...[each(duration, invocations), each(initDuration, coldStarts)],
  ])
  const titles = ['function', 'invoked', 'cold starts', 'throttled', 'failed', 'ms each', 'ms to load']
  return [
    ...(rows.length > 0 ? columns([titles, ...rows], [1, 2, 3, 4, 5, 6]) : []),
    `  edge: ${sum(one => one.requests)} requests, ${sum(one => one.hits)} from its cache, ${sum(one => one.errors)} errors`,
    ...streams.map(
      ({ records, batches, setAside }) =>
        `  stream: ${records} records in ${batches} batches, ${setAside} set aside in dead-letters`,
    ),
  ].join('\n')
}
