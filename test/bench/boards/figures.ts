import { boardCache, indexCache } from '../../../shared/kernel/board.ts'
import type { Figure } from '../figure.ts'
import type { OlderRows, Readable } from './looks.ts'
import type { Notebooks } from './notebooks.ts'
import type { RealTime } from './real-time.ts'
import type { Opening } from './returning.ts'
import type { Run } from './run.ts'
import type { Waits } from './waits.ts'

/** All that the part measures. Runs by their factor. */
export type Measured = RealTime & {
  /** Whether requests for boards pass Origin Shield. */
  readonly isShielded: boolean
  readonly runs: ReadonlyMap<number, Run>
  readonly openings: { readonly returning: Opening; readonly first: Opening; readonly publications: number }
  readonly oneSchool: number
  readonly twoSchools: number
  readonly readable: Readable
  readonly older: OlderRows
  readonly notebooks: Notebooks
}

export const runOf = ({ runs }: Pick<Measured, 'runs'>, factor: number): Run => {
  const run = runs.get(factor)
  if (!run) throw new Error(`there was no run of x${factor}`)
  return run
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Of a run: requests of readers to /boards/*, and the share of them that the edge answered without the bucket. */
const absorbed = ({ exchanges, bucket }: Run): string => {
  const asked = exchanges.filter(({ path }) => path.startsWith('/boards/')).length
  return `of ${asked} requests of readers to the edge, ${Math.round(100 * (1 - bucket / asked))} % absorbed`
}

const ofReaders = (run: Run): Figure[] => {
  const { invocations, readUnits, requests } = run.by.reader
  return [
    {
      what: `boards: invocations caused by readers, x${run.factor}`,
      value: invocations,
      unit: 'invocations',
      atMost: 0,
      note: `${run.visits} visits; all but their private reads, renewals and writes, which have rows of their own`,
    },
    {
      what: `boards: read units caused by readers, x${run.factor}`,
      value: readUnits,
      unit: 'units',
      atMost: 0,
      note: `${requests} requests to the table`,
    },
  ]
}

const ofBucket = (run: Run): Figure => ({
  what: `boards: requests to the bucket, x${run.factor}`,
  value: run.bucket,
  unit: 'requests',
  atMost: run.mostOfBucket,
  note: `${absorbed(run)}; at most one each ${indexCache.ttl} s of ${run.indexes} indexes and each ${boardCache.ttl} s of ${run.states} states of files`,
})

/** Rendering is what a publication makes the stream do: the same however many read. */
const ofRendering = (few: Run, many: Run): Figure[] => {
  const figure = (run: Run, other: Run, name: string): Figure => ({
    what: name,
    value: run.by.rendering.invocations,
    unit: 'invocations',
    atMost: other.by.rendering.invocations,
    atLeast: other.by.rendering.invocations,
    note: `x${run.factor}, for ${run.publications} publications; the target is what x${other.factor} took`,
  })
  return [
    figure(few, many, 'boards: invocations for rendering'),
    figure(many, few, `boards: invocations for rendering, x${many.factor}`),
    {
      what: `boards: read units for rendering, x${many.factor}`,
      value: many.by.rendering.readUnits,
      unit: 'units',
      atMost: few.by.rendering.readUnits,
      note: `the target is what x${few.factor} took`,
    },
  ]
}

const ofPrivateReads = (run: Run): Figure[] => {
  const { renewal, write } = run.by
  const reads = run.by['private read']
  const follows = run.by['what follows a write']
  const each = (count: number) => count / run.pageViews
  return [
    {
      what: 'boards: private reads a page view',
      value: each(reads.invocations + renewal.invocations),
      unit: 'requests',
      atMost: 0.3,
      note: `x${run.factor}: ${reads.invocations} reads for Home, news and notebook, and ${renewal.invocations} renewals in ${run.pageViews} page views`,
    },
    {
      what: 'boards: writes a page view',
      value: each(write.invocations),
      unit: 'requests',
      note: `x${run.factor}: ${write.invocations} requests that say what was seen`,
    },
    {
      what: 'boards: read units of a private read',
      value: reads.readUnits / reads.invocations,
      unit: 'units',
      atMost: 1,
    },
    {
      what: 'boards: write units of a request that says what was seen',
      value: (write.writeUnits + follows.writeUnits) / write.invocations,
      unit: 'units',
      note: `with what follows it; ${run.seen} items in ${write.invocations} requests`,
    },
  ]
}

const ofNotebooks = ({ readUnits, pieces, ticks, returning, first }: Notebooks): Figure[] => [
  {
    what: 'boards: read units of a private read, with ticks and hand-ins',
    value: readUnits,
    unit: 'units',
    note: 'of people who follow a notebook: the person, what is kept of them, and of a guardian of each child',
  },
  {
    what: 'boards: files of the notebook that a visit fetches',
    value: returning.boards + returning.texts,
    unit: 'requests',
    note: `a day after the last visit; ${(first.boards + first.texts).toFixed(1)} on a device that holds nothing`,
  },
  {
    what: 'boards: write units of a piece of work, with its boards',
    value: pieces.writeUnits,
    unit: 'units',
    note: `${pieces.puts.toFixed(1)} puts, ${pieces.readUnits.toFixed(0)} read units, ${pieces.renderings.toFixed(1)} invocations`,
  },
  {
    what: 'boards: write units of a tick, with what follows it',
    value: ticks.writeUnits,
    unit: 'units',
    note: `${ticks.readUnits.toFixed(1)} read units, ${ticks.followUps.toFixed(1)} invocations; two of a pupil delivered together`,
  },
]

const ofWaits = ({ table, bucket, opening }: Waits): Figure[] => [
  {
    what: 'boards: longest wait with the table hanging',
    value: table.milliseconds / 1000,
    unit: 's',
    atMost: 1,
    note: `for ${table.asked}; index, board, text, who one is, private read, by the machine’s time`,
  },
  {
    what: 'boards: longest wait with the bucket hanging, one request',
    value: bucket.milliseconds / 1000,
    unit: 's',
    atMost: 1.5,
    note: `for ${bucket.asked}`,
  },
  {
    what: 'boards: longest wait with the bucket hanging, opening on an empty device',
    value: opening / 1000,
    unit: 's',
    atMost: 3.5,
    note: 'index, board and text, one after the other',
  },
]

/** The part's figures, each with its target. Their names are looked up by other programs: they do not change. */
export const figuresOf = (measured: Measured): Figure[] => {
  const { runs, waits, oneSchool, twoSchools, readable, older, notebooks } = measured
  const [few, more, many] = [runOf(measured, 1), runOf(measured, 10), runOf(measured, 100)]
  const latencies = [...runs.values()].flatMap(run => run.latencies)
  const unseen = sum([...runs.values()].map(run => run.unseen))
  return [
    ...[more, many].flatMap(ofReaders),
    ...ofRendering(few, many),
    ...[few, runOf(measured, 3)].map(ofBucket),
    ...[more, many].map(ofBucket),
    ...ofPrivateReads(more),
    {
      what: 'boards: edge requests in 30 s of looking at Home',
      value: oneSchool,
      unit: 'requests',
      atMost: 3,
      note: 'one school; with what is private',
    },
    {
      what: 'boards: edge requests in 30 s of looking at Home, two schools',
      value: twoSchools,
      unit: 'requests',
      atMost: 5,
    },
    {
      what: 'boards: texts readable with API and table stopped, empty device',
      value: readable.readable,
      unit: 'texts',
      atLeast: readable.texts,
      note: `of ${readable.readers} people whose devices hold a cookie and nothing else; the target is all that was published for them`,
    },
    ...ofNotebooks(notebooks),
    ...ofWaits(waits),
    {
      what: 'boards: publication to an open screen',
      value: latencies.reduce((most, one) => Math.max(most, one), 0) / 1000,
      unit: 's',
      atMost: 30,
      note: `the longest of ${latencies.length}, with ${(waits.rendering / 1000).toFixed(1)} s for rendering, measured`,
    },
    {
      what: 'boards: publications that a screen open long enough has not shown',
      value: unseen,
      unit: 'publications',
      atMost: 0,
    },
    {
      what: 'boards: invocations for older rows, a page',
      value: older.invocations / older.pages,
      unit: 'invocations',
      atMost: 1,
      note: `${older.readers} people opened it within ${boardCache.ttl} s`,
    },
  ]
}
