import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { homeContract } from '../../../shared/home/contract.ts'
import { boardPath, indexPath } from '../../../shared/kernel/board.ts'
import type { BoardNews, NewsBoard } from '../../../shared/news/board.ts'
import type { Me } from '../../../shared/session/contract.ts'
import { type DeviceStores, readDevice, writeDevice } from '../../support/device-stores.ts'
import { type Answering, problem } from './loopback.ts'
import { openSite } from './site.ts'

/*
 * Devices as each release left them: test/releases/device-<n>.jsonl. The newest is what the app stores now; where that
 * changes, the first test fails: name a new file below, and have it written with `vitest run <this file> -u`.
 */
const newest = 'device-2.jsonl'
const folder = join(import.meta.dirname, '../../releases')
const kept = globSync('device-*.jsonl', { cwd: folder }).sort()

const uai = '0750001A'
const sixA = 'aaaaaaaaaaaa'
const [child, author, sophie] = ['c000000000000001', 'a000000000000001', 's000000000000001']
const id = (count: number) => String(count).padStart(22, '0')
const file = (count: number, head = 'news') => `${head}.1.${String(count).padStart(13, '0')}`

const me: Me = {
  person: { id: sophie, givenName: 'Sophie', familyName: 'Martin', login: 'sophie.martin' },
  roles: [{ uai, role: 'guardian' }],
  schools: [{ uai, name: 'Collège des Tilleuls' }],
  children: [{ id: child, givenName: 'Léa', familyName: 'Martin', uai, className: '6e A' }],
  audiences: [{ id: sixA, kind: 'class-guardians', uai, label: '6e A', children: [child] }],
  access: 'as it was',
  expiresAt: '2026-11-23T12:15:00.000Z',
}
const audiences = [{ id: sixA, kind: 'class-guardians' as const, label: '6e A' }]
const news = (count: number, title: string, more: Partial<BoardNews>): BoardNews => ({
  id: id(count),
  uai,
  schoolName: 'Collège des Tilleuls',
  title,
  excerpt: `Début de ${title}`,
  author: { id: author, name: 'Marc Petit', role: 'head' },
  publishedAt: `2026-11-23T0${count}:00:00.000Z`,
  pinned: false,
  urgent: false,
  notice: 'none',
  version: 1,
  ...more,
})
const board: NewsBoard = {
  rows: [news(9, 'Sortie au musée', { text: file(1, 'news-text') })],
  notices: [news(1, 'Autorisation de sortie', { notice: 'guardian', opened: { body: 'À signer.', audiences } })],
}
const files = new Map<string, unknown>([
  [
    indexPath(uai, 'guardians'),
    {
      school: { uai, name: 'Collège des Tilleuls' },
      poll: 20,
      audiences: [{ id: sixA, kind: 'class-guardians', label: '6e A', boards: [file(1)] }],
    },
  ],
  [boardPath(sixA, file(1)), board],
  [boardPath(sixA, file(1, 'news-text')), { body: 'Rendez-vous à huit heures.', audiences }],
])
const { state } = homeContract.routes
const well: Answering = ({ path, method }) => {
  if (files.has(path)) return { status: 200, body: files.get(path) }
  if (path === state.path)
    return { status: 200, body: { access: me.access, news: { audiences: [] }, work: { items: [] } } }
  if (method === 'POST' && path === '/api/session/renewal')
    return { status: 200, body: { ...me, expiresAt: new Date(Date.now() + 600_000).toISOString() } }
  return problem('not-found')
}

let site: Awaited<ReturnType<typeof openSite>>
let page: Page
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())
beforeEach(async () => {
  site.answer(well)
  page = await site.visit()
  await page.goto('/sign-in')
})
afterEach(() => page?.context().close())

/** With each instant at 0 and the contracts' hash left out: they differ from run to run. */
const settled = (stores: DeviceStores): DeviceStores =>
  JSON.parse(JSON.stringify(stores), (key, value) => {
    if (['at', 'confirmedAt'].includes(key) && typeof value === 'number') return 0
    return key === 'shapes' ? '' : value
  })
const hour = 3_600_000
/** As if it had been stored an hour ago, or `age` milliseconds, under the contracts whose hash is `shapes`. */
const hourOld = (stores: DeviceStores, shapes = '', age = hour): DeviceStores =>
  JSON.parse(JSON.stringify(stores), (key, value) => {
    if (['at', 'confirmedAt'].includes(key) && value === 0) return Date.now() - age
    return key === 'shapes' ? shapes : value
  })
