import { ok } from '../../shared/kernel/result.ts'
import { weekOf } from '../../shared/work/rules.ts'
import { forEachConcurrent } from '../platform/concurrent.ts'
import { update } from '../platform/operation.ts'
import { lastTicks } from './last-ticks.ts'
import { workPatterns } from './patterns.ts'
import type { WorkPlatform, WorkRequest } from './relations.ts'

/** The earlier of two instants. */
const earlier = (a: string, b: string): string => [a, b].sort()[0] ?? b

/**
 * Records ticks: a fact each, which a later one of the same piece replaces. One that comes late, from a device without a
 * network, does not undo what was done since elsewhere; a device whose clock is ahead is held to the server's time.
 */
export const tick =
  ({ table }: WorkPlatform) =>
  async ({ body, caller, now, related: { tickable } }: WorkRequest<'tick'>) => {
    const latest = now.toISOString()
    const ticks = new Map(lastTicks(body.ticks).map(one => [one.piece, one]))
    await forEachConcurrent(tickable, async ({ id: piece, day }) => {
      const one = ticks.get(piece)
      if (!one) return
      const at = earlier(one.at, latest)
      const set = { person: caller.person, done: one.done, at, week: weekOf(day) }
      await table.applyIf(
        update(
          'tick',
          workPatterns.tick,
          { piece, person: caller.person },
          { set },
          { any: [{ lacks: ['at'] }, { notAbove: { at } }] },
        ),
      )
    })
    return ok({ ticked: tickable.map(({ id }) => id) })
  }
