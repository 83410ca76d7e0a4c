import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPersistedTerritory } from '../../lib/local/territory-files.ts'
import { documentsContract } from '../../shared/documents/contract.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { workContract } from '../../shared/work/contract.ts'
import type { HandIn } from '../../shared/work/hand-in.ts'
import type { PupilWork } from '../../shared/work/shapes.ts'
import { accepted } from '../support/accepted.ts'
import { eventually, signedIn } from '../support/http.ts'
import { isRunning, type RegionProcess, startRegionProcess, withAssembly } from '../support/region-process.ts'
import { runs } from '../support/thorough.ts'
import { timeoutMs } from '../support/timeout.ts'

let data: string
const started: RegionProcess[] = []
const start = (...more: string[]): RegionProcess => {
  const region = startRegionProcess(['--port', '0', '--data', data, ...more])
  started.push(region)
  return region
}

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'preau-region-demo-'))
  withAssembly(data)
})
afterAll(() => {
  for (const { child } of started) child.kill('SIGKILL')
  rmSync(data, { recursive: true, force: true })
})

/**
 * Waits until the table has so many items whose partition key begins with `partition`. It reads the database's file,
 * since the endpoint is not known before the territory is ready.
 */
const tableHas = (partition: string, items: number): Promise<true> =>
  eventually(async () => {
    let file: DatabaseSync | undefined
    try {
      file = new DatabaseSync(join(data, 'dynamodb/table.sqlite'), { readOnly: true, timeout: 1_000 })
      const table = file.prepare('SELECT table_name AS name FROM _tables').get()?.name
      const row = file.prepare(`SELECT count(*) AS n FROM "${table}" WHERE pk LIKE ?`).get(`S:${partition}%`)
      return Number(row?.n) >= items ? true : undefined
    } catch {
      return undefined
    } finally {
      file?.close()
    }
  }, timeoutMs(20))

/** Ends the territory by a signal, and waits until none of its processes runs. */
const end = async (region: RegionProcess, signal: NodeJS.Signals): Promise<void> => {
  const processes = region.processes()
  region.child.kill(signal)
  await region.ended
  await expect.poll(() => processes.filter(isRunning)).toEqual([])
}

describe('the demo county', () => {
  it('is complete after a start that continues interrupted ones, with every article once', {
    timeout: timeoutMs(90),
  }, async () => {
    for (const items of runs([400], [1, 100, 400, 1_000, 2_000])) {
      const loading = start()
      await loading.until('Loading the demo county')
      await tableHas('', items)
      await end(loading, 'SIGKILL')
      expect(loading.output()).not.toContain('people')
    }
    const made = readPersistedTerritory(data)
    expect(made).toMatchObject({ empty: false })

    const empty = start('--empty')
    expect((await empty.ended).status).toBe(1)
    expect(empty.output()).toContain('holds the demo county')

    for (const items of runs([1], [1, 4, 8])) {
      const publishing = start()
      await publishing.until('people')
      await tableHas('N#', items)
      await end(publishing, 'SIGINT')
      expect(publishing.output()).not.toContain('ready')
      expect(publishing.output()).not.toContain('Error')
    }

    const last = start()
    const url = await last.ready()
    expect(last.output()).toContain('quinze chaises sous le préau')
    expect(readPersistedTerritory(data)).toEqual(made)
    const head = await signedIn(url, 'marc.vasseur', 'quinze chaises sous le préau')
    const { uai } = (await head.get('/api/me')).body.schools[0]
    // Asked again as the app does: the first one counts whom each article addresses, which a busy machine may end too early.
    const { body } = await eventually(async () => {
      const reply = await head.ask(newsContract.routes.ofSchool, { params: { uai } })
      return reply.status === 503 || reply.status === 504 ? undefined : accepted(reply)
    })
    const titles = body.items.map((item: { title: string }) => item.title)
    expect(titles.length).toBeGreaterThan(3)
    expect(new Set(titles).size).toBe(titles.length)

    // Placed once, whatever was interrupted, and scanned as what people send.
    const accounts: readonly { role: string; login: string }[] = JSON.parse(
      readFileSync(join(data, 'demo.json'), 'utf8'),
    )
    const login = accounts.find(({ role }) => role === 'pupil')?.login ?? ''
    const pupil = await signedIn(url, login, 'quinze chaises sous le préau')
    const { spaces, list } = documentsContract.routes
    const held: readonly { id: string; label?: string }[] = (await pupil.ask(spaces)).body.items
    const space = held.find(({ label }) => label === '6e A')?.id ?? ''
    const query = { name: '.' }
    const placed = await eventually(async () => {
      const { items } = (await pupil.ask(list, { params: { space }, query })).body
      // Folders have no address.
      const files = items.filter((one: { file?: object }) => one.file)
      return files.every((one: { link?: string }) => one.link) && files.length >= 4 ? files : undefined
    })
    expect(placed.map((one: { name: string }) => one.name).sort()).toEqual([
      'Carte à compléter.png',
      'Extrait 2, à écouter.wav',
      'Leçon 3, la Grèce des cités.pdf',
      'Matériel pour la semaine.txt',
    ])

    // Photos of a hand-in, and what was given back with it.
    const { state, handIn } = workContract.routes
    const { handIns } = (await pupil.ask(state)).body.items[0] as PupilWork
    const me: string = (await pupil.get('/api/me')).body.person.id
    const read = await Promise.all(
      (handIns ?? []).map(
        async ({ piece }) => (await pupil.ask(handIn, { params: { piece, pupil: me } })).body as HandIn,
      ),
    )
    const named = read.map(({ versions, returned }) => [
      versions.flatMap(({ files = [] }) => files.map(({ name }) => name)),
      (returned?.files ?? []).map(({ name }) => name),
    ])
    expect(named).toContainEqual([
      ['Exercice 4, photo.png', 'Exercice 5, photo.png'],
      ['Corrigé, figures et fractions.pdf'],
    ])

    // SIGHUP is what a closed terminal sends.
    await end(last, 'SIGHUP')
    expect((await last.ended).status).toBe(0)
  })
})
