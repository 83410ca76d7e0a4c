import middy, { type MiddyfiedHandler } from '@middy/core'
import type { Context } from 'aws-lambda'
import { type Access, clockAccess } from './access.ts'
import { forEachConcurrent } from './concurrent.ts'
import { type Due, dueKey, dueShards } from './due.ts'
import { clockAfter, type DueMinutes, minutesToRead, newClock, oldestOpen } from './due-minutes.ts'
import { duesOfMessages } from './due-queue.ts'
import { type LogMessage, traceOf } from './log.ts'
import { put, remove, update } from './operation.ts'
import type { ItemOf } from './pattern.ts'
import { platformPatterns } from './patterns.ts'
import type { Background } from './platform.ts'
import type { OperationOf } from './table.ts'

/** The log messages of the clock. */
export const clockLogMessages = {
  ran: { code: 'CLOCK-1', text: 'due items processed' },
  failed: { code: 'CLOCK-2', text: 'due items not processed' },
  unknown: { code: 'CLOCK-3', text: 'due items of an unknown kind' },
} as const satisfies Record<string, LogMessage>

/**
 * What is done with due items of a kind. `act` looks whether there is still something to do, and returns the operations
 * that do it. They are written in one transaction with the removal of the due item: both happen, once, or neither. If a
 * condition of theirs is not met, `act` is asked again. What is not a write to the table `act` does itself, so that
 * doing it twice is harmless, and returns no operation.
 */
export type DueKind<Uses extends Access = Access> = {
  readonly kind: string
  readonly act: (background: Background<Uses>, due: Due) => Promise<readonly OperationOf<Uses>[]>
}

/** What a feature does when something is due, and what that does with the table. */
export type Clock = { readonly access: Access; readonly kinds: readonly DueKind[] }

/** Declares what a feature does with due items of its kinds; each accepts what `access` declares. */
export const clock = <Uses extends Access>(access: Uses, ...kinds: readonly DueKind<Uses>[]): Clock => ({
  access,
  kinds: kinds as unknown as readonly DueKind[],
})

/** Due items of one kind that a run does; what is left is done a minute later. */
export const mostOfKind = 1_000
/**
 * Due items of one kind done at a time. At 10 to 20 ms each, these are 200 to 400 transactions a second of about 6 write
 * units: half of the 4,000 units a second that a new table takes.
 */
export const kindConcurrency = 4
/** Partitions read at a time. */
const readConcurrency = 8
/** Times that `act` is asked in one run, if conditions of its operations are not met. */
const attempts = 3
/** Milliseconds before its time limit at which a run begins nothing more: as long as one request may hang. */
const reserve = 20_000

type DueItem = ItemOf<typeof platformPatterns.due>
type Kind = { readonly act: DueKind['act']; readonly background: Background }
type Failure = { readonly item: DueItem; readonly error: unknown }

/** Milliseconds by which the clocks of two functions may differ, so that a message comes before its item is due. */
const skew = 2_000

/** A condition of an operation was not met, again and again: `act` and what it wrote do not agree. */
class RefusedError extends Error {
  override readonly name = 'RefusedError'
}

/** Does one due item. It is done as well if it is not there any more: another run was first, or the decision changed. */
const carryOut = async ({ act, background }: Kind, item: Due): Promise<void> => {
  for (let attempt = 1; ; attempt++) {
    const operations = await act(background, item)
    const removal = remove('removal', platformPatterns.due, dueKey(item), { present: true })
    const done = await background.table.transact([removal, ...operations])
    if (done.ok || done.problem.refused.includes('removal')) return
    if (attempt === attempts) throw new RefusedError('the operations of a due item were refused')
  }
}

