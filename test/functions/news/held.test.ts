import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directoryPatterns, type PersonItem } from '../../../functions/directory/audiences.ts'
import { newsHandler } from '../../../functions/news/handler.ts'
import { type Caller, verifyToken } from '../../../functions/platform/token.ts'
import { tokenFor } from '../../../functions/session/grant.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import { accepted } from '../../support/accepted.ts'
import { type CallOptions, call } from '../../support/call.ts'
import { openItems } from '../../support/items.ts'
import { audience, ecole, groups } from '../../support/school.ts'
import { openTerritory, type Territory } from './territory.ts'

let t: Territory
let items: ReturnType<typeof openItems>
/** Sophie as her token says: of her 400 audiences, it has room for some 200, and not for those of her children. */
let sophie: Caller
let person: PersonItem

const families = audience('class-guardians', groups.sixA.id)
const strangers = audience('class-guardians', groups.sixB.id)

beforeAll(async () => {
  t = await openTerritory()
  items = openItems(t.database)
  const found = await items.get(directoryPatterns.person, { person: t.idOf('sophie') })
  if (!found) throw new Error('no Sophie')
  const more = Array.from({ length: 400 - found.audiences.length }, (_, at) => ({
    id: String(at).padStart(12, '0'),
    kind: 'class' as const,
    uai: ecole,
    label: `Groupe ${at}`,
  }))
  person = { ...found, audiences: [...more, ...found.audiences] }
  await items.put(directoryPatterns.person, { person: person.id }, person)
  const session = { session: 'session-of-test', expiresAt: 2_000_000_000 }
  const { token } = tokenFor(person, session, t.platform.secrets, t.clock.now)
  const verified = verifyToken(token, t.platform.secrets, t.clock.now)
  if (verified.state !== 'good') throw new Error(verified.state)
  sophie = verified.caller
})
afterAll(() => t.close())

const ask = (name: keyof (typeof newsContract)['routes'], options: Omit<CallOptions, 'as'>) =>
  call(newsHandler(t.platform), t.platform, newsContract.routes[name], { ...options, as: sophie })
const board = async (of = families) => {
  const { body } = await accepted(ask('heldBoards', { query: { audiences: of } }))
  return body.items[0] as { audience: string; rows: { id: string }[]; notices: { id: string }[]; next?: string }
}

describe('a person of 400 audiences', () => {
  it('has a token without that of her children’s class', () => {
    expect(sophie.audiences.length).toBeGreaterThan(190)
    expect(sophie.audiences).not.toContain(families)
  })

  it('reads its board by the API: newest rows with short texts, open notices besides, and what is older', async () => {
    const notice = await t.publish('anne', { audiences: [families], notice: 'guardian', title: 'À signer' })
    const ids: string[] = []
    for (let minute = 1; minute <= 21; minute++) {
      t.clock.now = new Date(t.clock.now.getTime() + 60_000)
      ids.unshift(await t.publish('anne', { audiences: [families], title: `Numéro ${minute}` }))
    }
    const { audience: of, rows, notices, next } = await board()
    expect([of, rows.map(({ id }) => id), notices.map(({ id }) => id)]).toEqual([families, ids.slice(0, 20), [notice]])
    expect(rows[0]).toMatchObject({ version: 1, opened: { body: expect.stringContaining('fermé') } })
    const older = await accepted(ask('heldList', { params: { audience: families }, query: { cursor: next ?? '' } }))
    expect(older.body.items.map(({ id }: { id: string }) => id)).toEqual([ids[20], notice])
  })

  it('reads an article of it, sees and signs it, and the marks of the audience say so', async () => {
    const id = await t.publish('anne', { audiences: [families], notice: 'guardian', title: 'Accord' })
    const read = await accepted(ask('heldNews', { params: { audience: families, news: id } }))
    expect(read.body).toMatchObject({ id, title: 'Accord', body: expect.stringContaining('fermé') })
    expect((await accepted(ask('seen', { body: { news: [id] } }))).body).toEqual({ seen: [id] })
    const signed = await accepted(ask('sign', { params: { news: id }, body: {} }))
    expect(signed.body).toMatchObject({ news: id, signedAt: expect.any(String) })
    await t.stream.deliverAll()
    const { audiences } = (await accepted(ask('state', {}))).body
    const marks = audiences.find((one: { audience: string }) => one.audience === families)
    expect(marks.seen).toContain(id)
    expect(marks.acts).toContainEqual(expect.objectContaining({ news: id, signedAt: expect.any(String) }))
    expect((await accepted(t.ask('edited', 'anne', { params: { news: id } }))).body).toMatchObject({
      seen: 1,
      signed: 1,
    })
  })

  it('gets several boards at once, and none if one of them is not hers', async () => {
    const own = [families, ...sophie.audiences.slice(0, 9)].join()
    const { body } = await accepted(ask('heldBoards', { query: { audiences: own } }))
    expect(body.items.map((one: { audience: string }) => one.audience).join()).toBe(own)
    expect((await ask('heldBoards', { query: { audiences: `${families},${strangers}` } })).status).toBe(404)
    expect((await ask('heldBoards', { query: { audiences: `${own},${'z'.repeat(12)}` } })).status).toBe(400)
  })

  it('reads neither list nor article of another audience, and signs nothing there', async () => {
    const id = await t.publish('marc', { audiences: [strangers], notice: 'guardian' })
    expect((await ask('heldList', { params: { audience: strangers } })).status).toBe(404)
    expect((await ask('heldNews', { params: { audience: strangers, news: id } })).status).toBe(404)
    expect((await ask('heldNews', { params: { audience: families, news: id } })).status).toBe(404)
    expect((await ask('sign', { params: { news: id }, body: {} })).status).toBe(404)
    expect((await accepted(ask('seen', { body: { news: [id] } }))).body).toEqual({ seen: [] })
  })

  it('reads nothing withdrawn, and nothing once she is moved or suspended, whatever her token says', async () => {
    const id = await t.publish('anne', { audiences: [families] })
    await accepted(t.ask('withdraw', 'anne', { params: { news: id } }))
    await t.stream.deliverAll()
    expect((await board()).rows.map(one => one.id)).not.toContain(id)
    expect((await ask('heldNews', { params: { audience: families, news: id } })).status).toBe(404)
    for (const change of [
      { audiences: person.audiences.filter(one => one.id !== families) },
      { status: 'suspended' as const },
    ]) {
      await items.put(directoryPatterns.person, { person: person.id }, { ...person, ...change })
      for (const reply of [
        await ask('heldBoards', { query: { audiences: families } }),
        await ask('heldList', { params: { audience: families } }),
      ])
        expect([reply.status, reply.body.type]).toEqual([404, '/api/problems/not-found'])
    }
    await items.put(directoryPatterns.person, { person: person.id }, person)
    expect((await ask('heldList', { params: { audience: families } })).status).toBe(200)
  })
})

it('whoever’s token holds the audience says so by it: the directory is not asked', async () => {
  const id = await t.publish('anne', { audiences: [families] })
  const seen = () => accepted(t.ask('seen', 'karim', { body: { news: [id] } }))
  expect(await t.requestsOf(seen)).toEqual(['BatchGetItem', 'UpdateItem'])
})
