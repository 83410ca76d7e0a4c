import { afterEach, describe, expect, it } from 'vitest'
import { orderRebuild } from '../../functions/delivery/rebuild.ts'
import { audienceId } from '../../functions/directory/audiences.ts'
import { BoardIndex, boardPath, EdgeMe, edgeMePath, type IndexRole, indexPath } from '../../shared/kernel/board.ts'
import { itemGenerations } from '../../shared/kernel/item-generation.ts'
import { newsBoard } from '../../shared/news/board.ts'
import { newsContract as news } from '../../shared/news/contract.ts'
import { sessionContract } from '../../shared/session/contract.ts'
import { passwordContract } from '../../shared/session/password-contract.ts'
import { accepted } from '../support/accepted.ts'
import { undatedClasses as classes, college, idOf } from '../support/valmont.ts'
import { folderOf, keptReleases, readStored } from './stored.ts'
import { type Holder, openTerritory, type Territory } from './territory.ts'

let territory: Territory
afterEach(() => territory?.close())

/** The territory that a release stored, started by the current sources a minute after it was left. */
const start = async (release: string, migrated = false, files = readStored(folderOf(release)).files) => {
  const stored = { ...readStored(folderOf(release)), files }
  territory = await openTerritory(stored, new Date(Date.parse(stored.known.madeAt) + 60_000))
  if (migrated) await territory.follow()
  return { ...stored, as: (name: string) => territory.holder(stored.known.cookies[name]) }
}

const families = audienceId('class-guardians', classes.sixA)
const everybody = audienceId('school', college.uai)

/** What the edge gives a reader of an audience's board. */
const boardOf = async (reader: Holder, role: IndexRole, audience: string) => {
  const index = BoardIndex.parse((await accepted(reader.edge(indexPath(college.uai, role)))).body)
  const [file] = index.audiences.find(({ id }) => id === audience)?.boards ?? []
  const { body } = await accepted(reader.edge(boardPath(audience, file ?? '')))
  return newsBoard.schema.parse(body)
}
const titles = (rows: readonly { title: string }[]): string[] => rows.map(({ title }) => title).sort()

const current = `items-${itemGenerations.current}`
/** An earlier release's territory is read before its migrations have done anything, and after they have ended. */
const starts = keptReleases().flatMap(release => [
  { release, when: 'as it was stored', migrated: false },
  ...(release === current ? [] : [{ release, when: 'migrated', migrated: true }]),
])

