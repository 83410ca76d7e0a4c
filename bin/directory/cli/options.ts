import { ImportRefused } from '../../../functions/directory/import/feed/finding.ts'
import type { Identity } from '../../../functions/directory/import/identify.ts'
import { type TerritoryRole, territoryRoles } from '../../../shared/kernel/role.ts'
import { closest } from '../../did-you-mean.ts'
import { parsed } from '../../parsed-options.ts'
import type { Language } from '../codes/texts.ts'
import { beginOf, confirmed, identityOf, languageOf, originOf, territoryRoleOf, yearOf } from './option-values.ts'

export const usage = `Usage: npm run directory -- <command>

  import <folder|zip>     import an AAF feed, OneRoster CSV or School Data Sync CSV
      --dry-run           write nothing, report what would be done
      --json              the report as JSON and nothing else (with npm run --silent)
      --strict            refuse what deviates from the format
      --confirm <uai>     import a school that was held back (may be given again for another)
      --out-of-order      import what is older than the last delivery, or a delta without a complete one
      --source <name>     tell this feed's keys apart from another's
      --year <2026-2027>  its school year, where it does not tell the right one itself
      --year-begins <09-01>  month and day on which school years begin, where --territory does not tell
  identify --person <key of the feed> --source <source> --as another|same
                          who somebody is whom an import holds, because their key was that of another name
  join <login or id> <login or id>
                          two people whom different feeds describe are one: says who they are, and asks
  separate <login or id>  take it back; no import joins them again
      --yes               do not ask
  erase <login or id>     erase somebody whom no feed describes any more; without a person: go on where it stopped
      --dry-run           erase nothing, list what would be
      --yes               do not ask
  codes --school <uai>    activation codes for all who have no active account and no code that is still good
      --renew             also for those who hold one: it says how many sheets are void then, and asks
      --yes               do not ask
      --out <folder>      where the CSV and the page to print are written
      --address <url>     another address than the territory's
      --language fr|en    the language of both files (fr)
  administrator --school <uai> --person <login or key of the feed>
      --end               take it back
  territory-role --person <login> --role operator|authority
      --end               take it back
  freeze --person <login> --reason <text>
                          nothing goes out from an account any more: it was stolen
      --end               take it back
  reset-factor --person <login>
                          remove a second factor that was lost, of the only one in charge of a school
  boards                  have all boards rendered anew: after the loss of their bucket
  demo                    load the demo county

  The territory on this machine, or:
      --data <folder>     another folder than .preau/
      --table <name> --region <region>    a deployed one
      --territory <name>  its name in lib/territories.ts, which tells its time zone, its school years and its address
      --endpoint <url>    with --table: a service that speaks DynamoDB's protocol`

const flag = { type: 'boolean' } as const
const text = { type: 'string' } as const
const texts = { type: 'string', multiple: true } as const

/** Options of every command. */
const everywhere = { help: flag, data: text, table: text, region: text, endpoint: text, territory: text } as const

const ofCommand = {
  import: {
    'dry-run': flag,
    json: flag,
    strict: flag,
    confirm: texts,
    'out-of-order': flag,
    source: text,
    year: text,
    'year-begins': text,
  },
  identify: { person: text, source: text, as: text },
  join: { yes: flag },
  separate: { yes: flag },
  erase: { 'dry-run': flag, yes: flag },
  codes: { school: text, renew: flag, yes: flag, out: text, address: text, language: text },
  administrator: { school: text, person: text, end: flag },
  'territory-role': { person: text, role: text, end: flag },
  freeze: { person: text, reason: text, end: flag },
  'reset-factor': { person: text },
  boards: {},
  demo: {},
} as const

const all = {
  ...everywhere,
  ...ofCommand.import,
  ...ofCommand.identify,
  ...ofCommand.join,
  ...ofCommand.separate,
  ...ofCommand.codes,
  ...ofCommand.administrator,
  ...ofCommand['territory-role'],
  ...ofCommand.freeze,
} as const

/** The options of the command line, parsed. */
export type Values = ReturnType<typeof parse>['values']

/** `--confirm` without a school is answered with the schools that are held: it is parsed as an empty one. */
const bare = (args: readonly string[]) =>
  args.map((arg, at) => (arg === '--confirm' && /^(-|$)/.test(args[at + 1] ?? '') ? '--confirm=' : arg))

const isCommand = (name: string | undefined): name is keyof typeof ofCommand =>
  name !== undefined && Object.hasOwn(ofCommand, name)

const meant = (said: string): string => {
  const one = closest(said, Object.keys(ofCommand))
  return one === undefined ? '' : `, did you mean ${one}?`
}

const known = `${Object.keys(ofCommand).slice(0, -1).join(', ')} or ${Object.keys(ofCommand).at(-1)}`

/** Reads the options; throws ImportRefused for what is none. */
const parse = (args: readonly string[]) => {
  const read = parsed(bare(args), all)
  if (read.refused !== undefined) throw new ImportRefused(`${read.refused} (npm run directory -- --help)`)
  return read
}

const needed = (value: string | undefined, what: string): string => {
  if (value === undefined) throw new ImportRefused(what)
  return value
}

