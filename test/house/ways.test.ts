import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { QueryClient } from '@tanstack/react-query'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { root } from '../../lib/platform/root.ts'
import { newsBoard } from '../../shared/news/board.ts'
import type { Me } from '../../shared/session/contract.ts'
import { type BoardsTerritory, openBoards } from '../functions/boards/fixture.ts'
import { audience, college, groups } from '../support/school.ts'
import { executedDuring } from './executed.ts'

/** The most files of the project that a way passes. */
const most = 30

const architecture = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
const filesIn = (text: string): readonly string[] =>
  [...text.matchAll(/`((?:bin|lib|functions|shared|web)\/[\w./-]+)`/g)].map(([, file = '']) => file)

/** The files of the first table below a heading: from a click to the screen. */
const way = (heading: string): readonly string[] => {
  const [, section = ''] = architecture.split(`\n## ${heading}`)
  const [table = ''] = /(?:^\|.*\n)+/m.exec(section) ?? []
  return filesIn(table.replace(/^(\|[^|]*\|).*$/gm, '$1'))
}
const ways = { read: way('One read: '), write: way('One write: ') }

/** What runs beside the ways, as the document says: files and folders. */
const [, beside = ''] = /Beside them run only([\s\S]*?)\n\n/.exec(architecture) ?? []
const isBeside = (file: string): boolean =>
  filesIn(beside).some(one => (one.endsWith('/') ? file.startsWith(one) : file === one))

const importsOf = (file: string): readonly string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)'/g)].map(([, path = '']) =>
    join(dirname(file), path),
  )

/** A browser of a guardian whose requests `answer` answers, as far as the app's modules need one without a screen. */
const openPage = async (answer: (address: string, init: RequestInit) => Promise<Response>, me: Me) => {
  const listening = { addEventListener: () => {}, removeEventListener: () => {} }
  vi.stubGlobal('document', { visibilityState: 'visible', ...listening })
  vi.stubGlobal('addEventListener', listening.addEventListener)
  vi.stubGlobal('fetch', answer)
  const { openSession } = await import('../../web/platform/api.ts')
  openSession(me, false)
}

let t: BoardsTerritory
let news: string
const of = audience('class-guardians', groups.sixA.id)

beforeAll(async () => {
  t = await openBoards()
  vi.useFakeTimers({ toFake: ['Date'], now: t.clock.now })
  news = await t.publish('marc', { notice: 'guardian', audiences: [of] })
  await t.deliverToTheEnd()
  const me: Me = {
    person: { id: t.idOf('sophie'), givenName: 'Sophie', familyName: 'Martin', login: 'sophie.martin' },
    roles: [{ uai: college, role: 'guardian' }],
    schools: [{ uai: college, name: 'Collège des Tilleuls' }],
    children: [{ id: t.idOf('lea'), givenName: 'Léa', familyName: 'Martin', uai: college }],
    audiences: [{ id: of, kind: 'class-guardians', uai: college, label: '6e A', children: [t.idOf('lea')] }],
    expiresAt: new Date(t.clock.now.getTime() + 900_000).toISOString(),
  }
  await openPage(async (address, { method, body, headers }) => {
    if (method === 'POST') {
      const { 'idempotency-key': key } = headers as { 'idempotency-key': string }
      const reply = await t.ask('sign', 'sophie', { params: { news }, body: JSON.parse(String(body)), key })
      return Response.json(reply.body, { status: reply.status })
    }
    const file = await t.files.get(address)
    return new Response(file?.body ?? '', { status: file ? 200 : 404, headers: { 'content-type': 'application/json' } })
  }, me)
})
afterAll(async () => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  await t.close()
})

