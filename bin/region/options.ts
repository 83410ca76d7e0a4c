import { resolve } from 'node:path'
import { CannotStart } from '../../lib/local/cannot-start.ts'
import { parsed } from '../parsed-options.ts'

export const usage = `Usage: npm start [-- <options>]

  Runs the territory on this machine.

  --port <number>   the port it listens on: 8080 by default
  --data <folder>   the folder of its data: .preau by default
  --fresh           delete its data and begin again
  --empty           a new territory without the demo county
  --help            this text

  PREAU_DYNAMODB=<url> uses a service that speaks DynamoDB's protocol instead of the embedded one.`

/** What the command line asks for. */
export type Options = {
  readonly port: number
  readonly data: string
  readonly fresh: boolean
  readonly empty: boolean
}

const options = {
  port: { type: 'string', default: '8080' },
  data: { type: 'string', default: '.preau' },
  fresh: { type: 'boolean', default: false },
  empty: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

/** Reads the command line. Throws CannotStart for what it does not know. */
export const readOptions = (args: readonly string[]): Options | 'help' => {
  const { values, refused } = parsed(args, options, false)
  if (refused !== undefined) throw new CannotStart(`${refused} (npm start -- --help)`)
  if (values.help) return 'help'
  const port = Number(values.port)
  if (!/^\d+$/.test(values.port) || port > 65_535)
    throw new CannotStart(`--port needs a number from 0 (any free port) to 65535, not "${values.port}".`)
  if (values.data === '') throw new CannotStart('--data needs the name of a folder.')
  return { port, data: resolve(values.data), fresh: values.fresh, empty: values.empty }
}
