import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { territoryEntries } from '../../bin/region/prepare.ts'
import { readRunningTerritory } from '../../lib/local/territory-files.ts'
import { itemGenerations } from '../../shared/kernel/item-generation.ts'
import { localClient } from '../support/dynamodb.ts'
import { eventually } from '../support/http.ts'
import { isRunning, type RegionProcess, startRegionProcess, withAssembly } from '../support/region-process.ts'
import { timeoutMs } from '../support/timeout.ts'

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

/** Runs `npm start`, which must fail. @returns its output: one sentence, without a stack trace. */
const refusal = async (args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<string> => {
  const region = startRegionProcess(args, environment)
  started.push(region)
  expect((await region.ended).status).toBe(1)
  const output = region.output().trim()
  expect(output.split('\n')).toHaveLength(1)
  expect(output).not.toMatch(/Error|\.ts:|node:/)
  return output
}

describe('npm start', () => {
  it.concurrent.each<[string, string[], string]>([
    [
      'an unknown option',
      ['--prot', '9000'],
      'there is no option --prot, did you mean --port?: the options are --port, ',
    ],
    ['an argument that is no option', ['9000'], '"9000" is no option: the options are --port'],
    ['an invalid port', ['--port', '80800'], 'not "80800"'],
    [
      'a folder that is a file',
      ['--port', '0', '--data', join(import.meta.filename, 'data')],
      'a part of its path is a file',
    ],
  ])('refuses %s in one sentence', async (_, args, expected) => {
    expect(await refusal(args)).toContain(expected)
  })

  it.concurrent('refuses a port that is in use, also on IPv6 only, before it builds anything', async () => {
    const addresses = Object.values(networkInterfaces()).flatMap(all => (all ?? []).map(one => one.address))
    for (const host of ['127.0.0.1', '::1'].filter(one => addresses.includes(one))) {
      const server = createServer()
      server.listen(0, host)
      await once(server, 'listening')
      const address = server.address()
      const port = String(typeof address === 'object' ? address?.port : '')
      const output = await refusal(['--port', port, '--data', join(folder, 'port')])
      server.close()
      expect(output).toBe(`The port ${port} is in use: choose another one with --port <number>.`)
    }
  })

  it.concurrent('refuses a territory of an earlier release, whose items are other ones, and says what to do', async () => {
    const data = join(folder, 'earlier')
    mkdirSync(data)
    writeFileSync(
      join(data, 'territory.json'),
      JSON.stringify({ table: 'preau-demo', region: 'eu-west-3', empty: false }),
    )
    expect(await refusal(['--port', '0', '--data', data])).toContain('forget it with --fresh')
    expect(readdirSync(data)).toContain('territory.json')
  })

  it.concurrent('refuses a territory that a later release has started', async () => {
    const data = join(folder, 'later')
    mkdirSync(data)
    const persisted = { table: 'preau-demo', region: 'eu-west-3', empty: true, items: itemGenerations.current + 1 }
    writeFileSync(join(data, 'territory.json'), JSON.stringify(persisted))
    expect(await refusal(['--port', '0', '--data', data])).toContain('started by a later release')
  })

  it.concurrent('refuses a platform without an embedded database, and says what to do', async () => {
    const otherMachine = "data:text/javascript,Object.defineProperty(process,'arch',{value:'mips'})"
    const environment = { NODE_OPTIONS: `--import=${otherMachine}`, PATH: '/nowhere' }
    const output = await refusal(['--port', '0', '--data', join(folder, 'binary')], environment)
    expect(output).toContain(`no embedded database for ${process.platform}-mips`)
    expect(output).toContain('PREAU_DYNAMODB')
  })
})

describe('a territory in a folder', () => {
  it('loses no acknowledged write when it is killed, leaves no process behind, and runs once at a time', {
    timeout: timeoutMs(40),
  }, async () => {
    const data = join(folder, 'killed')
    withAssembly(data)
    writeFileSync(join(data, 'other.txt'), 'not a file of the territory')
    const first = start('--port', '0', '--data', data, '--empty')
    const url = await first.ready()
    expect(first.output()).not.toContain('Building')
    expect(first.output()).toContain('npm run directory -- import')
    expect(await refusal(['--port', '0', '--data', data])).toBe(
      `The territory in ${data} runs already, at ${url} (process ${first.child.pid}).`,
    )
    const page = await fetch(url)
    expect(page.headers.get('x-cache')).toBe('Miss from cloudfront')
    expect((await fetch(url)).headers.get('x-cache')).toBe('Hit from cloudfront')
    expect((await fetch(`${url}/api/me`)).headers.get('x-cache')).toBe('Error from cloudfront')

    const { endpoint = '', table = '' } = readRunningTerritory(data) ?? {}
    const client = localClient(endpoint)
    const acknowledged: string[] = []
    const write = async (from: number): Promise<void> => {
      for (let number = 0; ; number++) {
        const pk = `TEST#${from}-${number}`
        await client.send(new PutItemCommand({ TableName: table, Item: { pk: { S: pk }, sk: { S: 'x' } } }))
        acknowledged.push(pk)
      }
    }
    const writers = [1, 2, 3, 4].map(write)
    await eventually(async () => (acknowledged.length > 2_000 ? true : undefined), timeoutMs(10))
    const processes = first.processes()
    expect(processes.length).toBeGreaterThan(2)
    first.child.kill('SIGKILL')
    await Promise.allSettled(writers)
    client.destroy()
    await expect.poll(() => processes.filter(isRunning)).toEqual([])

    const second = start('--port', '0', '--data', data)
    await second.ready()
    expect(second.output()).not.toContain('Building')
    const again = localClient(readRunningTerritory(data)?.endpoint ?? '')
    const sample = acknowledged.filter((_, index) => index % 20 === 0 || index > acknowledged.length - 50)
    for (const pk of sample) {
      const { Item } = await again.send(
        new GetItemCommand({ TableName: table, Key: { pk: { S: pk }, sk: { S: 'x' } } }),
      )
      expect(Item?.pk).toEqual({ S: pk })
    }
    // With a partition and a sort key that the stream's filter passes to delivery, and no item that is subscribed to.
    const Item = { pk: { S: 'FEED#after' }, sk: { S: 'SEEN#x' } }
    await again.send(new PutItemCommand({ TableName: table, Item }))
    again.destroy()
    const figures = () => JSON.parse(readFileSync(join(data, 'figures.json'), 'utf8'))
    await expect.poll(() => figures().streams[0].records).toBeGreaterThan(0)
    await expect.poll(() => figures().functions['preau-demo-delivery'].coldStarts).toBe(1)

    // Stream records that all mappings have processed are deleted, those of before the kill too.
    const opened = new DatabaseSync(join(data, 'dynamodb/table.sqlite'), { readOnly: true, timeout: 5_000 })
    const records = () => opened.prepare('SELECT count(*) AS n FROM _stream_records').get()?.n
    await expect.poll(records).toBeLessThan(1_000)
    opened.close()

    const rest = second.processes()
    second.child.kill('SIGTERM')
    expect(await second.ended).toEqual({ status: 0, signal: null })
    await expect.poll(() => rest.filter(isRunning)).toEqual([])
    expect(second.output()).toMatch(/preau-demo-delivery +\d+ +1 +0 +0 /)
    expect(figures().functions['preau-demo-delivery']).toMatchObject({ coldStarts: 1, throttles: 0, errors: 0 })

    // --fresh deletes `territoryEntries`, so every file of the territory must be among them.
    expect(readdirSync(data).filter(name => !(territoryEntries as readonly string[]).includes(name))).toEqual([
      'lock',
      'other.txt',
    ])
  })
})
