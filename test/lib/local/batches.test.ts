import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BatchSettings, deliver, type GivenUp, type StreamRecord } from '../../../lib/local/batches.ts'
import type { Outcome } from '../../../lib/local/environment.ts'

const at = 1_800_000_000

const recordOf = (sequence: number, created = at): StreamRecord => ({
  eventID: `e${sequence}`,
  dynamodb: { SequenceNumber: String(sequence), ApproximateCreationDateTime: created },
})
const records = (count: number) => Array.from({ length: count }, (_, place) => recordOf(place + 1))
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
    aside: [] as { sequences: number[]; why: GivenUp }[],
    done: [] as number[],
    pauses: [] as number[],
    clock: at * 1_000,
  }
  await deliver(
    batch,
    { retries: 2, maxAge: -1, bisect: false, reportsItems: false, ...settings },
    {
      invoke: async event => {
        const given = sequences((event as { Records: StreamRecord[] }).Records)
        seen.calls.push(given)
        return handler(given, seen.calls.length)
      },
      setAside: (given, why) => seen.aside.push({ sequences: sequences(given), why }),
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

describe('deliver', () => {
  it('deliver() gives a batch once, and is done with its last record', async () => {
    const { calls, done, aside } = await run(records(3), {}, () => succeed)
    expect([calls, done, aside]).toEqual([[[1, 2, 3]], [3], []])
  })

  it('deliver() tries a failed batch again, later each time, then sets it aside with the reason', async () => {
    const { calls, aside, pauses, done } = await run(records(2), { retries: 2 }, () => fail)
    expect(calls).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ])
    expect(pauses).toEqual([200, 400])
    expect(aside).toMatchObject([
      {
        sequences: [1, 2],
        why: { condition: 'RetryAttemptsExhausted', invocations: 3, failure: { errorMessage: 'no' } },
      },
    ])
    expect(done).toEqual([2])
  })

  it('deliver() bisects until the record that fails is alone, and loses no other', async () => {
    const { calls, aside, done } = await run(records(8), { bisect: true, retries: 1 }, given =>
      given.includes(6) ? fail : succeed,
    )
    expect(calls).toEqual([[1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4], [5, 6, 7, 8], [5, 6], [5], [6], [6], [7, 8]])
    expect(aside.map(one => one.sequences)).toEqual([[6]])
    expect(done).toEqual([4, 5, 6, 8])
  })

  it('deliver() goes on from the first record that the function reports', async () => {
    const { calls, done } = await run(records(5), { reportsItems: true }, (_, call) =>
      call === 1 ? report(4, 3) : report(),
    )
    expect(calls).toEqual([
      [1, 2, 3, 4, 5],
      [3, 4, 5],
    ])
    expect(done).toEqual([2, 5])
  })

  it('deliver() takes a report of a record it did not give as a failure of all', async () => {
    const { calls, aside } = await run(records(2), { reportsItems: true, retries: 1 }, () => report(99))
    expect(calls).toHaveLength(2)
    expect(aside[0]?.sequences).toEqual([1, 2])
  })

  it('deliver() heeds no report unless the mapping asks for one', async () => {
    const { calls } = await run(records(2), { reportsItems: false }, () => report(1))
    expect(calls).toHaveLength(1)
  })

  it('deliver() sets aside what is too old, without trying it', async () => {
    const batch = [recordOf(1, at - 120), recordOf(2, at - 61), recordOf(3, at - 10)]
    const { calls, aside } = await run(batch, { maxAge: 60 }, () => succeed)
    expect(calls).toEqual([[3]])
    expect(aside).toMatchObject([{ sequences: [1, 2], why: { condition: 'RecordAgeExceeded' } }])
  })

  it('deliver() gives up a batch that failed until it was too old', async () => {
    const { aside } = await run(records(1), { retries: -1, maxAge: 60 }, () => fail)
    expect(aside[0]?.why).toMatchObject({ condition: 'RecordAgeExceeded', failure: fail })
  })

  it('deliver() does not count throttles as tries, nor splits because of them', async () => {
    const throttle: Outcome = { ...fail, reason: 'throttled' } as Outcome
    const { calls, aside } = await run(records(2), { retries: 0, bisect: true }, (_, call) =>
      call < 9 ? throttle : succeed,
    )
    expect(calls).toHaveLength(9)
    expect(calls.every(given => given.length === 2)).toBe(true)
    expect(aside).toEqual([])
  })

  it('deliver() loses nothing and sets aside just what always fails, however batches and failures fall', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 6 }),
        fc.boolean(),
        async (count, bad, reportsItems) => {
          const delivered = new Set<number>()
          const { aside, done } = await run(records(count), { bisect: true, retries: 2, reportsItems }, given => {
            const first = given.find(one => bad.includes(one))
            if (first === undefined || reportsItems)
              for (const one of given) if (first === undefined || one < first) delivered.add(one)
            if (first === undefined) return succeed
            return reportsItems ? report(first) : fail
          })
          const all = sequences(records(count))
          expect(aside.flatMap(one => one.sequences)).toEqual(all.filter(one => bad.includes(one)))
          expect([...delivered].sort((a, b) => a - b)).toEqual(all.filter(one => !bad.includes(one)))
          expect(done.at(-1)).toBe(count)
        },
      ),
      { numRuns: 200 },
    )
  })
})
