import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lastingIn } from '../../lib/local/running.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { eventually, signedIn } from '../support/http.ts'
import { type RegionProcess, runs, startRegionProcess, withAssembly } from '../support/region-process.ts'

let data: string
const started: RegionProcess[] = []
const start = (...more: string[]): RegionProcess => {
  const region = startRegionProcess(['--port', '0', '--data', data, ...more])
  started.push(region)
  return region
}

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'preau-region-demo-'))
  await withAssembly(data)
})
afterAll(() => {
  for (const { child } of started) child.kill('SIGKILL')
  rmSync(data, { recursive: true, force: true })
})

/** Waits until the table holds so many items whose partition begins so, by its file: nobody is told its address yet. */
const holds = (partition: string, items: number): Promise<true> =>
  eventually(async () => {
    let file: DatabaseSync | undefined
    try {
      file = new DatabaseSync(join(data, 'dynamodb/table.sqlite'), { readOnly: true, timeout: 1_000 })
      const table = file.prepare('SELECT table_name AS name FROM _tables').get()?.name
      const counted = file.prepare(`SELECT count(*) AS n FROM "${table}" WHERE pk LIKE ?`).get(`S:${partition}%`)
      return Number(counted?.n) >= items ? true : undefined
    } catch {
      return undefined
    } finally {
      file?.close()
    }
  }, 60_000)

const endedBy = async (region: RegionProcess, signal: NodeJS.Signals): Promise<void> => {
  const processes = region.processes()
  region.child.kill(signal)
  await region.ended
  await expect.poll(() => processes.filter(runs), { timeout: 10_000 }).toEqual([])
}

describe('the demo county', () => {
  it('is whole after a start that goes on where two others were ended, and every article is there once', async () => {
    const first = start()
    await first.until('Loading the demo county')
    await holds('', 400)
    await endedBy(first, 'SIGKILL')
    expect(first.said()).not.toContain('people')
    const made = lastingIn(data)
    expect(made).toMatchObject({ empty: false })

    const empty = start('--empty')
    expect((await empty.ended).status).toBe(1)
    expect(empty.said()).toContain('holds the demo county')

    const second = start()
    await second.until('people')
    await holds('N#', 1)
    await endedBy(second, 'SIGINT')
    expect(second.said()).not.toContain('ready')
    expect(second.said()).not.toContain('Error')

    const third = start()
    const url = await third.ready()
    expect(third.said()).toContain('quinze chaises sous le préau')
    expect(lastingIn(data)).toEqual(made)
    const head = await signedIn(url, 'marc.vasseur', 'quinze chaises sous le préau')
    const { uai } = (await head.get('/api/me')).body.schools[0]
    const reply = await head.ask(newsContract.routes.ofSchool, { params: { uai } })
    const titles = reply.body.items.map((item: { title: string }) => item.title)
    expect(titles.length).toBeGreaterThan(3)
    expect(new Set(titles).size).toBe(titles.length)

    // The terminal is closed.
    await endedBy(third, 'SIGHUP')
    expect((await third.ended).status).toBe(0)
  }, 180_000)
})
