import type { Page } from 'playwright-core'
import type { Fixture } from '../../browser/fixture.ts'
import type { Metered } from '../../support/metered.ts'
import { password } from '../../support/populate.ts'

/** What a browser asks the edge for in a visit: the app's files, its service worker's requests included. */
export type AppFiles = {
  readonly files: number
  /** With headers. */
  readonly bytes: number
  /** Questions to the API who one is, and to the edge. */
  readonly whoByApi: number
  readonly whoByEdge: number
}

/** Milliseconds without a request after which a browser has what it wants. */
const quiet = 3_000

/** Bytes of the headers of a reply with one of the app's files. */
const headerBytes = async (url: string): Promise<number> => {
  const reply = await fetch(url, { headers: { 'accept-encoding': 'br' } })
  let bytes = 'HTTP/1.1 200 OK\r\n\r\n'.length
  for (const [name, value] of reply.headers) bytes += name.length + value.length + 4
  return bytes
}

/** Counts what the edge is asked for while somebody visits, until nothing more is. */
const countOf = async ({ territory }: Fixture<Metered>, page: Page, visit: () => Promise<void>): Promise<AppFiles> => {
  const asked: string[] = []
  page.on('request', request => asked.push(new URL(request.url()).pathname))
  const read = () => {
    const { requests = 0, bytes = 0 } = territory.edge()['*'] ?? {}
    return { requests, bytes }
  }
  const before = read()
  await visit()
  for (let last = read().requests, since = 0; since < quiet; since += 100) {
    await page.waitForTimeout(100)
    const { requests } = read()
    if (requests !== last) [last, since] = [requests, 0]
  }
  const after = read()
  const files = after.requests - before.requests
  const each = await headerBytes(territory.url)
  const asks = (path: string) => asked.filter(one => one === path).length
  return {
    files,
    bytes: after.bytes - before.bytes + files * each,
    whoByApi: asks('/api/me'),
    whoByEdge: asks('/boards/me'),
  }
}

/** Somebody's first visit, by a browser that holds nothing, and their next one, on a device of their own. */
export const countAppFiles = async (fixture: Fixture<Metered>) => {
  const { valmont, visit } = fixture
  await valmont.as('sophie')
  const { page, close } = await visit(undefined, { width: 390 })
  const rows = () => page.getByRole('main').getByRole('listitem').first().waitFor()
  const first = await countOf(fixture, page, async () => {
    await page.goto('/')
    await page.getByLabel('Identifiant').fill(valmont.credentials('sophie').login)
    await page.getByLabel('Mot de passe', { exact: true }).fill(password)
    await page.getByLabel('C’est mon appareil').check()
    await page.keyboard.press('Enter')
    await rows()
  })
  const again = await countOf(fixture, page, async () => {
    await page.reload()
    await rows()
  })
  await close()
  return { first, again }
}
