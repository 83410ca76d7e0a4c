import { AsyncLocalStorage } from 'node:async_hooks'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'

/** Why a function runs, and the table is asked. */
export const causes = [
  /** Reads of what is one's own, and renewals. */
  'private read',
  'renewal',
  /** What readers write, and what the stream makes of it. */
  'write',
  'what follows a write',
  /** Authors, and what the stream makes of what they publish: rows, boards, indexes. */
  'publishing',
  'rendering',
  'clock',
  /** All else that readers ask a function: what an audience reads alike. */
  'reader',
] as const
export type Cause = (typeof causes)[number]

/** What was done because of one cause. */
export type Tally = { invocations: number; requests: number; readUnits: number; writeUnits: number }

type Capacity = { ReadCapacityUnits?: number; WriteCapacityUnits?: number; CapacityUnits?: number }

const reading = /^(GetItem|BatchGetItem|Query|Scan|TransactGetItems)Command$/

const zero = (): Tally => ({ invocations: 0, requests: 0, readUnits: 0, writeUnits: 0 })

/** Counts invocations, and the requests and units of the table, by their cause. */
export const openTallies = () => {
  const current = new AsyncLocalStorage<Tally>()
  const tallies = new Map<Cause, Tally>(causes.map(cause => [cause, zero()]))
  /** What nobody caused: the bench's own looks into the table. */
  const unnamed = zero()
  let onWrite = () => {}
  const of = (cause: Cause): Tally => tallies.get(cause) ?? unnamed
  return {
    of: (cause: Cause): Readonly<Tally> => of(cause),
    /** An invocation of a function because of `cause`. */
    invocation: <Value>(cause: Cause, work: () => Promise<Value>): Promise<Value> => {
      of(cause).invocations++
      const done = current.run(of(cause), work)
      return cause === 'write' || cause === 'renewal' ? done.finally(onWrite) : done
    },
    /** Calls `listener` after each invocation that a reader's write or renewal has caused. */
    onWrite: (listener: () => void): void => {
      onWrite = listener
    },
    reset: (): void => {
      for (const tally of tallies.values()) Object.assign(tally, zero())
    },
    /** Counts what is asked by this client from now on. */
    meter: (client: DynamoDBClient): void => {
      client.middlewareStack.add(
        (next, context) => async args => {
          const tally = current.getStore() ?? unnamed
          tally.requests++
          const input = { ...(args.input as object), ReturnConsumedCapacity: 'TOTAL' }
          const reply = await next({ ...args, input: input as never })
          const { ConsumedCapacity } = reply.output as { ConsumedCapacity?: Capacity | Capacity[] }
          const isRead = reading.test(context.commandName ?? '')
          for (const one of [ConsumedCapacity ?? []].flat()) {
            const all = one.CapacityUnits ?? 0
            tally.readUnits += one.ReadCapacityUnits ?? (isRead ? all : 0)
            tally.writeUnits += one.WriteCapacityUnits ?? (isRead ? 0 : all)
          }
          return reply
        },
        { step: 'initialize' },
      )
    },
  }
}

export type Tallies = ReturnType<typeof openTallies>
