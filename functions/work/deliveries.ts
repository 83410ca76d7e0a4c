import { after, day, epochSeconds } from '../../shared/kernel/dates.ts'
import { inlineText } from '../../shared/work/board.ts'
import { stateOf } from '../../shared/work/rules.ts'
import { PieceSummary, type Tick } from '../../shared/work/shapes.ts'
import { attachmentPatterns } from '../documents/attachments.ts'
import { type Change, type Deliveries, deliveries, subscription } from '../platform/delivery.ts'
import { put, remove, update } from '../platform/operation.ts'
import { pick } from '../platform/pick.ts'
import type { Background } from '../platform/platform.ts'
import { writeCurrent } from '../platform/write-current.ts'
import { deliveryAccess } from './access.ts'
import { correctPiece, pieceOfChange } from './attachments.ts'
import { workRenderer } from './board.ts'
import { collectingSubscription } from './hand-ins/collecting.ts'
import { reminderSubscription } from './hand-ins/deliver-reminder.ts'
import { lastTicks } from './last-ticks.ts'
import { minutesWrites } from './minutes.ts'
import { ownRowKey } from './own-row.ts'
import { type PieceItem, type RowItem, type TickItem, workPatterns } from './patterns.ts'
import { audiencesOf } from './reading.ts'

type WorkBackground = Background<typeof deliveryAccess>
type ChangeOf<Name extends 'piece' | 'tick'> = Change<(typeof workPatterns)[Name]>

/** Seconds for which a pupil's own list of a week is kept after it was last touched. */
const ticksLifetime = 60 * day

/** True if a class sees a piece, at `now` or when that was decided, whichever is later. */
const isPublished = (piece: PieceItem, now: Date): boolean => {
  const decided = new Date(piece.decidedAt)
  return stateOf(piece, decided > now ? decided : now) === 'published'
}

/** True of a text that is short enough to stand in a board. */
const isShort = (text: string): boolean => text.length <= inlineText

const rowOf = ({ text, correction, ...piece }: PieceItem): RowItem => ({
  ...pick(PieceSummary, piece),
  version: piece.version,
  ...(piece.attachments && { attachments: piece.attachments }),
  ...(text !== undefined && isShort(text) && { text }),
  ...(correction && { correction: correctionOf(correction) }),
})

const correctionOf = ({ text, ...rest }: NonNullable<PieceItem['correction']>): RowItem['correction'] => ({
  ...rest,
  ...(text !== undefined && (isShort(text) ? { text } : { isLong: true as const })),
})

const keysOf = ({ group, day: of, id: piece }: PieceItem) =>
  audiencesOf(group.id).map(audience => ({ audience, day: of, piece }))

/** The writes that make the rows of a piece those of its present state. */
const rowWrites = (published: PieceItem | undefined, images: readonly (PieceItem | undefined)[]) => {
  const writes = [
    ...images.flatMap(image => (image ? keysOf(image).map(key => remove('left-over', workPatterns.row, key)) : [])),
    ...(published ? keysOf(published).map(key => put('row', workPatterns.row, key, rowOf(published))) : []),
  ]
  // Of each row the last one: a batch takes each key once.
  return [...new Map(writes.map(one => [`${one.key.pk} ${one.key.sk}`, one])).values()]
}

/** Writes the rows of a piece, and its minutes in its school's list, from its current state; the images before and after only tell where rows may be. */
const deliverRows = async (
  { table, now, config }: WorkBackground,
  changes: readonly ChangeOf<'piece'>[],
): Promise<void> => {
  const [first] = changes
  if (!first) return
  const images = changes.flatMap(({ before, after: image }) => [before, image])
  await writeCurrent({
    read: () => table.get(workPatterns.piece, first.args, { consistent: true }),
    write: current => {
      images.push(current)
      const published = current && isPublished(current, now()) ? current : undefined
      return table.writeMany([
        ...rowWrites(published, images),
        ...minutesWrites(published, images, { now: now(), zone: config.timeZone }),
      ])
    },
    isSame: (written, next) => written?.version === next?.version && written?.decidedAt === next?.decidedAt,
  })
}

