import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { generate } from 'orval'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../lib/platform/root.ts'
import { builtAssembly } from '../support/built.ts'
import { password, populate, type Valmont } from '../support/populate.ts'
import { startTerritory, type Territory } from '../support/territory.ts'
import { timeoutMs } from '../support/timeout.ts'
import { college } from '../support/valmont.ts'

/** A program of another team: it knows the generated client, and of Préau nothing else. */
const program = `
import * as preau from './client.ts'

const cookies = new Map<string, string>()
const remember = ({ headers }: { readonly headers: Headers }): void => {
  for (const line of headers.getSetCookie()) {
    const [pair = ''] = line.split(';')
    const [name = ''] = pair.split('=')
    cookies.set(name, pair.slice(name.length + 1))
  }
}
const session = (): RequestInit => ({ headers: { cookie: [...cookies].map(pair => pair.join('=')).join('; ') } })
let writes = 0
const write = (): RequestInit => ({ headers: { ...session().headers, 'idempotency-key': 'a-key-of-its-own-' + ++writes } })

export const begin = async (login: string, password: string): Promise<string | undefined> => {
  const refused = await preau.sessionSignIn({ login, password: password + '!', personalDevice: true }, write())
  // The refusals of an operation are told apart by their status, and then by the type of the problem.
  const why: '/api/problems/wrong-credentials' | '/api/problems/factor-asked' | undefined = refused.status === 401 ? refused.data.type : undefined
  const reply = await preau.sessionSignIn({ login, password, personalDevice: true }, write())
  if (reply.status !== 201) throw new Error('sign-in: ' + reply.status)
  remember(reply)
  return why
}

export const publish = async (uai: preau.Uai): Promise<{ readonly title: string; readonly versions: number[] }> => {
  const choices = await preau.newsChoices(uai, session())
  if (choices.status !== 200) throw new Error('choices: ' + choices.status)
  const audiences = choices.data.items.filter(one => one.kind === 'class').map(one => one.id)
  const draft = { uai, title: 'Written by a generated client', body: 'Bonjour.', audiences, pinned: false, urgent: false, notice: 'none' as const }
  const published = await preau.newsPublish(draft, write())
  if (published.status !== 201) throw new Error('publish: ' + published.status)
  const { id, version, title } = published.data
  const edited = await preau.newsEdit(id, { ...draft, body: 'Bonsoir.', version }, write())
  if (edited.status !== 200) throw new Error('edit: ' + edited.status)
  const again = await preau.newsEdit(id, { ...draft, body: 'Bonne nuit.', version }, write())
  if (again.status !== 409) throw new Error('an edit of an outdated version: ' + again.status)
  return { title, versions: [version, edited.data.version] }
}

export const list = async (): Promise<readonly string[]> => {
  const titles: string[] = []
  let cursor: preau.Cursor | undefined
  do {
    const page: preau.newsMineResponse = await preau.newsMine(cursor === undefined ? {} : { cursor }, session())
    if (page.status !== 200) throw new Error('list: ' + page.status)
    titles.push(...page.data.items.map(one => one.title))
    cursor = page.data.next
  } while (cursor !== undefined)
  return titles
}

export const end = async (): Promise<readonly number[]> => {
  const out = await preau.sessionSignOut(write())
  return [out.status, (await preau.newsMine({}, {})).status]
}
`

type Program = {
  readonly begin: (login: string, password: string) => Promise<string | undefined>
  readonly publish: (uai: string) => Promise<{ readonly title: string; readonly versions: readonly number[] }>
  readonly list: () => Promise<readonly string[]>
  readonly end: () => Promise<readonly number[]>
}

let territory: Territory
let valmont: Valmont
let folder: string

beforeAll(async () => {
  territory = await startTerritory({ assembly: builtAssembly() })
  valmont = await populate(territory)
  await valmont.as('helene')
  folder = mkdtempSync(join(tmpdir(), 'preau-client-'))
  const document = await (await fetch(`${territory.url}/api/openapi.json`)).json()
  await generate({
    input: { target: document },
    output: { target: join(folder, 'client.ts'), client: 'fetch', mode: 'single', baseUrl: territory.url },
  })
  writeFileSync(join(folder, 'program.ts'), program)
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
}, timeoutMs(60))
afterAll(async () => {
  await territory?.stop()
  if (folder) rmSync(folder, { recursive: true })
})

describe('a client generated from the OpenAPI document', () => {
  it(
    'is sound by its types, and so is a program that tells replies apart by their status',
    async () => {
      const options = ['--noEmit', '--strict', '--target', 'es2024', '--module', 'nodenext']
      const more = [
        '--lib',
        'es2024,dom,dom.iterable',
        '--types',
        'node',
        '--allowImportingTsExtensions',
        '--skipLibCheck',
      ]
      const tsc = join(root, 'node_modules/typescript/bin/tsc')
      const args = [tsc, ...options, ...more, '--ignoreConfig', 'program.ts']
      const said = await promisify(execFile)(process.execPath, args, { cwd: folder }).catch(error => error)
      expect(String(said.stdout)).toBe('')
    },
    timeoutMs(30),
  )

  it('signs in, publishes, is refused an outdated edit, lists, and signs out', async () => {
    const { begin, publish, list, end }: Program = await import(pathToFileURL(join(folder, 'program.ts')).href)
    expect(await begin(valmont.credentials('helene').login, password)).toBe('/api/problems/wrong-credentials')
    expect(await publish(college.uai)).toEqual({ title: 'Written by a generated client', versions: [1, 2] })
    expect(await list()).toContain('Written by a generated client')
    expect(await end()).toEqual([204, 401])
  })
})
