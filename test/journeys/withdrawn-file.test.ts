import { afterAll, beforeAll, expect, test } from 'vitest'
import { importAccess } from '../../functions/directory/access.ts'
import { audienceId, type PersonItem } from '../../functions/directory/audiences.ts'
import { importFeed } from '../../functions/directory/import/import.ts'
import { openTable } from '../../functions/platform/open-table.ts'
import { BoardIndex, boardPath, indexPath } from '../../shared/kernel/board.ts'
import { randomId } from '../../shared/kernel/ids.ts'
import { newsBoard } from '../../shared/news/board.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { openDevice } from '../bench/boards/device.ts'
import { openNetwork } from '../bench/boards/network.ts'
import { readPeople } from '../bench/boards/school.ts'
import { publisher } from '../bench/boards/school-day.ts'
import { type BenchTerritory, newFolder, openTerritory } from '../bench/boards/territory.ts'
import { builtAssembly } from '../support/built.ts'
import { timeoutMs } from '../support/timeout.ts'
import { college, writeValmont } from '../support/valmont.ts'

/** Seconds after a withdrawal for which an edge may serve what was withdrawn, while the bucket answers. */
const longest = 60

let territory: BenchTerritory
let people: readonly PersonItem[]
const data = newFolder()
const feed = newFolder()
beforeAll(async () => {
  territory = await openTerritory({ assembly: builtAssembly(), folder: data.folder, start: Date.now() })
  const { client, table, simulation, followUps } = territory
  const now = () => new Date(simulation.now())
  await writeValmont(feed.folder)
  await importFeed({ table: openTable(table, importAccess, now, client), now }, { path: feed.folder })
  people = await readPeople(territory)
  await followUps.toTheEnd('what follows a write', await followUps.take())
}, timeoutMs(60))
afterAll(async () => {
  await territory?.close()
  for (const { remove } of [data, feed]) remove()
})

const oneWhoIs = (role: string): PersonItem => {
  const found = people.find(one => one.roles.some(held => held.uai === college.uai && held.role === role))
  if (!found) throw new Error(`there is no ${role}`)
  return found
}

test('a withdrawn text and the board that named it are served by no edge 60 seconds later', async () => {
  const { url, simulation, followUps } = territory
  const school = audienceId('school', college.uai)
  const head = oneWhoIs('head')
  const publishAs = await publisher(territory, head)
  const body = 'Un texte qui est retiré. '.repeat(40).trim()
  const draft = { uai: college.uai, title: 'Retiré', body, audiences: [school], pinned: false, urgent: false }
  const { id, records } = await publishAs({ ...draft, notice: 'none' })
  await followUps.toTheEnd('rendering', records)

  const { cookies } = await territory.signIn(oneWhoIs('guardian'), new Date(simulation.now()))
  const { network } = openNetwork(url, simulation, cookies, () => {})
  const read = async (path: string) => {
    const reply = await network.fetch(path, {})
    return { status: reply.status, body: reply.status === 200 ? await reply.json() : undefined }
  }
  const later = (seconds: number) => simulation.runUntil(simulation.now() + seconds * 1_000)
  const index = async () => BoardIndex.parse((await read(indexPath(college.uai, 'guardians'))).body)
  const [file = ''] = (await index()).audiences.find(one => one.id === school)?.boards ?? []
  const board = boardPath(school, file)
  const text = boardPath(school, newsBoard.schema.parse((await read(board)).body).rows[0]?.text ?? '')
  expect((await read(text)).body).toMatchObject({ body })
  // The bucket confirms both copies once more, as late as can be.
  await later(56)
  for (const path of [board, text]) expect((await read(path)).status).toBe(200)

  const device = openDevice({ url, simulation, signed: await territory.signIn(head, new Date(simulation.now())) })
  const options = { key: randomId() }
  expect((await device.call(newsContract.routes.withdraw, { params: { news: id } }, options)).ok).toBe(true)
  await followUps.toTheEnd('what follows a write', await followUps.take())
  const withdrawnAt = simulation.now()
  const served: number[] = []
  for (let second = 0; second <= 3 * longest; second += 3) {
    for (const path of [board, text]) if ((await read(path)).status === 200) served.push(second)
    await later(3)
  }
  expect(served.length).toBeGreaterThan(0)
  expect(Math.max(...served)).toBeLessThan(longest)
  expect(simulation.now() - withdrawnAt).toBeGreaterThan(longest * 1_000)
  expect((await index()).audiences.flatMap(one => one.boards)).not.toContain(file)
  for (const path of [board, text]) expect((await read(path)).status).toBe(404)
})