/** True if a piece is on another day now: its row in the list is another one. */
const isMoved = (before: PieceItem | TickItem | undefined, next: PieceItem | TickItem | undefined): boolean =>
  before !== undefined && next !== undefined && 'day' in before && 'day' in next && before.day !== next.day

/** Counts who ticked a piece, for the list of whoever set it. */
const deliverCounts = async (
  { table }: WorkBackground,
  changes: readonly ChangeOf<'tick' | 'piece'>[],
): Promise<void> => {
  const counting = changes.filter(
    ({ pattern, before, after: next }) => pattern === workPatterns.tick || isMoved(before, next),
  )
  const piece = counting[0]?.args.piece
  if (piece === undefined) return
  const item = await table.get(workPatterns.piece, { piece }, { consistent: true })
  if (!item) return
  const key = ownRowKey(item)
  await writeCurrent({
    read: async () =>
      (await table.all(workPatterns.ticksOf, { piece }, { consistent: true })).filter(({ done }) => done).length,
    // Not met where the piece was moved to another day meanwhile: that change is counted again.
    write: async done => {
      await table.applyIf(update('done', workPatterns.ofAuthorRow, key, { set: { done } }, { present: true }))
    },
    isSame: (written, next) => written === next,
  })
}

/** Times that a pupil's list is written while others change it at the same moment. */
const tries = 8

/** Adds ticks to a pupil's list of a week. Repeating it changes nothing. */
const addTicks = async (
  { table, now }: WorkBackground,
  key: { readonly person: string; readonly week: string },
  added: readonly Tick[],
): Promise<void> => {
  for (let tried = 0; tried < tries; tried++) {
    const item = await table.get(workPatterns.ticks, key, { consistent: true })
    const ticks = lastTicks([...(item?.ticks ?? []), ...added])
    const expiresAt = epochSeconds(after(now(), ticksLifetime))
    const isWritten = await table.applyIf(
      update(
        'ticks',
        workPatterns.ticks,
        key,
        { set: { ticks, version: (item?.version ?? 0) + 1, expiresAt } },
        item
          ? { is: { version: item.version } }
          : { any: [{ lacks: ['version'] }, { notAbove: { expiresAt: epochSeconds(now()) } }] },
      ),
    )
    if (isWritten) return
  }
  throw new Error('the ticks of a pupil were changed by others at each try')
}

const weekOfTick = ({ person, week }: TickItem) => `${person} ${week}`

/** Puts what a pupil ticked into their own list, by week. */
const deliverTicks = async (background: WorkBackground, changes: readonly ChangeOf<'tick'>[]): Promise<void> => {
  const facts = changes.flatMap(({ args: { piece }, after: fact }) => (fact ? [{ piece, ...fact }] : []))
  for (const of of Map.groupBy(facts, weekOfTick).values()) {
    const [{ person, week } = { person: '', week: '' }] = of
    await addTicks(
      background,
      { person, week },
      of.map(({ piece, done, at }) => ({ piece, done, at })),
    )
  }
}

/** What follows from a change of the work. */
const subscriptions = deliveries(
  deliveryAccess,
  subscription({
    name: 'work notebooks',
    of: [workPatterns.piece],
    on: ['INSERT', 'MODIFY', 'REMOVE'],
    deliver: deliverRows,
  }),
  subscription({
    name: 'files of work',
    of: [workPatterns.piece, attachmentPatterns.place],
    on: ['INSERT', 'MODIFY'],
    group: change => pieceOfChange(change) ?? '',
    deliver: async (background: WorkBackground, [first]) => {
      const piece = first && pieceOfChange(first)
      if (piece !== undefined) await correctPiece(background, piece)
    },
  }),
  subscription({
    name: 'work counts',
    of: [workPatterns.tick, workPatterns.piece],
    on: ['INSERT', 'MODIFY', 'REMOVE'],
    deliver: deliverCounts,
  }),
  collectingSubscription,
  reminderSubscription,
  subscription({
    name: 'work ticks',
    of: [workPatterns.tick],
    on: ['INSERT', 'MODIFY'],
    group: ({ args }) => args.person,
    deliver: deliverTicks,
  }),
)

/** What follows from a change of the work, and how a class's board of it is made. */
export const workDeliveries: Deliveries = { ...subscriptions, board: workRenderer }