/** What the screen shows of the news, from the boards that the page holds and what it did. */
const shown = async (client: QueryClient) => {
  const { boards, boardReaderOf } = await import('../../web/platform/boards/boards.ts')
  const { currentSession } = await import('../../web/platform/api.ts')
  const { mergeFeeds } = await import('../../web/news/data/feed.ts')
  const { cursorsOf, feedOf } = await import('../../web/news/data/pages.ts')
  const { marksOf } = await import('../../web/news/data/marks.ts')
  const { doneHere } = await import('../../web/news/data/done-here.ts')
  const { readerNews } = await import('../../web/news/data/reading.ts')
  const { filtered, grouped } = await import('../../web/news/list/rows.ts')
  const session = currentSession()
  if (session.state !== 'signed-in') throw new Error('nobody is signed in')
  const { me } = session
  const reader = boardReaderOf(me)
  const [first] = reader.audiences
  if (!first) throw new Error('the reader has no audience')
  const status = boards.status(newsBoard, first, reader)
  if (status.state !== 'shown') throw new Error(`the board is ${status.state}`)
  const { rows } = newsBoard.schema.parse(boards.content(newsBoard, status.path))
  const page = () => ({ items: rows })
  const { items } = mergeFeeds([feedOf(of, cursorsOf(page, () => false).map(page), undefined)], new Date())
  const marks = marksOf({ audiences: [] }, client.getQueryData(doneHere.queryKey))
  return grouped(filtered(readerNews(items, me, marks), {}), at => at.slice(0, 10)).flatMap(group => group.rows)
}

describe.each(Object.entries(ways))('the way of a %s', (_, files) => {
  it('passes at most 30 files, from a click to the screen', () => {
    expect(files.length).toBeGreaterThan(15)
    expect(new Set(files).size).toBe(files.length)
    expect(files.length).toBeLessThanOrEqual(most)
  })

  it('has no gap: each file imports another one of it, or is imported by one', () => {
    const linked = files.flatMap(file => importsOf(file).flatMap(to => (files.includes(to) ? [file, to] : [])))
    // Reached by HTTP from what comes before it, it imports nothing of ours.
    expect(files.filter(file => !linked.includes(file))).toEqual(['functions/edge/viewer.js'])
  })
})

describe('docs/architecture.md', () => {
  it('lists every file that does something while somebody opens the news', async () => {
    const { boards, boardReaderOf } = await import('../../web/platform/boards/boards.ts')
    const { currentSession } = await import('../../web/platform/api.ts')
    const { queryClient } = await import('../../web/platform/content.ts')
    const session = currentSession()
    if (session.state !== 'signed-in') throw new Error('nobody is signed in')
    let rows: readonly { readonly news: { readonly id: string } }[] = []
    await shown(queryClient).catch(() => undefined)
    const executed = await executedDuring(async () => {
      boards.want(newsBoard)
      boards.open(boardReaderOf(session.me))
      await boards.refresh()
      rows = await shown(queryClient)
    })
    expect(rows.map(row => row.news.id)).toEqual([news])
    expect(executed).toContain('web/platform/boards/board-store.ts')
    // The bucket's answers come from the embedded one here, read as a function would.
    const bucket = ['functions/platform/boards/files.ts']
    const own = executed.filter(file => !file.startsWith('lib/local/') && !bucket.includes(file))
    expect(own.filter(file => !ways.read.includes(file) && !isBeside(file))).toEqual([])
  })

  it('lists every file that does something while somebody signs', async () => {
    const { queryClient } = await import('../../web/platform/content.ts')
    const { registerWrites } = await import('../../web/platform/write.ts')
    const { writes } = await import('../../web/news/writes.ts')
    registerWrites(queryClient, writes)
    const options = queryClient.defaultMutationOptions({ mutationKey: [writes.sign.name] })
    let signing: unknown
    const executed = await executedDuring(async () => {
      await queryClient.getMutationCache().build(queryClient, options).execute({ params: { news }, body: {} })
      const { doneHere } = await import('../../web/news/data/done-here.ts')
      const { marksOf } = await import('../../web/news/data/marks.ts')
      const { signingOf } = await import('../../web/news/data/reading.ts')
      const marks = marksOf({ audiences: [] }, queryClient.getQueryData(doneHere.queryKey))
      signing = signingOf('guardian', [t.idOf('lea')], marks?.acts.get(news))
    })
    expect(signing).toEqual({ by: 'guardian', signedAt: t.clock.now.toISOString() })
    expect(executed).toContain('functions/news/signing.ts')
    expect(executed.filter(file => !ways.write.includes(file) && !isBeside(file))).toEqual([])
  })
})
