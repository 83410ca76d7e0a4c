import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kept } from '../../bin/region/prepare.ts'
import { runningIn } from '../../lib/local/running.ts'
import { localClient } from '../support/dynamodb.ts'
import { eventually } from '../support/http.ts'
import { type RegionProcess, runs, startRegionProcess, withAssembly } from '../support/region-process.ts'

let folder: string
const started: RegionProcess[] = []
const start = (...args: string[]): RegionProcess => {
  const region = startRegionProcess(args)
  started.push(region)
  return region
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'preau-region-'))
})
afterAll(() => {
  for (const { child } of started) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** One sentence, and nothing of the program's inside. */
const refusal = async (args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<string> => {
  const region = startRegionProcess(args, environment)
  expect((await region.ended).status).toBe(1)
  const said = region.said().trim()
  expect(said.split('\n')).toHaveLength(1)
  expect(said).not.toMatch(/Error|\.ts:|node:/)
  return said
}

describe('npm start', () => {
  it.concurrent.each<[string, string[], string]>([
    [
      'an option it does not know',
      ['--prot', '9000'],
      "Unknown option '--prot'. Known: npm start -- [--port <number>]",
    ],
    ['a word that is no option', ['9000'], "Unexpected argument '9000'. Known:"],
    ['a port that is none', ['--port', '80800'], 'not "80800"'],
    ['a folder that is a file', ['--port', '0', '--data', join(import.meta.filename, 'data')], 'cannot be written'],
  ])('refuses %s in one sentence', async (_, args, expected) => {
    expect(await refusal(args)).toContain(expected)
  })

  it.concurrent('refuses a port that is in use, by IPv6 alone too, before it builds anything', async () => {
    const addresses = Object.values(networkInterfaces()).flatMap(all => (all ?? []).map(one => one.address))
    for (const host of ['127.0.0.1', '::1'].filter(one => addresses.includes(one))) {
      const server = createServer()
      server.listen(0, host)
      await once(server, 'listening')
      const address = server.address()
      const port = String(typeof address === 'object' ? address?.port : '')
      const said = await refusal(['--port', port, '--data', join(folder, 'port')])
      server.close()
      expect(said).toBe(`The port ${port} is in use: choose another one with --port <number>.`)
    }
  })

  it.concurrent('refuses a machine for which there is no embedded database, and says what to do', async () => {
    const otherMachine = "data:text/javascript,Object.defineProperty(process,'arch',{value:'mips'})"
    const environment = { NODE_OPTIONS: `--import=${otherMachine}`, PATH: '/nowhere' }
    const said = await refusal(['--port', '0', '--data', join(folder, 'binary')], environment)
    expect(said).toContain(`no embedded database for ${process.platform}-mips`)
    expect(said).toContain('PREAU_DYNAMODB')
  })
})

describe('a territory of one folder', () => {
  it('loses nothing it acknowledged when it is killed, leaves no process, and runs once at a time', async () => {
    const data = join(folder, 'killed')
    await withAssembly(data)
    writeFileSync(join(data, 'not-ours.txt'), 'kept')
    const first = start('--port', '0', '--data', data, '--empty')
    const url = await first.ready()
    expect(first.said()).not.toContain('Building')
    expect(first.said()).toContain('npm run directory -- import')
    expect(await refusal(['--port', '0', '--data', data])).toBe(
      `The territory in ${data} runs already, at ${url} (process ${first.child.pid}).`,
    )
    const page = await fetch(url)
    expect(page.headers.get('x-cache')).toBe('Miss from cloudfront')
    expect((await fetch(url)).headers.get('x-cache')).toBe('Hit from cloudfront')
    expect((await fetch(`${url}/api/me`)).headers.get('x-cache')).toBe('Error from cloudfront')

    const { endpoint = '', table = '' } = runningIn(data) ?? {}
    const client = localClient(endpoint)
    const acknowledged: string[] = []
    const write = async (from: number): Promise<void> => {
      for (let place = 0; ; place++) {
        const pk = `TEST#${from}-${place}`
        await client.send(new PutItemCommand({ TableName: table, Item: { pk: { S: pk }, sk: { S: 'x' } } }))
        acknowledged.push(pk)
      }
    }
    const writers = [1, 2, 3, 4].map(write)
    await eventually(async () => (acknowledged.length > 2_000 ? true : undefined), 60_000)
    const processes = first.processes()
    expect(processes.length).toBeGreaterThan(2)
    first.child.kill('SIGKILL')
    await Promise.allSettled(writers)
    client.destroy()
    await expect.poll(() => processes.filter(runs), { timeout: 10_000 }).toEqual([])

    const second = start('--port', '0', '--data', data)
    await second.ready()
    expect(second.said()).not.toContain('Building')
    const again = localClient(runningIn(data)?.endpoint ?? '')
    const sample = acknowledged.filter((_, place) => place % 20 === 0 || place > acknowledged.length - 50)
    for (const pk of sample) {
      const { Item } = await again.send(
        new GetItemCommand({ TableName: table, Key: { pk: { S: pk }, sk: { S: 'x' } } }),
      )
      expect(Item?.pk).toEqual({ S: pk })
    }
    const Item = { pk: { S: 'TEST#after' }, sk: { S: 'x' } }
    await again.send(new PutItemCommand({ TableName: table, Item }))
    again.destroy()
    const figures = () => JSON.parse(readFileSync(join(data, 'figures.json'), 'utf8'))
    await expect.poll(() => figures().streams[0].records, { timeout: 20_000 }).toBeGreaterThan(0)

    // What every reader of the stream is past is forgotten, before the kill and after it.
    const opened = new DatabaseSync(join(data, 'dynamodb/table.sqlite'), { readOnly: true, timeout: 5_000 })
    const records = () => opened.prepare('SELECT count(*) AS n FROM _stream_records').get()?.n
    await expect.poll(records, { timeout: 20_000 }).toBeLessThan(1_000)
    opened.close()

    const rest = second.processes()
    second.child.kill('SIGTERM')
    expect(await second.ended).toEqual({ status: 0, signal: null })
    await expect.poll(() => rest.filter(runs), { timeout: 10_000 }).toEqual([])
    expect(second.said()).toMatch(/preau-demo-delivery +\d+ +1 +0 +0 /)
    expect(figures().functions['preau-demo-delivery']).toMatchObject({ coldStarts: 1, throttles: 0, errors: 0 })

    // All that lies there is known, so that --fresh forgets it, and nothing else.
    expect(readdirSync(data).filter(name => !(kept as readonly string[]).includes(name))).toEqual([
      'lock',
      'not-ours.txt',
    ])
  }, 120_000)
})