/** A command with the options it needs, parsed. */
export type Command =
  | {
      readonly command: 'import'
      /** `confirm`: undefined where the option is given without a school. */
      readonly values: Omit<Values, 'confirm' | 'year'> & {
        readonly path: string
        readonly confirm: string[] | undefined
        readonly year?: number
      }
    }
  | {
      readonly command: 'codes'
      readonly values: Values & {
        readonly school: string
        readonly language: Language
        readonly address?: string
        readonly territory?: string
      }
    }
  | {
      readonly command: 'identify'
      readonly values: Omit<Values, 'as'> & { readonly person: string; readonly source: string; readonly as: Identity }
    }
  | { readonly command: 'join'; readonly values: Values & { readonly people: readonly [string, string] } }
  | { readonly command: 'separate'; readonly values: Values & { readonly person: string } }
  | { readonly command: 'erase'; readonly values: Values }
  | {
      readonly command: 'administrator'
      readonly values: Values & { readonly school: string; readonly person: string }
    }
  | {
      readonly command: 'territory-role'
      readonly values: Values & { readonly role: TerritoryRole; readonly person: string }
    }
  | {
      readonly command: 'freeze'
      /** `reason`: absent where the freeze ends. */
      readonly values: Omit<Values, 'reason'> & { readonly person: string; readonly reason: string | undefined }
    }
  | { readonly command: 'reset-factor'; readonly values: Values & { readonly person: string } }
  | { readonly command: 'boards'; readonly values: Values }
  | { readonly command: 'demo'; readonly values: Values }

/** What commands take besides their options. */
const argumentsOf: Partial<Record<Command['command'], { readonly count: number; readonly what: string }>> = {
  import: { count: 1, what: 'one folder or ZIP archive' },
  join: { count: 2, what: 'two people' },
  separate: { count: 1, what: 'one person' },
  erase: { count: 1, what: 'one person' },
}

/**
 * Reads the command line. Throws ImportRefused for what it does not know, and for an option the command
 * does not have: a dry run of a command that has none must not become a real run.
 */
export const readCommand = (args: readonly string[]): Command | 'help' => {
  const { values, positionals } = parse(args)
  const [command, path, ...more] = positionals
  if (values.help) return 'help'
  if (!isCommand(command))
    throw new ImportRefused(
      `${command === undefined ? 'no command is given' : `there is no command "${command}"${meant(command)}`}: say ${known} (npm run directory -- --help)`,
    )
  const accepted = { ...everywhere, ...ofCommand[command] }
  for (const [name, value] of Object.entries(values)) {
    if (!Object.hasOwn(accepted, name))
      throw new ImportRefused(
        `the command ${command} has no option --${name}: it has ${Object.keys(accepted)
          .map(one => `--${one}`)
          .join(', ')}`,
      )
    if (value === '') throw new ImportRefused(`--${name} needs a value`)
  }
  const extra = [path, ...more][argumentsOf[command]?.count ?? 0]
  if (extra !== undefined)
    throw new ImportRefused(
      `the command ${command} takes ${argumentsOf[command]?.what ?? 'no argument'}, but "${extra}" is given too`,
    )
  if (values.endpoint !== undefined && values.table === undefined)
    throw new ImportRefused('--endpoint needs --table <name>: which of its tables is the territory')
  const school = () => needed(values.school, `say which school: npm run directory -- ${command} --school <uai>`)
  switch (command) {
    case 'import': {
      const feed = needed(path, 'say which folder or ZIP archive to import: npm run directory -- import <folder|zip>')
      const { year, 'year-begins': begins, ...rest } = values
      const told = {
        ...(year !== undefined && { year: yearOf(year) }),
        ...(begins !== undefined && { 'year-begins': beginOf(begins) }),
      }
      return { command, values: { ...rest, ...told, path: feed, confirm: confirmed(values.confirm ?? []) } }
    }
    case 'join': {
      const who = 'say who is one person: npm run directory -- join <login or id> <login or id>'
      return { command, values: { ...values, people: [needed(path, who), needed(more[0], who)] } }
    }
    case 'separate': {
      const person = needed(path, 'say who: npm run directory -- separate <login or id>')
      return { command, values: { ...values, person } }
    }
    case 'erase':
      return { command, values: { ...values, ...(path !== undefined && { person: path }) } }
    case 'codes': {
      const { address, ...rest } = values
      const told = address !== undefined && { address: originOf(address) }
      return { command, values: { ...rest, ...told, school: school(), language: languageOf(values.language) } }
    }
    case 'identify': {
      const person = needed(values.person, 'say who it is: --person <key of the feed>')
      const source = needed(values.source, 'say of which feed the key is: --source <source>, as the import says it')
      return { command, values: { ...values, person, source, as: identityOf(values.as) } }
    }
    case 'administrator': {
      const person = needed(values.person, 'say who it is: --person <login or key of the feed>')
      return { command, values: { ...values, school: school(), person } }
    }
    case 'territory-role': {
      const person = needed(values.person, 'say who it is: --person <login>')
      const role = territoryRoleOf(needed(values.role, `say which role: --role ${territoryRoles.join(' or ')}`))
      return { command, values: { ...values, role, person } }
    }
    case 'freeze': {
      const { end = false, ...rest } = values
      const person = needed(values.person, 'say who it is: --person <login>')
      if (end && values.reason !== undefined) throw new ImportRefused('--end takes no --reason')
      const reason = end ? undefined : needed(values.reason, 'say why: --reason <text>, or --end to take it back')
      return { command, values: { ...rest, person, reason } }
    }
    case 'reset-factor':
      return { command, values: { ...values, person: needed(values.person, 'say who it is: --person <login>') } }
    case 'boards':
    case 'demo':
      return { command, values }
  }
}