describe('a territory of this release, started again', () => {
  it('is left as it was stored', async () => {
    const { items, files, keyValues } = await start(current)
    await territory.follow()
    const { items: after, ...others } = await territory.stored()
    // The secret of the addresses of documents is put by a release that has documents.
    expect(others).toEqual({ files, keyValues: { ...(keyValues as object), media: expect.any(String) } })
    // What a deploy puts that an earlier one of this generation did not.
    const isNew = /^(FACTORS KEY|DUE#.*#erasures#weekly)$/
    expect(after.filter(({ pk, sk }) => !isNew.test(`${pk?.S} ${sk?.S}`))).toEqual(items)
  })
})

describe.each(starts)('a territory of $release, $when', ({ release, migrated }) => {
  it('lets everybody go on in their session, and everybody sign in with their password', async () => {
    const { known, as } = await start(release, migrated)
    for (const name of Object.keys(known.cookies).filter(one => one !== 'lost')) {
      expect((await as(name).ask(sessionContract.routes.me)).body?.person?.login).toBe(known.logins[name])
      await accepted(as(name).ask(sessionContract.routes.renew))
      // Inès has changed hers.
      const password = name === 'ines' ? `${known.password} 2` : known.password
      const body = { login: known.logins[name], password, personalDevice: false }
      await accepted(territory.holder().ask(passwordContract.routes.signIn, { body }))
    }
  })

  it('lets an activation code be used that was given before', async () => {
    const { known } = await start(release, migrated)
    const body = { login: known.logins.moussa, code: known.code, password: known.password, personalDevice: true }
    const { body: me } = await accepted(territory.holder().ask(passwordContract.routes.activate, { body }))
    expect(me.person.id).toBe(idOf('moussa'))
  })

  it('refuses at the edge who had lost access, and nobody else', async () => {
    const { as } = await start(release, migrated)
    expect((await as('lost').edge(edgeMePath)).status).toBe(401)
    const me = EdgeMe.parse((await accepted(as('ines').edge(edgeMePath))).body)
    expect(me.person).toBe(idOf('ines'))
  })

  it('gives the same news on boards, with their texts, and nothing that was withdrawn, has ended or is to come', async () => {
    const { as } = await start(release, migrated)
    const board = await boardOf(as('karim'), 'guardians', families)
    expect(titles(board.rows)).toEqual(['Classe de mer', 'Droit à l’image', 'Sortie au musée'])
    expect(titles(board.rows.filter(({ notice }) => notice !== 'none'))).toEqual(['Droit à l’image', 'Sortie au musée'])
    const { text = '' } = board.rows.find(({ title }) => title === 'Classe de mer') ?? {}
    const { body } = await accepted(as('karim').edge(boardPath(families, text)))
    expect(body).toMatchObject({ body: expect.stringMatching(/^Les élèves apportent un pique-nique/) })
    expect(titles((await boardOf(as('ines'), 'pupils', everybody)).rows)).toEqual(['Bienvenue au collège'])
  })

  it('keeps what was seen, signed and counted', async () => {
    const { known, as } = await start(release, migrated)
    const { body } = await accepted(as('karim').ask(news.routes.state))
    const own = body.audiences.find(({ audience }: { audience: string }) => audience === families)
    expect(own.seen).toContain(known.news.long)
    expect(own.acts).toContainEqual(expect.objectContaining({ news: known.news.notice, signedFor: [idOf('ines')] }))
    const reminded = (await accepted(as('sophie').ask(news.routes.state))).body
    expect(JSON.stringify(reminded)).toContain('"remindedAt"')
    const params = { news: known.news.notice ?? '' }
    const notice = await accepted(as('helene').ask(news.routes.edited, { params }))
    expect(notice.body).toMatchObject({ seen: 2, signed: 1, state: 'published' })
    const query = { state: 'signed' }
    const { items } = (await accepted(as('helene').ask(news.routes.readers, { params, query }))).body
    expect(items.map(({ id }: { id: string }) => id)).toEqual([idOf('ines')])
    const mine = (await accepted(as('marc').ask(news.routes.mine))).body.items
    const states = mine.map(({ title, state }: { title: string; state: string }) => [title, state])
    expect(Object.fromEntries(states)).toEqual({
      'Bienvenue au collège': 'published',
      'Droit à l’image': 'published',
      Retirée: 'withdrawn',
      Terminée: 'ended',
      'Conseil de classe': 'scheduled',
    })
  })

  it('publishes what was scheduled at its time, and ends it at its end', async () => {
    const { as } = await start(release, migrated)
    const read = async (at: string) => {
      territory.clock.now = new Date(at)
      await territory.runClock()
      await territory.follow()
      return titles((await boardOf(as('ines'), 'pupils', everybody)).rows)
    }
    expect(await read('2026-11-23T15:59:30.000Z')).toEqual(['Bienvenue au collège'])
    expect(await read('2026-11-23T16:00:30.000Z')).toEqual(['Bienvenue au collège', 'Conseil de classe'])
    expect(await read('2026-11-23T17:00:30.000Z')).toEqual(['Bienvenue au collège'])
  })

  it('has its boards rendered anew where none is there', async () => {
    const { as } = await start(release, migrated, [])
    await orderRebuild(territory.platform.table, territory.clock.now)
    await territory.follow()
    const board = await boardOf(as('karim'), 'guardians', families)
    expect(titles(board.rows)).toEqual(['Classe de mer', 'Droit à l’image', 'Sortie au musée'])
    expect(titles((await boardOf(as('ines'), 'pupils', everybody)).rows)).toEqual(['Bienvenue au collège'])
  })
})
