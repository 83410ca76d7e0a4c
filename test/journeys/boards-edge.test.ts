import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audienceId } from '../../functions/directory/audiences.ts'
import { BoardIndex, boardPath, EdgeMe, edgeMePath, indexPath } from '../../shared/kernel/board.ts'
import { newsBoard } from '../../shared/news/board.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { eventually, type Visitor, visitor } from '../support/http.ts'
import { type Metered, startMetered } from '../support/metered.ts'
import { populate } from '../support/populate.ts'
import { timeoutMs } from '../support/timeout.ts'
import { classes, college, ecole, idOf } from '../support/valmont.ts'

let territory: Metered
let helene: Visitor
let sophie: Visitor

const families = audienceId('class-guardians', classes.sixA)
const index = indexPath(college.uai, 'guardians')

beforeAll(async () => {
  territory = await startMetered(builtAssembly())
  const valmont = await populate(territory)
  helene = await valmont.as('helene')
  sophie = await valmont.as('sophie')
  await accepted(
    helene.ask(newsContract.routes.publish, {
      body: {
        uai: college.uai,
        title: 'Sortie au musée',
        body: 'Départ à 9 h.',
        audiences: [families],
        pinned: false,
        urgent: false,
        notice: 'none',
      },
    }),
  )
})
afterAll(() => territory?.stop())

/** The file of the families' board that the index names; waits until it names one: copies are some seconds old. */
const fileOf = (reader: Visitor): Promise<string> =>
  eventually(async () => {
    const { status, body } = await reader.get(index)
    if (status !== 200) return undefined
    return BoardIndex.parse(body).audiences.find(({ id }) => id === families)?.boards[0]
  }, timeoutMs(20))

describe('a reader at the edge', () => {
  it('reads index and board without asking the API, in two copies, and browsers keep nothing', async () => {
    const file = await fileOf(sophie)
    const before = territory.invocations('news')
    const reply = await sophie.get(boardPath(families, file), { 'accept-encoding': 'br' })
    expect(newsBoard.schema.parse(reply.body).rows.map(row => row.title)).toEqual(['Sortie au musée'])
    expect(reply.headers.get('cache-control')).toBe('private, no-store')
    // Two copies, however it is asked for.
    const cached: (string | null)[] = []
    for (const encoding of ['gzip, deflate, br, zstd', 'gzip', 'identity', 'br;q=0', 'br'])
      for (const query of ['', '?v=1']) {
        const again = await sophie.get(`${boardPath(families, file)}${query}`, { 'accept-encoding': encoding })
        cached.push(again.headers.get('x-cache'))
      }
    expect(cached.filter(one => one === 'Miss from cloudfront')).toHaveLength(1)
    expect(cached.filter(one => one === 'Hit from cloudfront')).toHaveLength(cached.length - 1)
    expect(territory.invocations('news')).toBe(before)
  })

  it('is told who they are', async () => {
    const { status, body } = await sophie.get(edgeMePath)
    expect(status).toBe(200)
    const me = EdgeMe.parse(body)
    expect(me.person).toBe(idOf('sophie'))
    expect(me.schools.map(school => school.uai).sort()).toEqual([college.uai, ecole.uai])
    expect(me.readableUntil - me.now).toBeGreaterThan(71 * 3600)
  })

  it('gets neither what is another role’s, nor anything without a session', async () => {
    expect((await sophie.get(indexPath(college.uai, 'staff'))).status).toBe(403)
    for (const path of [index, edgeMePath, boardPath(families, await fileOf(sophie))])
      expect((await visitor(territory.url).get(path)).body.type).toBe('/api/problems/signed-out')
  })

  it('finds nothing where the bucket has nothing, and an index that cannot be is none', async () => {
    const gone = boardPath(families, 'news.1.0123456789abc')
    expect((await sophie.get(gone)).status).toBe(404)
    expect((await sophie.get(`/boards/index.1/${college.uai}/everybody`)).status).toBe(404)
  })

  it('is told to wait while the key-value store fails, and reads on afterwards', async () => {
    const file = boardPath(families, await fileOf(sophie))
    territory.keyValues({ readsFail: true })
    try {
      for (const path of [file, index, edgeMePath]) {
        const { status, headers, body } = await sophie.get(path)
        expect([status, body.type, headers.get('retry-after')]).toEqual([503, '/api/problems/unavailable', '2'])
        expect(headers.getSetCookie()).toEqual([])
      }
    } finally {
      territory.keyValues({ readsFail: false })
    }
    expect((await sophie.get(file)).status).toBe(200)
  })
})
