import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BatchSettings, type Discard, deliverBatch, type StreamRecord } from '../../../lib/local/batches.ts'
import type { Outcome } from '../../../lib/local/environment.ts'
import { assertProperty } from '../../support/property.ts'

const at = 1_800_000_000

const recordOf = (sequence: number, created = at): StreamRecord => ({
  eventID: `e${sequence}`,
  dynamodb: { SequenceNumber: String(sequence), ApproximateCreationDateTime: created },
})
const records = (count: number) => Array.from({ length: count }, (_, index) => recordOf(index + 1))
const sequences = (of: readonly StreamRecord[]) => of.map(one => Number(one.dynamodb.SequenceNumber))

type Handler = (given: number[], call: number) => Outcome
const succeed: Outcome = { ok: true, payload: null }
const fail: Outcome = { ok: false, reason: 'error', errorType: 'Error', errorMessage: 'no' }
const report = (...failed: number[]): Outcome => ({
  ok: true,
  payload: { batchItemFailures: failed.map(itemIdentifier => ({ itemIdentifier: String(itemIdentifier) })) },
})

const run = async (batch: readonly StreamRecord[], settings: Partial<BatchSettings>, handler: Handler) => {
  const seen = {
    calls: [] as number[][],
    discarded: [] as { sequences: number[]; why: Discard }[],
    done: [] as number[],
    pauses: [] as number[],
    clock: at * 1_000,
  }
  await deliverBatch(
    batch,
    { retries: 2, maxAge: -1, bisect: false, reportsItems: false, ...settings },
    {
      invoke: async event => {
        const given = sequences((event as { Records: StreamRecord[] }).Records)
        seen.calls.push(given)
        return handler(given, seen.calls.length)
      },
      deadLetter: (given, why) => seen.discarded.push({ sequences: sequences(given), why }),
      done: record => seen.done.push(...sequences([record])),
      pause: async milliseconds => {
        seen.pauses.push(milliseconds)
        seen.clock += milliseconds
      },
      now: () => seen.clock,
      stopped: () => seen.calls.length > 5_000,
    },
  )
  return seen
}

describe('deliverBatch', () => {
  it('deliverBatch() invokes once for a batch, and is done with its last record', async () => {
    const { calls, done, discarded } = await run(records(3), {}, () => succeed)
    expect([calls, done, discarded]).toEqual([[[1, 2, 3]], [3], []])
  })

  it('deliverBatch() retries a failed batch with growing pauses, then discards it with the reason', async () => {
    const { calls, discarded, pauses, done } = await run(records(2), { retries: 2 }, () => fail)
    expect(calls).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ])
    expect(pauses).toEqual([200, 400])
    expect(discarded).toMatchObject([
      {
        sequences: [1, 2],
        why: { condition: 'RetryAttemptsExhausted', invocations: 3, failure: { errorMessage: 'no' } },
      },
    ])
    expect(done).toEqual([2])
  })

  it('deliverBatch() bisects until the failing record is alone, and loses no other', async () => {
    const { calls, discarded, done } = await run(records(8), { bisect: true, retries: 1 }, given =>
      given.includes(6) ? fail : succeed,
    )
    expect(calls).toEqual([[1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4], [5, 6, 7, 8], [5, 6], [5], [6], [6], [7, 8]])
    expect(discarded.map(one => one.sequences)).toEqual([[6]])
    expect(done).toEqual([4, 5, 6, 8])
  })

  it('deliverBatch() retries from the first record that the function reports', async () => {
    const { calls, done } = await run(records(5), { reportsItems: true }, (_, call) =>
      call === 1 ? report(4, 3) : report(),
    )
    expect(calls).toEqual([
      [1, 2, 3, 4, 5],
      [3, 4, 5],
    ])
    expect(done).toEqual([2, 5])
  })

  it('deliverBatch() takes a report of a record outside the batch as a failure of the whole batch', async () => {
    const { calls, discarded } = await run(records(2), { reportsItems: true, retries: 1 }, () => report(99))
    expect(calls).toHaveLength(2)
    expect(discarded[0]?.sequences).toEqual([1, 2])
  })

  it('deliverBatch() ignores reports without ReportBatchItemFailures', async () => {
    const { calls } = await run(records(2), { reportsItems: false }, () => report(1))
    expect(calls).toHaveLength(1)
  })

  it('deliverBatch() discards records that are too old without an invocation', async () => {
    const batch = [recordOf(1, at - 120), recordOf(2, at - 61), recordOf(3, at - 10)]
    const { calls, discarded } = await run(batch, { maxAge: 60 }, () => succeed)
    expect(calls).toEqual([[3]])
    expect(discarded).toMatchObject([{ sequences: [1, 2], why: { condition: 'RecordAgeExceeded' } }])
  })

  it('deliverBatch() discards a batch that failed until it was too old', async () => {
    const { discarded } = await run(records(1), { retries: -1, maxAge: 60 }, () => fail)
    expect(discarded[0]?.why).toMatchObject({ condition: 'RecordAgeExceeded', failure: fail })
  })

  it('deliverBatch() neither counts throttles as retries nor bisects because of them', async () => {
    const throttle: Outcome = { ...fail, reason: 'throttled' } as Outcome
    const { calls, discarded } = await run(records(2), { retries: 0, bisect: true }, (_, call) =>
      call < 9 ? throttle : succeed,
    )
    expect(calls).toHaveLength(9)
    expect(calls.every(given => given.length === 2)).toBe(true)
    expect(discarded).toEqual([])
  })

  it('deliverBatch() loses nothing and discards only records that always fail, with random batches and failures', async () => {
    await assertProperty(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 6 }),
        fc.boolean(),
        async (count, bad, reportsItems) => {
          const delivered = new Set<number>()
          const { discarded, done } = await run(records(count), { bisect: true, retries: 2, reportsItems }, given => {
            const first = given.find(one => bad.includes(one))
            if (first === undefined || reportsItems)
              for (const one of given) if (first === undefined || one < first) delivered.add(one)
            if (first === undefined) return succeed
            return reportsItems ? report(first) : fail
          })
          const all = sequences(records(count))
          expect(discarded.flatMap(one => one.sequences)).toEqual(all.filter(one => bad.includes(one)))
          expect([...delivered].sort((a, b) => a - b)).toEqual(all.filter(one => !bad.includes(one)))
          expect(done.at(-1)).toBe(count)
        },
      ),
      { short: 200, long: 5_000 },
    )
  })
})
