import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { homeContract } from '../../shared/home/contract.ts'
import { sessionContract } from '../../shared/session/contract.ts'
import { passwordContract } from '../../shared/session/password-contract.ts'
import { signedIn, type Visitor, visitor } from '../support/http.ts'
import { college, fullName, type Name, writeValmont } from '../support/valmont.ts'
import { type Emulator, region } from './emulator.ts'
import { run } from './run.ts'

export type Place = {
  readonly emulator: Emulator
  readonly root: string
  /** A folder for the feed and the codes. */
  readonly scratch: string
  readonly table: string
  readonly signal: AbortSignal
}

export const password = 'sept marrons dans la cour'

/** `npm run directory -- <args>`, on the deployed table. */
const directory = ({ emulator, root, table, signal }: Place, args: readonly string[]): Promise<string> =>
  run(process.execPath, ['bin/directory.ts', ...args, '--table', table, '--region', region], {
    cwd: root,
    env: emulator.environment,
    timeoutMs: 120_000,
    signal,
  })

type Report = { people: { added: number; unchanged: number }; written: number; findings: unknown[] }

/** Imports Valmont's feed, twice: the second time writes nothing. Gives the number of people. */
export const importFeed = async (place: Place): Promise<number> => {
  const feed = join(place.scratch, 'feed')
  await writeValmont(feed)
  const reports: Report[] = []
  for (const _ of ['first', 'again']) {
    const said = await directory(place, ['import', feed, '--json'])
    // Before the report it says on which territory.
    reports.push(JSON.parse(said.slice(said.indexOf('{'))))
  }
  const [one, two] = reports
  if (!one || !two || one.people.added === 0 || one.findings.length > 0)
    throw new Error(`the feed was not imported whole: ${JSON.stringify(one)}`)
  if (two.written !== 0 || two.people.unchanged !== one.people.added)
    throw new Error(`importing the same feed again wrote something: ${JSON.stringify(two)}`)
  return one.people.added
}

export type Code = { readonly login: string; readonly code: string }

/** Activation codes of the collège, by full name, as a school hands them out; none where nobody is to be given one. */
export const issueCodes = async (place: Place, to = 'codes'): Promise<ReadonlyMap<string, Code>> => {
  const folder = join(place.scratch, to)
  await directory(place, ['codes', '--school', college.uai, '--out', folder, '--address', 'https://ent.example'])
  const file = (await readdir(folder)).find(name => name.endsWith('.csv'))
  if (file === undefined) return new Map()
  const rows = (await readFile(join(folder, file), 'utf8')).trim().split(/\r?\n/).slice(1)
  return new Map(
    rows.map(row => {
      const [, , , familyName, givenName, login = '', code = ''] = row
        .split(';')
        .map(cell => cell.replace(/^"|"$/g, ''))
      return [`${givenName} ${familyName}`, { login, code }]
    }),
  )
}

/** Throws unless a reply has `status`: with what it said instead. */
export const expect = (what: string, reply: { status: number; body: unknown }, status: number): void => {
  if (reply.status !== status)
    throw new Error(`${what} was answered ${reply.status} instead of ${status}: ${JSON.stringify(reply.body)}`)
}

/** Turns a person's code into an account, signs out, and signs in with the password chosen. */
export const activate = async (url: string, codes: ReadonlyMap<string, Code>, name: Name): Promise<Visitor> => {
  const given = codes.get(fullName(name))
  if (!given) throw new Error(`there is no code for ${fullName(name)}`)
  const someone = visitor(url)
  const body = { ...given, password, personalDevice: true }
  expect('activation', await someone.ask(passwordContract.routes.activate, { body }), 201)
  expect('signing out', await someone.ask(sessionContract.routes.signOut), 204)
  expect('a private read, signed out', await someone.ask(homeContract.routes.state), 401)
  return signedIn(url, given.login, password)
}
