import { onTestFinished } from 'vitest'
import * as z from 'zod/mini'
import {
  type Board,
  type BoardIndex,
  board,
  boardPath,
  type FormerIndex,
  indexPath,
  indexShapes,
} from '../../../../shared/kernel/board.ts'
import { ok } from '../../../../shared/kernel/result.ts'
import { boardAsker } from '../../../../web/platform/boards/board-reply.ts'
import type { BoardReader } from '../../../../web/platform/boards/board-status.ts'
import { boardStore } from '../../../../web/platform/boards/board-store.ts'
import { type BoardDatabase, cachedBoards } from '../../../../web/platform/boards/cached-boards.ts'
import type { Network, Sessions } from '../../../../web/platform/client.ts'
import { type Answer, type Asked, loopback } from '../loopback.ts'

/** A board of a feature that does not exist: notes, with long texts in files of their own. */
export const notes = board({
  kind: 'board',
  service: 'notes',
  summary: '',
  shape: 2,
  audiences: ['class'],
  holds: { notes: 20 },
  schema: z.object({ notes: z.array(z.object({ title: z.string(), text: z.optional(z.string()) })) }),
  parts: { text: z.object({ body: z.string() }) },
  former: [
    {
      shape: 1,
      upgrade: (part, content) =>
        part === 'board' ? { notes: (content as { titles: string[] }).titles.map(title => ({ title })) } : content,
    },
  ],
})

export const uai = '0750001A'
export const [classA, classB] = ['aaaaaaaaaaaa', 'bbbbbbbbbbbb'] as const
export const reader: BoardReader = {
  indexes: [{ uai, role: 'guardians' }],
  audiences: [
    { id: classA, uai },
    { id: classB, uai },
  ],
}
export const [inA, inB] = reader.audiences as [BoardReader['audiences'][number], BoardReader['audiences'][number]]

/** The name of a file: `notes.2.0000000000001`. */
export const fileName = (count: number, head = 'notes', shape = 2) =>
  `${head}.${shape}.${String(count).padStart(13, '0')}`

/** An answer instead of a file; undefined: none. */
type Instead = Answer | 'broken' | undefined

/** Files at the edge by their paths, which tests change, and how the edge is just now. */
export const openEdge = async () => {
  const files = new Map<string, unknown>()
  const state = {
    /** Answers instead of the files. */
    instead: undefined as ((asked: Asked) => Instead | Promise<Instead>) | undefined,
    /** Seconds since the bucket confirmed what it answers. */
    age: 0,
  }
  const { url, asked, close } = await loopback(async request => {
    const other = await state.instead?.(request)
    if (other !== undefined) return other
    const found = files.get(request.path)
    if (found === undefined) return { status: 403, headers: { 'content-type': 'application/xml' }, body: '<Error/>' }
    return { status: 200, headers: { age: String(state.age) }, body: found }
  })
  onTestFinished(close)
  const index = (boards: Readonly<Record<string, readonly string[]>>, role: 'guardians' | 'staff' = 'guardians') => {
    const content: BoardIndex = {
      school: { uai, name: 'Collège des Tilleuls' },
      poll: 20,
      audiences: Object.entries(boards).map(([id, names]) => ({
        id,
        kind: 'class',
        label: '6e A',
        boards: [...names],
      })),
    }
    files.set(indexPath(uai, role), content)
  }
  return {
    files,
    state,
    /** Publishes the index of a role. */
    index,
    put: (audience: string, name: string, content: unknown) => files.set(boardPath(audience, name), content),
    remove: (audience: string, name: string) => files.delete(boardPath(audience, name)),
    /** The paths asked for since this was called last. */
    since: () => asked.splice(0).map(({ path }) => path),
    network: {
      fetch: (address, init) => fetch(url + address, init),
      wait: async () => undefined,
      random: () => 0,
      now: Date.now,
    } satisfies Network,
  }
}

/** An IndexedDB that outlives pages. */
export const memoryDatabase = () => {
  const held = new Map<string, unknown>()
  const database: BoardDatabase = {
    entries: async () => [...structuredClone(held)],
    change: async (put, drop) => {
      for (const key of drop) held.delete(key)
      for (const [key, content] of put) held.set(key, structuredClone(content))
    },
    clear: async () => held.clear(),
  }
  return { database, held }
}

/** A page with a store of boards. `person`: the device is theirs alone. */
export const openPage = async (
  edge: Awaited<ReturnType<typeof openEdge>>,
  {
    database = memoryDatabase().database,
    person,
    board: wanted = notes as Board,
    who = reader,
    former = [],
  }: {
    readonly database?: BoardDatabase
    readonly person?: string
    readonly board?: Board
    readonly who?: BoardReader
    readonly former?: readonly FormerIndex[]
  } = {},
) => {
  const clock = { now: Date.parse('2026-03-16T08:00:00.000Z') }
  const tooNew: number[] = []
  const renewals = { result: ok(undefined) as Awaited<ReturnType<Sessions['renew']>>, count: 0 }
  const ended: string[] = []
  const cached = cachedBoards(database, { ...indexShapes, former })
  if (person) await cached.restore(person)
  const store = boardStore({
    ask: boardAsker(edge.network, {
      open: () => true,
      stale: () => true,
      renew: async () => {
        renewals.count++
        return renewals.result
      },
      ended: ({ type }) => ended.push(type),
      answered: () => undefined,
    }),
    cached,
    now: () => clock.now,
    onTooNew: () => tooNew.push(clock.now),
    former,
  })
  store.want(wanted)
  store.open(who)
  const titles = (audience = inA) => {
    const status = store.status(wanted, audience)
    if (status.state !== 'shown') return status.state
    return (store.content(wanted, status.path) as { notes: { title: string }[] }).notes.map(({ title }) => title)
  }
  return { store, cached, clock, tooNew, renewals, ended, titles }
}
