import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ListObjectsV2Command } from '@aws-sdk/client-s3'
import type * as z from 'zod/mini'
import { boardDeliveries, renderingInto } from '../../../functions/delivery/boards.ts'
import { rolesInStored } from '../../../functions/directory/audiences.ts'
import { clocks } from '../../../functions/features.ts'
import { type BoardFiles, openBoardFiles } from '../../../functions/platform/boards/files.ts'
import { supersededClock } from '../../../functions/platform/boards/superseded.ts'
import { dueShards, minuteOf } from '../../../functions/platform/due.ts'
import { platformPatterns } from '../../../functions/platform/patterns.ts'
import { openStorage } from '../../../lib/local/storage.ts'
import {
  type Board,
  BoardIndex,
  boardPath,
  type IndexRole,
  type IndexShapes,
  indexPath,
} from '../../../shared/kernel/board.ts'
import { type NewsBoard, newsBoard } from '../../../shared/news/board.ts'
import { workBoard } from '../../../shared/work/board.ts'
import { workContract } from '../../../shared/work/contract.ts'
import { type CallOptions, call } from '../../support/call.ts'
import { openWork } from '../../support/work.ts'
import { openClock } from '../clock/clock.ts'
import { openTerritory } from '../news/territory.ts'

const bucket = 'boards'

type WorkRoutes = typeof workContract.routes
type WorkBoard = z.infer<typeof workBoard.schema>

/**
 * A territory whose boards are rendered into an embedded S3.
 * @param around wraps the bucket's files, to cause faults.
 * @param options.shapes of indexes; undefined: those of this release.
 * @param options.isPaced an index is put at most once a second, as it is where it is deployed; otherwise at once.
 */
export const openBoards = async (
  around: (files: BoardFiles) => BoardFiles = files => files,
  { shapes, isPaced = false }: { readonly shapes?: IndexShapes; readonly isPaced?: boolean } = {},
) => {
  const folder = mkdtempSync(join(tmpdir(), 'preau-boards-'))
  const storage = await openStorage({ folder, region: 'eu-west-3' })
  storage.bucket(bucket)
  const stored = openBoardFiles(storage.client, bucket)
  const puts: string[] = []
  const files: BoardFiles = {
    ...stored,
    ...(!isPaced && { untilPutAgain: () => 0 }),
    put: (path, ...more) => {
      puts.push(path)
      return stored.put(path, ...more)
    },
  }
  const used = around(files)
  const territory = await openTerritory(undefined, (platform, listed) => {
    const { boards, ...rendering } = renderingInto(used, platform.table, platform.now)
    return boardDeliveries({ ...rendering, boards: { ...boards, shapes } }, listed, () => platform)
  })
  const { stream, platform, clock } = territory
  const runClock = openClock(platform, [
    ...Object.values(clocks).flatMap(one => one ?? []),
    supersededClock(used, rolesInStored),
  ])
  /** The last minute that was looked at, and earlier ones in which something was left. */
  let looked = clock.now
  const open = new Set<string>()
  const isSomethingDue = async (): Promise<boolean> => {
    for (let at = looked.getTime() + 60_000; at < clock.now.getTime(); at += 60_000)
      open.add(minuteOf(new Date(at).toISOString()))
    open.add(minuteOf(clock.now.toISOString()))
    looked = clock.now
    const partitions = [...open].flatMap(minute => dueShards.map(shard => ({ minute, shard })))
    const found = await Promise.all(
      partitions.map(one => platform.table.all(platformPatterns.dueIn, one, { consistent: true })),
    )
    open.clear()
    for (const { at } of found.flat()) open.add(minuteOf(at))
    return open.size > 0
  }
  /**
   * Minutes pass one after the other, the clock running in each in which something is due. In the others it would read
   * five minutes of the table to do nothing.
   */
  const pass = async (minutes: number): Promise<void> => {
    for (let count = 0; count < minutes; count++) {
      clock.now = new Date(clock.now.getTime() + 60_000)
      if (await isSomethingDue()) await runClock()
    }
  }

  const json = async (path: string): Promise<unknown> => {
    const file = await files.get(path)
    return file && JSON.parse(file.body)
  }
  /** The index of a school and role; undefined if there is none. */
  const indexOf = async (uai: string, role: IndexRole): Promise<BoardIndex | undefined> => {
    const found = await json(indexPath(uai, role))
    return found === undefined ? undefined : BoardIndex.parse(found)
  }
  /** The board of a service and audience that an index names; undefined if it names none. Throws if it is not there. */
  const serviceBoardOf = async (
    { service }: Board,
    uai: string,
    role: IndexRole,
    audience: string,
  ): Promise<unknown> => {
    const { boards = [] } = (await indexOf(uai, role))?.audiences.find(({ id }) => id === audience) ?? {}
    const file = boards.find(one => one.startsWith(`${service}.`))
    if (file === undefined) return undefined
    const found = await json(boardPath(audience, file))
    if (found === undefined) throw new Error(`the index names ${file}, which is not there`)
    return found
  }
  const boardOf = async (uai: string, role: IndexRole, audience: string): Promise<NewsBoard | undefined> => {
    const found = await serviceBoardOf(newsBoard, uai, role, audience)
    return found === undefined ? undefined : newsBoard.schema.parse(found)
  }
  const workBoardOf = async (uai: string, role: IndexRole, audience: string): Promise<WorkBoard | undefined> => {
    const found = await serviceBoardOf(workBoard, uai, role, audience)
    return found === undefined ? undefined : workBoard.schema.parse(found)
  }
  const work = openWork(platform)
  /** A request to the function of the work, as somebody of test/support/school.ts. */
  const askWork = (name: keyof WorkRoutes, who: string | undefined, options: Omit<CallOptions, 'as'> = {}) =>
    call(work, platform, workContract.routes[name], {
      ...options,
      as: who === undefined ? undefined : territory.callers[who],
    })
  /** All paths of the bucket, and their contents. */
  const allFiles = async (): Promise<Map<string, string>> => {
    const listed = await storage.client.send(new ListObjectsV2Command({ Bucket: bucket }))
    const paths = (listed.Contents ?? []).map(({ Key }) => `/${Key}`).sort()
    return new Map(await Promise.all(paths.map(async path => [path, (await files.get(path))?.body ?? ''] as const)))
  }
  return {
    ...territory,
    runClock,
    pass,
    files,
    /** The paths that were put, in their order. */
    puts,
    indexOf,
    boardOf,
    workBoardOf,
    askWork,
    allFiles,
    json,
    deliverToTheEnd: stream.deliverToTheEnd,
    close: async () => {
      await territory.close()
      await storage.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type BoardsTerritory = Awaited<ReturnType<typeof openBoards>>
