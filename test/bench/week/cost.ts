import { assumed, type CountName, type Counts, type Scenario } from './counts.ts'
import { prices } from './prices.ts'

export type Line = {
  readonly what: string
  /** In the week. */
  readonly dollars: number
  /** The counts in it that were not measured. Empty: the line is measured, but for what the scenario assumes. */
  readonly assumed: readonly CountName[]
  /** All counts in it, with their values. */
  readonly counts: Counts
}

export type Week = { readonly lines: readonly Line[]; readonly dollars: number }

/** Gives a count, measured or assumed. */
type Take = (count: CountName) => number

/** Megabytes of memory, as lib/ declares them: of functions that answer requests, of the one that hashes passwords, of the stream's. */
export const memory = { request: 512, password: 1_769, stream: 1_024 }

const invocation = (ms: number, megabytes: number) =>
  prices.invocation + (ms / 1_000) * (megabytes / 1_024) * prices.gigabyteSecond

const units = (reads: number, writes: number) => reads * prices.readUnit + writes * prices.writeUnit

/** A request that the edge answers. */
const edge = (bytes: number, keyValueReads = 0) =>
  prices.edgeRequest + prices.edgeFunction + keyValueReads * prices.keyValueRead + bytes * prices.edgeByte

/** A request that a function answers. */
const api = (call: {
  ms: number
  memory: number
  reads: number
  writes: number
  bytes: number
  keyValueReads?: number
}) =>
  edge(call.bytes, call.keyValueReads) +
  prices.apiRequest +
  invocation(call.ms, call.memory) +
  units(call.reads, call.writes)

const polls = ({ visits, activeMinutes, schoolsAPerson, pollSeconds }: Scenario) =>
  visits * ((activeMinutes * 60) / pollSeconds) * schoolsAPerson

/** Boards and texts that are fetched in the week. */
const files = (week: Scenario, take: Take) => {
  const published = (week.publications / (10 * 60)) * week.activeMinutes
  const whileLooking = published * take('concerned') * take('filesAPublication')
  const atOpening = take('boardsAtOpening') + take('textsAtOpening') * week.publications
  return week.visits * week.schoolsAPerson * (atOpening + whileLooking)
}

/** Boards and texts of notebooks that are fetched in the week: as the notebook is opened, once a visit. */
const notebookFiles = ({ visits, notebookVisits }: Scenario, take: Take) =>
  visits * notebookVisits * (take('notebookBoards') + take('notebookTexts'))

const passedOn = (week: Scenario, take: Take) =>
  (polls(week) + files(week, take) + notebookFiles(week, take)) * take('passedOn')

/** The bytes of a reply with next to no body: its headers. */
const headerBytes = 500