/** Those of a kind that a run does: what failed before comes last, so that it does not hold back the others. */
const chosen = (items: readonly DueItem[]): readonly DueItem[] =>
  items
    .toSorted((a, b) => (a.tries ?? 0) - (b.tries ?? 0) || (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .slice(0, mostOfKind)

/** What is due at `now` in the minutes to read. */
const readDue = async (
  { table }: Background<typeof clockAccess>,
  { fresh, earlier }: DueMinutes,
  now: Date,
): Promise<DueItem[]> => {
  const items: DueItem[] = []
  const partitions = [...earlier, ...fresh].flatMap(minute => dueShards.map(shard => ({ minute, shard })))
  await forEachConcurrent(
    partitions,
    async partition => items.push(...(await table.all(platformPatterns.dueIn, partition, { consistent: true }))),
    readConcurrency,
  )
  return items.filter(item => item.at <= now.toISOString())
}

/**
 * The handler of the clock: does what is due, each item once, later rather than never, at most {@link mostOfKind} of a
 * kind a run. What fails is tried again by each run, and holds back neither other items nor other kinds. Woken by messages of
 * the due queue, it does what these name.
 * Decision: docs/decisions/0023-the-clock.md
 * @param open opens the clients of a feature's part, for the access it declares.
 */
export const clockHandler = (
  features: readonly Clock[],
  open: (access: Access) => Background,
): MiddyfiedHandler<unknown, void, Error, Context> => {
  const kinds = new Map<string, Kind>()
  for (const { access, kinds: declared } of features) {
    const background = open(access)
    for (const { kind, act } of declared) {
      if (kinds.has(kind)) throw new Error(`due items of the kind ${kind} are declared twice`)
      kinds.set(kind, { act, background })
    }
  }
  const background = open(clockAccess) as Background<typeof clockAccess>
  const { table, now, log } = background

  /** Does those of one kind. @returns those that are left. */
  const doKind = async (name: string, items: readonly DueItem[], hasTime: () => boolean): Promise<DueItem[]> => {
    const kind = kinds.get(name)
    if (!kind) {
      log.error(clockLogMessages.unknown, { kind: name, left: items.length })
      return [...items]
    }
    const left = new Set(items)
    const failures: Failure[] = []
    await forEachConcurrent(
      chosen(items),
      async item => {
        if (!hasTime()) return
        try {
          await carryOut(kind, item)
          left.delete(item)
        } catch (error) {
          failures.push({ item, error })
          // Not more than an order among those that fail: where the table is away, this fails as well.
          await table
            .apply(update('tries', platformPatterns.due, dueKey(item), { add: { tries: 1 } }, { present: true }))
            .catch(() => {})
        }
      },
      kindConcurrency,
    )
    const [first] = failures
    if (first) {
      const tries = Math.max(...failures.map(({ item }) => (item.tries ?? 0) + 1))
      log.error(clockLogMessages.failed, { kind: name, failed: failures.length, tries, ...traceOf(first.error) })
      log.count('DueFailures', failures.length)
    }
    return [...left]
  }

  const run = async (hasTime: () => boolean): Promise<void> => {
    const began = performance.now()
    const at = now()
    const stored = await table.get(platformPatterns.clock, {}, { consistent: true })
    const before = stored ?? newClock(at)
    const minutes = minutesToRead(before, at)
    const items = await readDue(background, minutes, at)
    const byKind = [...Map.groupBy(items, ({ kind }) => kind)]
    const left = (await Promise.all(byKind.map(([kind, of]) => doKind(kind, of, hasTime)))).flat()
    const after = clockAfter(before, minutes, new Set(left.map(item => dueKey(item).minute)), at)
    // If another run was faster, its own reading of these minutes counts.
    await table.transact([
      put('clock', platformPatterns.clock, {}, after, stored ? { is: { version: stored.version } } : { absent: true }),
    ])
    const late = Math.round((at.getTime() - oldestOpen(after, minutes, left, at)) / 1000)
    log.count('DueLate', late)
    const ms = Math.round(performance.now() - began)
    log.info(clockLogMessages.ran, { done: items.length - left.length, left: left.length, late, ms })
  }

  /** Does what messages of the due queue name, if it is still due. What fails, or is not due yet, is left to the next run. */
  const doNamed = (dues: readonly Due[]): Promise<void> =>
    forEachConcurrent(
      dues,
      async due => {
        const kind = kinds.get(due.kind)
        const early = Date.parse(due.at) - now().getTime()
        if (!kind || early > skew) return
        if (early > 0) await new Promise(resolve => setTimeout(resolve, early))
        try {
          await carryOut(kind, due)
        } catch (error) {
          log.error(clockLogMessages.failed, { kind: due.kind, failed: 1, tries: 1, ...traceOf(error) })
        }
      },
      kindConcurrency,
    )

  return middy<unknown, void>()
    .use({ after: () => log.flush(), onError: () => log.flush() })
    .handler(async (event, context) => {
      const named = duesOfMessages(event)
      await (named ? doNamed(named) : run(() => context.getRemainingTimeInMillis() > reserve))
    })
}
