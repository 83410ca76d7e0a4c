import { randomUUID } from 'node:crypto'
import type { Failure, Outcome } from './environment.ts'

/** A stream record as its function gets it. */
export type StreamRecord = {
  readonly eventID: string
  readonly dynamodb: { readonly SequenceNumber: string; readonly ApproximateCreationDateTime: number }
}

/** How an event source mapping treats its batches, as its template states it. */
export type BatchSettings = {
  /** -1: for ever. */
  readonly retries: number
  /** Seconds; -1: any age. */
  readonly maxAge: number
  readonly bisect: boolean
  readonly reportsItems: boolean
}

export type BatchPorts = {
  readonly invoke: (event: object) => Promise<Outcome>
  /** Takes what was given up. */
  readonly setAside: (records: readonly StreamRecord[], why: GivenUp) => void
  /** All up to this record is done with. */
  readonly done: (record: StreamRecord) => void
  /** Milliseconds pass. */
  readonly pause: (milliseconds: number) => Promise<void>
  readonly now: () => number
  /** Whether to leave the rest for the next start. */
  readonly stopped: () => boolean
}

export type GivenUp = {
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded'
  readonly requestId: string
  readonly invocations: number
  readonly failure: Failure | undefined
}

const longestPause = 30_000

/** The place of the first record that the function names as failed; 0 if it names one that was not given (then all failed). */
const firstFailed = (records: readonly StreamRecord[], payload: unknown): number | undefined => {
  const failures = (payload as { batchItemFailures?: { itemIdentifier?: string }[] } | null)?.batchItemFailures ?? []
  if (failures.length === 0) return undefined
  const places = failures.map(({ itemIdentifier }) =>
    records.findIndex(record => record.dynamodb.SequenceNumber === itemIdentifier),
  )
  return places.includes(-1) ? 0 : Math.min(...places)
}

/**
 * Gives records to a function as an event source mapping of a stream does: a batch that fails is tried again, from the
 * record that failed if the function says which, in halves if the mapping bisects, until its retries or its age are
 * spent; then it is set aside, and what follows goes on. Splitting costs no retry (AWS Lambda Developer Guide, "Process
 * DynamoDB records with Lambda").
 */
export const deliver = async (
  batch: readonly StreamRecord[],
  settings: BatchSettings,
  ports: BatchPorts,
): Promise<void> => {
  const { retries, maxAge, bisect, reportsItems } = settings
  let records = batch
  let failure: Failure | undefined
  let failed = 0
  let invocations = 0
  const giveUp = (given: readonly StreamRecord[], condition: GivenUp['condition']): void => {
    ports.setAside(given, { condition, requestId: randomUUID(), invocations, failure })
    const last = given.at(-1)
    if (last) ports.done(last)
  }
  while (records.length > 0 && !ports.stopped()) {
    const oldest = ports.now() - maxAge * 1_000
    const fresh = maxAge < 0 ? 0 : records.findIndex(one => one.dynamodb.ApproximateCreationDateTime * 1_000 >= oldest)
    if (fresh !== 0) {
      giveUp(fresh < 0 ? records : records.slice(0, fresh), 'RecordAgeExceeded')
      records = fresh < 0 ? [] : records.slice(fresh)
      continue
    }
    const outcome = await ports.invoke({ Records: records })
    invocations++
    if (outcome.ok) {
      const place = reportsItems ? firstFailed(records, outcome.payload) : undefined
      const last = records[(place ?? records.length) - 1]
      if (last) ports.done(last)
      if (place === undefined) return
      if (place > 0) {
        records = records.slice(place)
        failed = 0
      }
      failure = undefined
    } else failure = outcome
    const isThrottle = failure?.reason === 'throttled'
    if (!isThrottle && bisect && records.length > 1) {
      const middle = Math.ceil(records.length / 2)
      await deliver(records.slice(0, middle), settings, ports)
      await deliver(records.slice(middle), settings, ports)
      return
    }
    if (!isThrottle) failed++
    if (retries >= 0 && failed > retries) return giveUp(records, 'RetryAttemptsExhausted')
    await ports.pause(Math.min(longestPause, 100 * 2 ** Math.min(failed, 10)))
  }
}
