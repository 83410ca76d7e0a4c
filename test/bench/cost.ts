import { setTimeout as pause } from 'node:timers/promises'
import type { Reading } from '../support/meter.ts'
import type { Metered } from '../support/metered.ts'
import { childrenCpu } from './cpu.ts'
import type { Figure } from './figure.ts'

/**
 * How long after a request the stream's functions are done with what it wrote, and with what that wrote (rows, then boards),
 * in milliseconds.
 */
export const quietTime = 5_000

/** What something cost, at the table and in processor time (milliseconds). */
export type Cost = Reading & { readonly functions: number; readonly edge: number }

type Costing = {
  /** Whether what the stream does of it is part of the cost. */
  readonly withStream?: boolean
}

/** What `times` runs of `work` cost, each: requests and units of the table, processor time of functions and edge. */
export const costOf = async (
  territory: Metered,
  times: number,
  work: (place: number) => Promise<void>,
  { withStream = false }: Costing = {},
): Promise<Cost> => {
  await pause(quietTime)
  territory.meter.read()
  const before = { functions: childrenCpu().functions, edge: process.cpuUsage() }
  for (let place = 0; place < times; place++) await work(place)
  const edge = process.cpuUsage(before.edge)
  if (withStream) await pause(quietTime)
  const { requests, operations, readUnits, writeUnits } = territory.meter.read()
  return {
    operations,
    requests: requests / times,
    readUnits: readUnits / times,
    writeUnits: writeUnits / times,
    functions: (childrenCpu().functions - before.functions) / times,
    edge: (edge.user + edge.system) / 1000 / times,
  }
}

/** Bounds of some of the figures. */
export type Targets = { readonly requests?: number; readonly reads?: number; readonly writes?: number }

/** `atMost`, where there is one. */
const atMost = (target: number | undefined) => target !== undefined && { atMost: target }

/** Requests, read and write units, and processor time of one thing that people do. */
export const figuresOf = (what: string, cost: Cost, targets: Targets = {}): Figure[] => [
  {
    what: `${what}: DynamoDB requests`,
    value: cost.requests,
    unit: 'requests',
    ...atMost(targets.requests),
    note: Object.keys(cost.operations).sort().join(', '),
  },
  { what: `${what}: read units`, value: cost.readUnits, unit: 'units', ...atMost(targets.reads) },
  { what: `${what}: write units`, value: cost.writeUnits, unit: 'units', ...atMost(targets.writes) },
  {
    what: `${what}: processor time`,
    value: cost.functions + cost.edge,
    unit: 'ms',
    note: `${cost.functions.toFixed(1)} ms in functions, the rest in the local edge and this client`,
  },
]
