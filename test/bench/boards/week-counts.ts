import { boardsPrefix } from '../../../shared/kernel/board.ts'
import { privateInterval } from '../../../web/news/data/marks.ts'
import { type Counts, closureWeek } from '../week/counts.ts'
import { type Measured, runOf } from './figures.ts'
import type { Exchange } from './network.ts'
import { isIndex } from './run.ts'

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

const isBoards = ({ path }: Exchange) => path.startsWith(boardsPrefix)

/**
 * The counts of the week that were measured here. Not among them: how long functions run (../times/), and what Origin Shield
 * absorbs, which only an account shows.
 */
export const countsOf = (measured: Measured): Counts => {
  const { openings, signIn, app } = measured
  // Of the peak hour of that week a school sees about x3; most visits come in emptier hours, in which less is absorbed.
  const usual = runOf(measured, 1)
  const run = runOf(measured, 10)
  const busiest = runOf(measured, 100)
  const bytes = (is: (exchange: Exchange) => boolean) => mean(run.exchanges.filter(is).map(one => one.bytes))
  const files = (exchange: Exchange) => isBoards(exchange) && exchange.path.includes('/news')
  const { renewal, write, publishing, rendering } = run.by
  const [reads, follows] = [run.by['private read'], run.by['what follows a write']]
  const { firstVisits } = closureWeek
  const { notebooks } = measured
  const mixed = (first: number, again: number) => firstVisits * first + (1 - firstVisits) * again
  const { first, returning, publications } = openings
  return {
    indexBytes: bytes(({ path }) => isIndex(path)),
    keyValueReads: run.keyValueReads / run.exchanges.filter(isBoards).length,
    boardsAtOpening: mixed(first.boards, returning.boards),
    textsAtOpening: mixed(first.texts, returning.texts) / publications,
    concerned: run.concerned,
    filesAPublication: busiest.filesLater / busiest.latencies.length,
    fileBytes: bytes(files),
    shielded: measured.isShielded ? 1 : 0,
    passedOn: usual.bucket / usual.exchanges.filter(isBoards).length,
    privateReadsAtOpening: reads.invocations / run.visits,
    privateReadSeconds: privateInterval / 1000,
    // Of people who have ticks and hand-ins, which those of the run have not.
    privateReadUnits: notebooks.readUnits,
    privateReadBytes: notebooks.readBytes,
    marks: write.invocations / run.visits,
    markWriteUnits: (write.writeUnits + follows.writeUnits) / write.invocations,
    markReadUnits: (write.readUnits + follows.readUnits) / write.invocations,
    markFollowUps: follows.invocations / write.invocations,
    notebookBoards: mixed(notebooks.first.boards, notebooks.returning.boards),
    notebookTexts: mixed(notebooks.first.texts, notebooks.returning.texts),
    notebookFileBytes: notebooks.fileBytes,
    tickWriteUnits: notebooks.ticks.writeUnits,
    tickReadUnits: notebooks.ticks.readUnits,
    tickFollowUps: notebooks.ticks.followUps,
    piecePuts: notebooks.pieces.puts,
    pieceWriteUnits: notebooks.pieces.writeUnits,
    pieceReadUnits: notebooks.pieces.readUnits,
    pieceRenderings: notebooks.pieces.renderings,
    renewals: renewal.invocations / run.visits,
    renewalReadUnits: renewal.readUnits / renewal.invocations,
    renewalWriteUnits: renewal.writeUnits / renewal.invocations,
    signInReadUnits: signIn.readUnits,
    signInWriteUnits: signIn.writeUnits,
    whoByApi: mixed(app.first.whoByApi, app.again.whoByApi),
    whoByEdge: mixed(app.first.whoByEdge, app.again.whoByEdge),
    appFilesFirst: app.first.files,
    appFilesAgain: app.again.files,
    appBytesFirst: app.first.bytes,
    appBytesAgain: app.again.bytes,
    puts: run.puts / run.publications,
    publicationReadUnits: (publishing.readUnits + rendering.readUnits) / run.publications,
    publicationWriteUnits: (publishing.writeUnits + rendering.writeUnits) / run.publications,
    renderingInvocations: rendering.invocations / run.publications,
  }
}
