import { ImportRefused } from '../../../functions/directory/import/feed/finding.ts'
import type { Identity } from '../../../functions/directory/import/identify.ts'
import { type TerritoryRole, territoryRoles } from '../../../shared/kernel/role.ts'
import { closest } from '../../did-you-mean.ts'
import { parsed } from '../../parsed-options.ts'
import type { Language } from '../codes/texts.ts'
import { beginOf, confirmed, identityOf, languageOf, originOf, territoryRoleOf, yearOf } from './option-values.ts'
import { everywhere, ofCommand } from './usage.ts'

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
  ...ofCommand.outage,
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
  | {
      readonly command: 'outage'
      readonly values: Values & { readonly from: string; readonly to: string; readonly reason: string }
    }
  | { readonly command: 'deliver-again'; readonly values: Values }
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
    case 'outage': {
      const [from, to] = [needed(values.from, 'say since when: --from'), needed(values.to, 'say until when: --to')]
      return { command, values: { ...values, from, to, reason: needed(values.reason, 'say why: --reason <text>') } }
    }
    case 'deliver-again':
    case 'boards':
    case 'demo':
      return { command, values }
  }
}