/** A line for each entry of localStorage (`local`) and of each database: where it is, its key, its value. */
const linesOf = ({ local, databases }: DeviceStores): string =>
  [
    ...Object.entries(local).map(([key, value]) => ['local', key, value]),
    ...Object.entries(databases).flatMap(([name, entries]) => entries.map(([key, value]) => [name, key, value])),
  ]
    .map(line => `${JSON.stringify(line)}\n`)
    .join('')
const deviceOf = (name: string): DeviceStores => {
  const lines = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n')
  const entries = lines.map(line => JSON.parse(line) as [where: string, key: string, value: unknown])
  const by = Map.groupBy(entries, ([where]) => where)
  const within = (where: string) => (by.get(where) ?? []).map(([, key, value]) => [key, value] as const)
  const databases = [...by.keys()].filter(where => where !== 'local').map(where => [where, within(where)] as const)
  return {
    local: Object.fromEntries(within('local')) as DeviceStores['local'],
    databases: Object.fromEntries(databases),
  }
}

const row = (title: string) => page.getByRole('link', { name: new RegExp(title) }).first()
const toSign = () => page.locator('section', { has: page.getByRole('heading', { name: 'À signer' }) }).getByRole('link')

describe('a device', () => {
  it('is left as the newest kept one is', async () => {
    await page.evaluate(text => localStorage.setItem('preau.me', text), JSON.stringify({ me, personal: true }))
    await page.goto('/')
    await row('Sortie au musée').waitFor()
    const stored = async () => {
      const { local, databases } = settled(await readDevice(page))
      const { expiresAt: _, ...who } = JSON.parse(local['preau.me'] ?? '{"me":{}}').me
      const sorted = Object.entries(databases).map(([name, entries]) => [
        name,
        [...entries].sort(([a], [b]) => (a < b ? -1 : 1)),
      ])
      return {
        local: { 'preau.me': JSON.stringify({ me: { ...who, expiresAt: me.expiresAt }, personal: true }) },
        databases: Object.fromEntries(sorted),
      }
    }
    await expect
      .poll(async () => JSON.stringify(await stored()))
      .toMatch(/"reads":\[\{.*Rendez-vous|Rendez-vous.*"reads":\[\{/)
    await expect(linesOf(await stored())).toMatchFileSnapshot(join(folder, newest))
  })

  it.each(kept)('of %s shows what it holds to an app of other contracts while nothing answers', async name => {
    await writeDevice(page, hourOld(deviceOf(name), 'of other contracts'))
    site.answer(() => 'broken')
    await page.goto('/')
    await row('Sortie au musée').waitFor()
    await expect.poll(() => toSign().count()).toBe(1)
    await row('Sortie au musée').click()
    await page.getByText('Rendez-vous à huit heures.').waitFor()
  })

  // The second as if the device's clock had been set back since.
  it.each([400 * 24 * hour, -24 * hour])('that stored what it holds %i ms ago by its clock shows it', async age => {
    const device = hourOld(deviceOf(newest), '', age)
    await writeDevice(page, device)
    site.answer(() => 'broken')
    await page.goto('/')
    await row('Sortie au musée').waitFor()
    await expect.poll(() => toSign().count()).toBe(1)
    site.answer(well)
    const asked = site.asked.length
    await page.reload()
    await expect.poll(() => site.asked.slice(asked).some(({ path }) => path === state.path)).toBe(true)
  })

  it.each(kept)('of %s is brought up to date where all answers', async name => {
    await writeDevice(page, hourOld(deviceOf(name), 'of other contracts'))
    files.set(boardPath(sixA, file(2)), {
      ...board,
      rows: [news(8, 'Photo de classe', { opened: { body: 'Souriez.', audiences } })],
    })
    const index = indexPath(uai, 'guardians')
    const before = files.get(index)
    files.set(index, JSON.parse(JSON.stringify(before).replace(file(1), file(2))))
    await page.goto('/')
    await row('Photo de classe').waitFor()
    files.set(index, before)
    await expect.poll(() => toSign().count()).toBe(1)
  })

  it.each(kept)('of %s whose record of boards is of a form that nobody knows begins anew', async name => {
    const { local, databases } = hourOld(deviceOf(name))
    const boards = (databases['preau-boards'] ?? []).map(([key, value]) =>
      key === 'owner'
        ? ([key, { person: sophie, state: { indexes: { [indexPath(uai, 'guardians')]: 'of another form' } } }] as const)
        : ([key, value] as const),
    )
    await writeDevice(page, { local, databases: { ...databases, 'preau-boards': boards } })
    await page.goto('/')
    await row('Sortie au musée').waitFor()
    await expect.poll(async () => JSON.stringify(await readDevice(page))).toContain('"confirmedAt"')
  })
})
