import { randomUUID } from 'node:crypto'
import type { Failure, Outcome } from './environment.ts'

/** A DynamoDB Streams record as the function receives it. */
export type StreamRecord = {
  readonly eventID: string
  readonly dynamodb: { readonly SequenceNumber: string; readonly ApproximateCreationDateTime: number }
}

/** The retry settings of an event source mapping, as its template states them. */
export type BatchSettings = {
  /** MaximumRetryAttempts; -1: without end. */
  readonly retries: number
  /** MaximumRecordAgeInSeconds; -1: any age. */
  readonly maxAge: number
  /** BisectBatchOnFunctionError. */
  readonly bisect: boolean
  /** Whether FunctionResponseTypes has ReportBatchItemFailures. */
  readonly reportsItems: boolean
}

export type BatchPorts = {
  readonly invoke: (event: object) => Promise<Outcome>
  /** Sends discarded records to the mapping's on-failure destination. */
  readonly deadLetter: (records: readonly StreamRecord[], discard: Discard) => void
  /** Called when this record and all before it are processed or discarded. */
  readonly done: (record: StreamRecord) => void
  /** Resolves after so many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>
  readonly now: () => number
  /** Whether to stop and leave the rest for the next start. */
  readonly stopped: () => boolean
}

/** Why records were discarded: AWS's name of the condition, the number of invocations, and the last failure. */
export type Discard = {
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded'
  readonly requestId: string
  readonly invocations: number
  readonly failure: Failure | undefined
}

const firstPauseMs = 100
const longestPauseMs = 30_000

/**
 * The index of the first record that the function reports as failed; 0, the whole batch, if it reports a sequence number
 * that is not in the batch; undefined if it reports none.
 */
const firstFailed = (records: readonly StreamRecord[], payload: unknown): number | undefined => {
  const failures = (payload as { batchItemFailures?: { itemIdentifier?: string }[] } | null)?.batchItemFailures ?? []
  if (failures.length === 0) return undefined
  const indexes = failures.map(({ itemIdentifier }) =>
    records.findIndex(record => record.dynamodb.SequenceNumber === itemIdentifier),
  )
  return indexes.includes(-1) ? 0 : Math.min(...indexes)
}

/**
 * Invokes a function with a batch of records as a stream's event source mapping does: a batch that fails is retried,
 * from the failed record if the function reports it, in halves if the mapping bisects, until its retries or its age are
 * exceeded; then it is sent to the on-failure destination and the next batch follows. Splitting a batch does not count
 * as a retry (AWS Lambda Developer Guide, "Process DynamoDB records with Lambda").
 */
export const deliverBatch = async (
  batch: readonly StreamRecord[],
  settings: BatchSettings,
  ports: BatchPorts,
): Promise<void> => {
  const { retries, maxAge, bisect, reportsItems } = settings
  let records = batch
  let failure: Failure | undefined
  let failed = 0
  let invocations = 0
  const discard = (discarded: readonly StreamRecord[], condition: Discard['condition']): void => {
    ports.deadLetter(discarded, { condition, requestId: randomUUID(), invocations, failure })
    const last = discarded.at(-1)
    if (last) ports.done(last)
  }
  while (records.length > 0 && !ports.stopped()) {
    const oldest = ports.now() - maxAge * 1_000
    const fresh = maxAge < 0 ? 0 : records.findIndex(one => one.dynamodb.ApproximateCreationDateTime * 1_000 >= oldest)
    if (fresh !== 0) {
      discard(fresh < 0 ? records : records.slice(0, fresh), 'RecordAgeExceeded')
      records = fresh < 0 ? [] : records.slice(fresh)
      continue
    }
    const outcome = await ports.invoke({ Records: records })
    invocations++
    if (outcome.ok) {
      const index = reportsItems ? firstFailed(records, outcome.payload) : undefined
      const last = records[(index ?? records.length) - 1]
      if (last) ports.done(last)
      if (index === undefined) return
      if (index > 0) {
        records = records.slice(index)
        failed = 0
      }
      failure = undefined
    } else failure = outcome
    const isThrottle = failure?.reason === 'throttled'
    if (!isThrottle && bisect && records.length > 1) {
      const middle = Math.ceil(records.length / 2)
      await deliverBatch(records.slice(0, middle), settings, ports)
      await deliverBatch(records.slice(middle), settings, ports)
      return
    }
    if (!isThrottle) failed++
    if (retries >= 0 && failed > retries) return discard(records, 'RetryAttemptsExhausted')
    await ports.pause(Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failed, 10)))
  }
}
