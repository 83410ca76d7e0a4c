import * as z from 'zod/mini'
import { after } from '../../../shared/kernel/dates.ts'
import { type Access, sweepAccess } from '../access.ts'
import { type Clock, clock } from '../clock.ts'
import { forEachConcurrent } from '../concurrent.ts'
import type { LogMessage } from '../log.ts'
import { put } from '../operation.ts'
import { argsOf } from '../pattern.ts'
import type { Background } from '../platform.ts'
import type { Scan } from '../scan.ts'
import type { Table } from '../table.ts'
import { dueAt, firstSweep, kinds, sweepSoon } from './begin.ts'
import type { Erasure } from './eraser.ts'
import { erasingPatterns, type Lane } from './patterns.ts'
import { endSweep, ordersBefore } from './run.ts'
import { openSweep, type Swept } from './sweep.ts'
import { leftUntil } from './weeks.ts'

/** The log messages of erasing people. */
export const erasingLogMessages = {
  erased: { code: 'ERASE-1', text: 'people erased' },
  strays: { code: 'ERASE-2', text: 'items name people who are to be erased, and nothing erases them' },
} as const satisfies Record<string, LogMessage>

/** Months within which people who left are erased, where the territory does not say otherwise: see decision 51. */
const usualMonths = 3

/** Lanes of a sweep: segments of the table, each read in steps one after the other. */
const lanes = Array.from({ length: 16 }, (_, lane) => String(lane))
/** Pages that a lane reads in a minute; fewer where much is written, so that a step takes seconds. */
const pagesPerStep = 10
const writtenPerStep = 300
/** People of a lane, and of a page of it, whose erasure a sweep orders; the others are the next one's. */
const mostOrdered = { ofLane: 200, ofPage: 50 } as const
/** Erasures that are ordered at a time. */
const ordersAtOnce = 8

const Cursor = z.object({ pk: z.string(), sk: z.string() })

type SweepBackground = Background<typeof sweepAccess>

/**
 * What the clock does to erase people: once a week, and where an erasure was ordered, it goes through the whole table in
 * lanes, some pages a minute each. A sweep erases those who were ordered before it began, and orders that people are
 * erased who left long ago: if it found any, another one follows. What is interrupted goes on from its last step.
 * @param months within which people who left are erased
 */
export const erasingClock = (scan: Scan, erasures: readonly Erasure[], months = usualMonths): Clock => {
  const expiring = erasures.flatMap(one => one.expiring ?? [])

  /** Orders erasures of people of a page who left long ago. @returns how many. */
  const expire = async ({ table, now }: SweepBackground, { items }: Pick<Swept, 'items'>, most: number) => {
    const at = { now: now(), leftUntil: leftUntil(now(), months) }
    const given = table as unknown as Table<Access>
    let ordered = 0
    for (const { of, expire: order } of expiring)
      await forEachConcurrent(
        items.filter(({ key }) => argsOf(of, key) !== undefined),
        async ({ fields }) => {
          const read = ordered < most ? z.safeParse(of.item, fields) : undefined
          if (read?.success && (await order(given, read.data as never, at))) ordered++
        },
        ordersAtOnce,
      )
    return ordered
  }

  /** @returns the lane after some more pages */
  const step = async (background: SweepBackground, segment: number, lane: Lane): Promise<Lane> => {
    const { table } = background
    const sweep = openSweep(scan, table as unknown as Table<Access>, erasures)
    const orders = await ordersBefore(table, lane.sweep)
    let { cursor, ordered, strays } = lane
    for (let pages = 0, written = 0; pages < pagesPerStep && written < writtenPerStep; pages++) {
      const after = cursor === undefined ? undefined : Cursor.parse(JSON.parse(cursor))
      const page = await sweep.page({ segment, segments: lanes.length, after }, orders)
      const expired = await expire(background, page, Math.min(mostOrdered.ofPage, mostOrdered.ofLane - ordered))
      written += page.written + 20 * expired
      ordered += expired
      strays += page.strays.length
      if (page.strays.length > 0)
        background.log.error(erasingLogMessages.strays, { left: page.strays.length, kind: page.strays[0] ?? '' })
      if (!page.next) return { sweep: lane.sweep, ordered, strays, doneAt: background.now().toISOString() }
      cursor = JSON.stringify({ pk: page.next.pk, sk: page.next.sk })
    }
    return { sweep: lane.sweep, ordered, strays, ...(cursor !== undefined && { cursor }) }
  }

  return clock(
    sweepAccess,
    {
      kind: kinds.begin,
      act: async ({ table, now }, { subject }) => {
        const at = now()
        const weekly = subject === 'weekly' ? [firstSweep(at)] : []
        // What several orders asked for, one sweep has done.
        if (weekly.length === 0 && (await ordersBefore(table, at.toISOString())).length === 0) return []
        const states = await table.getMany(
          erasingPatterns.lane,
          lanes.map(lane => ({ lane })),
          { consistent: true },
        )
        // One that goes on is not begun again: what was ordered since is the next one's.
        if (states.some(state => state && state.doneAt === undefined))
          return [...weekly, dueAt(kinds.begin, 'at once', after(at, 600))]
        const fresh = { sweep: at.toISOString(), ordered: 0, strays: 0 }
        return [
          ...weekly,
          ...lanes.map(lane => put('lane', erasingPatterns.lane, { lane }, fresh)),
          ...lanes.map(lane => dueAt(kinds.lane, lane, after(at, 1))),
        ]
      },
    },
    {
      kind: kinds.lane,
      act: async (background, { subject: lane }) => {
        const { table, now } = background
        const state = await table.get(erasingPatterns.lane, { lane }, { consistent: true })
        if (!state || state.doneAt !== undefined) return []
        const next = await step(background, Number(lane), state)
        const follows = next.doneAt === undefined ? kinds.lane : kinds.end
        return [
          put('lane', erasingPatterns.lane, { lane }, next, { is: { sweep: state.sweep } }),
          dueAt(follows, lane, after(now(), 1)),
        ]
      },
    },
    {
      kind: kinds.end,
      act: async ({ table, now, log }) => {
        const keys = lanes.map(lane => ({ lane }))
        const states = await table.getMany(erasingPatterns.lane, keys, { consistent: true })
        if (states.some(state => state?.doneAt === undefined)) return []
        const [first] = states
        const orders = await ordersBefore(table, first?.sweep ?? '')
        const sum = (of: 'ordered' | 'strays') => states.reduce((total, state) => total + (state?.[of] ?? 0), 0)
        // Those of whom something is left stay ordered: whoever is told of it by the log adds what erases it.
        if (sum('strays') === 0) {
          await endSweep(table, orders, first?.sweep ?? '')
          if (orders.length > 0) log.info(erasingLogMessages.erased, { done: orders.length })
        }
        return sum('ordered') > 0 ? [sweepSoon(now())] : []
      },
    },
  )
}
