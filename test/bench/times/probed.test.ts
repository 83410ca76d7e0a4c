import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProbed } from './probed.ts'

/**
 * Takes as many milliseconds of processor time as the event says, and asks the table and a bucket: one list after the other,
 * all of a list at once.
 */
const code = `
import { request } from 'node:http'
const ask = service => new Promise((resolve, reject) =>
  request(process.env.SERVER, { headers: service === 'table' ? { 'x-amz-target': 'DynamoDB_20120810.GetItem' } : {} },
    reply => reply.resume().once('end', resolve)).once('error', reject).end())
export const handler = async ({ lists, computing = 0 }) => {
  for (const before = process.cpuUsage(); process.cpuUsage(before).user < computing * 1000; );
  for (const list of lists) await Promise.all(list.map(ask))
}
`

let server: Server
let folder: string
const probed = openProbed()
let fn: ReturnType<typeof probed.account.declare>

beforeAll(async () => {
  server = createServer((_, reply) => setTimeout(() => reply.end(), 20))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  folder = mkdtempSync(join(tmpdir(), 'preau-probed-test-'))
  writeFileSync(join(folder, 'index.mjs'), code)
  const variables = { SERVER: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
  const settings = { code: folder, handler: 'index.handler', memory: 512, timeout: 6_000 }
  fn = probed.account.declare({ ...settings, name: 'preau-test-asking', variables })
})

afterAll(async () => {
  await probed.account.close()
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true })
})

const invoke = async (event: object) => {
  expect(await fn.invoke(event)).toMatchObject({ ok: true })
  const [one, ...more] = probed.take()
  expect(more).toEqual([])
  return one
}

describe('a probed function', () => {
  it('says which requests wait for one another, by service', async () => {
    const requests = { table: 2, bucket: 1 }
    const lists = [['table'], ['bucket', 'bucket', 'bucket'], ['table', 'table']]
    expect(await invoke({ lists })).toMatchObject({ name: 'preau-test-asking', ...requests })
    expect(await invoke({ lists: [['table', 'bucket']] })).toSatisfy(one => one.table + one.bucket === 1)
    expect(await invoke({ lists: [] })).toMatchObject({ table: 0, bucket: 0, waited: 0 })
  })

  it('tells the wait for services from the rest of the duration', async () => {
    const one = await invoke({ lists: [['table'], ['table']], computing: 30 })
    expect(one?.waited).toBeGreaterThanOrEqual(35)
    expect(one?.duration).toBeGreaterThanOrEqual((one?.waited ?? 0) + 30)
  })

  it('counts the processor time of one invocation', async () => {
    const busy = await invoke({ lists: [], computing: 300 })
    const idle = await invoke({ lists: [] })
    expect(busy?.processor).toBeGreaterThanOrEqual(300)
    expect(idle?.processor).toBeLessThan(100)
  })

  it('gives the route of an event of the API', async () => {
    expect(await invoke({ lists: [], routeKey: 'GET /api/me' })).toMatchObject({ routeKey: 'GET /api/me' })
  })
})
