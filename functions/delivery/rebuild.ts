import { createHash } from 'node:crypto'
import type { AudienceKind } from '../../shared/kernel/audience.ts'
import { after, day, epochSeconds } from '../../shared/kernel/dates.ts'
import { audienceId, directoryPatterns } from '../directory/audiences.ts'
import { type Rendering, renderBoards, renderingMetric } from '../platform/boards/deliver.ts'
import { droppedIndexes, renderIndexes } from '../platform/boards/index-file.ts'
import type { BoardRenderer } from '../platform/boards/renderer.ts'
import type { Subscription } from '../platform/delivery.ts'
import { job } from '../platform/job.ts'
import { put } from '../platform/operation.ts'
import { cursorOf } from '../platform/pattern.ts'
import { platformPatterns } from '../platform/patterns.ts'
import type { Background } from '../platform/platform.ts'
import type { Table } from '../platform/table.ts'
import type { rebuildAccess, rebuildOrderAccess } from './access.ts'

/** A feature's renderer, and what it reads with. */
export type Opened = { readonly renderer: BoardRenderer; readonly background: Background }

type RebuildTable = Table<typeof rebuildAccess>

/**
 * Lanes in which boards are rendered anew: each does one step at a time, so that publications that come meanwhile wait for
 * some steps at most. 4,000 schools of 60 boards are about 750 steps a lane.
 */
export const rebuildLanes = 16
/** Boards rendered in one step: some seconds of work. */
const boardsPerStep = 25
/** Schools read at once while the next one of a lane is looked for. */
const schoolsPerPage = 64
/** Seconds for which a finished order is kept, for whoever looks how far it came. */
const orderLifetime = 30 * day

const schoolKinds = ['school', 'pupils', 'guardians', 'teachers', 'adults'] as const satisfies AudienceKind[]
const groupKinds = ['class', 'class-guardians'] as const satisfies AudienceKind[]

const laneOf = (uai: string): string => String((createHash('sha256').update(uai).digest()[0] ?? 0) % rebuildLanes)

/** Orders that all boards of the territory be rendered anew. The table's stream carries it out. */
export const orderRebuild = (table: Table<typeof rebuildOrderAccess>, now: Date): Promise<void> =>
  table.writeMany(
    Array.from({ length: rebuildLanes }, (_, lane) =>
      put(
        'order',
        platformPatterns.boardsRebuild,
        { lane: String(lane), at: now.toISOString() },
        { expiresAt: epochSeconds(after(now, orderLifetime)) },
      ),
    ),
  )

/** The first school of a lane after `uai`; undefined if there is none. */
const schoolAfter = async (table: RebuildTable, lane: string, uai: string): Promise<string | undefined> => {
  let cursor = cursorOf(`SCHOOL#${uai}`)
  for (;;) {
    const page = await table.list(directoryPatterns.territorySchools, {}, { limit: schoolsPerPage, cursor })
    if (!page.ok) throw new Error('the list of schools was refused')
    const found = page.value.items.find(school => laneOf(school.uai) === lane)
    if (found) return found.uai
    if (page.value.next === undefined) return undefined
    cursor = page.value.next
  }
}

/** All audiences of a school, in a fixed order. */
const audiencesOf = async (table: RebuildTable, uai: string): Promise<string[]> => {
  const groups = await table.all(directoryPatterns.schoolGroups, { uai }, { consistent: true })
  return [
    ...schoolKinds.map(kind => audienceId(kind, uai)),
    ...groups.flatMap(({ group }) => groupKinds.map(kind => audienceId(kind, group))),
  ].sort()
}

/**
 * Renders all boards anew and puts every file: after a deploy that changed a shape, or where the bucket was lost. A step is
 * some boards of one school; a school's index is put once its boards are all there. The cursor is the school and the last
 * audience done of it, the school alone once it is finished.
 */
export const rebuildJob = (rendering: Rendering, opened: readonly Opened[]): Subscription<typeof rebuildAccess> =>
  job({
    name: 'boards anew',
    metric: renderingMetric,
    of: platformPatterns.boardsRebuild,
    step: async ({ table }: Background<typeof rebuildAccess>, { lane }, { cursor = '' }) => {
      const [school = '', done] = cursor.split(' ')
      const uai = done === undefined ? await schoolAfter(table, lane, school) : school
      if (uai === undefined) return undefined
      const left = (await audiencesOf(table, uai)).filter(audience => done === undefined || audience > done)
      const audiences = left.slice(0, boardsPerStep)
      const options = { purge: false, anew: true }
      for (const { renderer, background } of opened)
        await renderBoards(rendering, renderer, background, new Map(audiences.map(audience => [audience, options])))
      if (left.length > boardsPerStep) return `${uai} ${audiences.at(-1)}`
      await renderIndexes(rendering.boards, uai, rendering.rolesIn)
      await rendering.boards.files.remove(droppedIndexes(uai, rendering.boards.shapes))
      return uai
    },
  })
