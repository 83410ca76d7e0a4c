import { describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  type BoardFiles,
  boardsClient,
  openBoardFiles,
  type StoredFile,
} from '../../../functions/platform/boards/files.ts'
import { indexRoles } from '../../../shared/kernel/board.ts'
import { accepted } from '../../support/accepted.ts'
import { audience, college, groups } from '../../support/school.ts'
import { draftOf } from '../news/territory.ts'
import { type BoardsTerritory, openBoards } from './fixture.ts'

/** A file that knows its path: indexes of several roles may have one content, and so one ETag. */
type Located = StoredFile & { readonly path: string }
const stateOf = (file: StoredFile): string => `${(file as Located).path} ${file.etag}`

/** How often it was asked when an index may be put again, by its path and the ETag of what is there. */
const asked = new Map<string, number>()
/** Indexes that were replaced before that time had come. */
const early: string[] = []

/** A bucket in which each index that was put may be put again once somebody has waited for that. */
const patient = (files: BoardFiles): BoardFiles => ({
  ...files,
  get: async path => {
    const file = await files.get(path)
    return file && ({ ...file, path } satisfies Located)
  },
  untilPutAgain: file => {
    const before = asked.get(stateOf(file)) ?? 0
    asked.set(stateOf(file), before + 1)
    return before === 0 ? 5 : 0
  },
  put: (path, body, cache, expected) => {
    if (expected && (asked.get(stateOf(expected)) ?? 0) < 2) early.push(path)
    return files.put(path, body, cache, expected)
  },
})

/** Of each index, the seconds of the bucket's clock in which it was put. */
const seconds = new Map<string, string[]>()

const watched = (files: BoardFiles): BoardFiles => ({
  ...files,
  put: async (path, ...more) => {
    const done = await files.put(path, ...more)
    if (!done || !path.includes('/index.')) return done
    const putAt = (await files.get(path))?.putAt?.toISOString() ?? 'unknown'
    seconds.set(path, [...(seconds.get(path) ?? []), putAt])
    return done
  },
})

/** A territory until the test has ended. */
const opened = async (...options: Parameters<typeof openBoards>): Promise<BoardsTerritory> => {
  const territory = await openBoards(...options)
  onTestFinished(territory.close)
  return territory
}

const audiences = [
  audience('school', college),
  audience('guardians', college),
  audience('teachers', college),
  audience('class', groups.sixA.id),
  audience('class', groups.sixB.id),
  audience('class-guardians', groups.sixA.id),
]

describe('indexes under a storm of publications', () => {
  it('are put at most once a second each, by however many environments, and lose none', async () => {
    const territory = await opened(watched, { isPaced: true })
    for (const to of audiences) await accepted(territory.ask('publish', 'marc', { body: draftOf({ audiences: [to] }) }))
    await territory.stream.deliverAll()
    // As if each row were of a shard of its own: each is an invocation, and all run at once.
    const records = await territory.stream.fresh()
    const replies = await Promise.all(records.map(record => territory.stream.deliver([record])))
    expect(replies.flatMap(({ batchItemFailures }) => batchItemFailures)).toEqual([])
    expect(records.length).toBeGreaterThanOrEqual(audiences.length)
    expect(seconds.size).toBe(3)
    for (const of of seconds.values()) expect(of).toEqual([...new Set(of)])
    const indexes = await Promise.all(indexRoles.map(role => territory.indexOf(college, role)))
    const listed = indexes.flatMap(index => index?.audiences.map(({ id }) => id) ?? [])
    expect([...new Set(listed)].sort()).toEqual([...audiences].sort())
  })

  it('are read anew and put once it is time, where one was just put', async () => {
    const territory = await opened(patient)
    for (const to of audiences.slice(0, 3)) {
      await territory.publish('marc', { audiences: [to] })
      await territory.deliverToTheEnd()
    }
    expect([...asked.values()]).toEqual([2, 2])
    expect(early).toEqual([])
  })
})

describe('untilPutAgain()', () => {
  const { untilPutAgain } = openBoardFiles(boardsClient(), 'boards')
  const putAt = new Date('2026-03-16T07:00:00.000Z')

  it.each([
    [0, 1_000],
    [400, 600],
    [1_000, 0],
    [3_600_000, 0],
    // A clock that is behind the bucket's, a little and much.
    [-300, 1_300],
    [-60_000, 0],
  ])('%d ms after a put gives %d', (age, expected) => {
    vi.spyOn(Date, 'now').mockReturnValue(putAt.getTime() + age)
    expect(untilPutAgain({ etag: '"a"', body: '', putAt })).toBe(expected)
    vi.restoreAllMocks()
  })
})
