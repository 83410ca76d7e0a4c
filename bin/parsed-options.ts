import { type ParseArgsConfig, parseArgs } from 'node:util'
import { closest } from './did-you-mean.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** Node's own words on what is wrong with arguments, as a sentence that says what to do instead. */
const sentenceOf = ({ code, message }: Error & { readonly code?: string }, known: readonly string[]): string => {
  const [, said = ''] = /'(-{1,2}[^\s',]+)/.exec(message) ?? []
  const name = said.replace(/^-+/, '')
  const list = known.map(one => `--${one}`).join(', ')
  switch (code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION': {
      const meant = closest(name, known)
      return `there is no option ${said}${meant === undefined ? '' : `, did you mean --${meant}?`}: the options are ${list}`
    }
    case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
      return `"${/'([^']*)'/.exec(message)?.[1] ?? ''}" is no option: the options are ${list}`
    default:
      return /does not take an argument/.test(message) ? `${said} takes no value` : `${said} needs a value`
  }
}

/** The options and arguments of a command line, parsed; or why they cannot be, as one sentence. */
export const parsed = <const Known extends Options>(args: readonly string[], options: Known, positionals = true) => {
  const read = () => parseArgs({ args: [...args], options, allowPositionals: positionals })
  try {
    return { ...read(), refused: undefined }
  } catch (error) {
    return { refused: sentenceOf(error as Error, Object.keys(options)) } as {
      readonly refused: string
      readonly values: ReturnType<typeof read>['values']
      readonly positionals: string[]
    }
  }
}