const lines: readonly (readonly [what: string, dollars: (week: Scenario, take: Take) => number])[] = [
  ['index polls', (week, take) => polls(week) * edge(take('indexBytes'), take('keyValueReads'))],
  ['boards and texts', (week, take) => files(week, take) * edge(take('fileBytes'), take('keyValueReads'))],
  [
    'private reads',
    (week, take) => {
      // The last of them would come as the visit ends.
      const further = Math.ceil((week.activeMinutes * 60) / take('privateReadSeconds')) - 1
      const reads = take('privateReadsAtOpening') + further
      const call = { ms: take('privateReadMs'), memory: memory.request, bytes: take('privateReadBytes') }
      const table = { reads: take('privateReadUnits'), writes: 0 }
      return week.visits * reads * api({ ...call, ...table, keyValueReads: take('keyValueReads') })
    },
  ],
  [
    'marks',
    (week, take) => {
      const call = { ms: take('markMs'), memory: memory.request, bytes: headerBytes }
      const asked = api({ ...call, reads: take('markReadUnits'), writes: take('markWriteUnits') })
      const follows = take('markFollowUps') * invocation(take('markFollowUpMs'), memory.stream)
      return week.visits * take('marks') * (asked + follows)
    },
  ],
  [
    'notebook: boards and texts',
    (week, take) => notebookFiles(week, take) * edge(take('notebookFileBytes'), take('keyValueReads')),
  ],
  [
    'notebook: ticks',
    (week, take) => {
      const call = { ms: take('tickMs'), memory: memory.request, bytes: headerBytes }
      const asked = api({ ...call, reads: take('tickReadUnits'), writes: take('tickWriteUnits') })
      const follows = take('tickFollowUps') * invocation(take('tickFollowUpMs'), memory.stream)
      return week.schools * week.pupils * week.ticks * week.days * (asked + follows)
    },
  ],
  [
    'notebook: puts and rendering',
    (week, take) => {
      const setting = invocation(take('settingMs'), memory.request) + prices.apiRequest + prices.edgeRequest
      const rendering = take('pieceRenderings') * invocation(take('pieceRenderingMs'), memory.stream)
      const table = units(take('pieceReadUnits'), take('pieceWriteUnits'))
      const pieces = week.schools * week.classes * week.pieces
      return pieces * (take('piecePuts') * prices.bucketPut + setting + rendering + table)
    },
  ],
  [
    'renewals',
    (week, take) => {
      const call = { ms: take('renewalMs'), memory: memory.request, bytes: headerBytes }
      const table = { reads: take('renewalReadUnits'), writes: take('renewalWriteUnits') }
      return week.visits * take('renewals') * api({ ...call, ...table })
    },
  ],
  [
    'sign-ins',
    (week, take) => {
      const call = { ms: take('signInMs'), memory: memory.password, bytes: headerBytes }
      const table = { reads: take('signInReadUnits'), writes: take('signInWriteUnits') }
      return week.visits * week.firstVisits * api({ ...call, ...table })
    },
  ],
  [
    'who one is',
    (week, take) => {
      const call = { ms: take('whoMs'), memory: memory.request, bytes: take('whoBytes') }
      const byApi = take('whoByApi') * api({ ...call, reads: take('whoReadUnits'), writes: 0 })
      return week.visits * (byApi + take('whoByEdge') * edge(take('whoBytes'), take('keyValueReads')))
    },
  ],
  [
    "the app's files",
    (week, take) => {
      const fetched = (count: number, bytes: number) => count * edge(0) + bytes * prices.edgeByte
      const first = fetched(take('appFilesFirst'), take('appBytesFirst'))
      const again = fetched(take('appFilesAgain'), take('appBytesAgain'))
      return week.visits * (week.firstVisits * first + (1 - week.firstVisits) * again)
    },
  ],
  [
    'bucket',
    (week, take) => passedOn(week, take) * (take('shielded') > 0 ? take('passedOnByShield') : 1) * prices.bucketGet,
  ],
  ['Origin Shield', (week, take) => take('shielded') * passedOn(week, take) * prices.shieldRequest],
  [
    'puts and rendering',
    (week, take) => {
      const publishing = invocation(take('publishingMs'), memory.request)
      const rendering = take('renderingInvocations') * invocation(take('renderingMs'), memory.stream)
      const table = units(take('publicationReadUnits'), take('publicationWriteUnits'))
      return (
        week.schools *
        week.publications *
        week.days *
        (take('puts') * prices.bucketPut + publishing + rendering + table)
      )
    },
  ],
]

/**
 * What a week costs, line by line. `measured` holds the counts that were measured; the others are assumed, and each line
 * says which of them are in it.
 */
export const costOf = (week: Scenario, measured: Counts = {}): Week => {
  const costs = lines.map(([what, dollars]): Line => {
    const guessed = new Set<CountName>()
    const counts: Record<string, number> = {}
    const take: Take = count => {
      const value = measured[count]
      if (value === undefined) guessed.add(count)
      counts[count] = value ?? assumed[count]
      return counts[count]
    }
    return { what, dollars: dollars(week, take), assumed: [...guessed], counts }
  })
  return { lines: costs, dollars: costs.reduce((sum, line) => sum + line.dollars, 0) }
}
