import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { audienceId } from '../../functions/directory/audiences.ts'
import { BoardIndex, boardPath, indexPath } from '../../shared/kernel/board.ts'
import { newsBoard } from '../../shared/news/board.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { sessionContract } from '../../shared/session/contract.ts'
import { folderOf, keptReleases, putItems, readStored } from '../releases/stored.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { eventually, signedIn, type Visitor, visitor } from '../support/http.ts'
import { startTerritory, type Territory } from '../support/territory.ts'
import { timeoutMs } from '../support/timeout.ts'
import { undatedClasses as classes, college } from '../support/valmont.ts'

let data: string
let territory: Territory | undefined
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'preau-kept-'))
})
afterEach(() => territory?.stop())
afterAll(() => rmSync(data, { recursive: true, force: true }))

const families = audienceId('class-guardians', classes.sixA)

/** The titles on a guardian's board, once there is one. */
const titles = (reader: Visitor): Promise<string[]> =>
  eventually(async () => {
    const index = await reader.get(indexPath(college.uai, 'guardians'))
    if (index.status !== 200) return undefined
    const [file] = BoardIndex.parse(index.body).audiences.find(({ id }) => id === families)?.boards ?? []
    const board = file === undefined ? undefined : await reader.get(boardPath(families, file))
    return board?.status === 200 ? newsBoard.schema.parse(board.body).rows.map(({ title }) => title) : undefined
  }, timeoutMs(20))

describe('a territory of a kept release on this machine', () => {
  it.each(keptReleases())('of %s starts, lets people in and reads on, and does so at its next start', async release => {
    const { items, known } = readStored(folderOf(release))
    const folder = join(data, release)
    const start = () =>
      startTerritory({
        assembly: builtAssembly(),
        data: folder,
        fill: (client, table) => putItems({ client, table }, items),
      })
    territory = await start()
    const sophie = await signedIn(territory.url, known.logins.sophie ?? '', known.password)
    expect(await titles(sophie)).toContain('Sortie au musée')
    const helene = await signedIn(territory.url, known.logins.helene ?? '', known.password)
    const params = { news: known.news.notice ?? '' }
    const followed = await accepted(helene.ask(newsContract.routes.edited, { params }))
    expect(followed.body).toMatchObject({ seen: 2, signed: 1 })
    await territory.stop()

    territory = await start()
    const again = visitor(territory.url)
    for (const [name, cookie] of sophie.cookies) again.cookies.set(name, cookie)
    expect((await again.ask(sessionContract.routes.me)).body?.person?.login).toBe(known.logins.sophie)
    expect(await titles(again)).toContain('Sortie au musée')
  })
})
