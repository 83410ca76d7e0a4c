import { accessSync, constants, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { CannotStart } from '../../lib/local/cannot-start.ts'
import { databaseProgram } from '../../lib/local/database.ts'
import { hold } from '../../lib/local/hold.ts'
import { checkPort } from '../../lib/local/loopback.ts'
import { lastingIn, runningIn, unannounce } from '../../lib/local/running.ts'
import type { Options } from './options.ts'

/** All that a territory leaves in its folder, but the lock. Nothing else is ever deleted there. */
export const kept = [
  ...['assembly', 'assembly.json', 'assembly.new', 'custom-resources.json', 'dead-letters', 'demo', 'demo.json'],
  ...['dynamodb', 'figures.json', 'key-values.json', 'logs', 'region.json', 's3', 'streams', 'territory.json'],
] as const

const taken = (data: string): CannotStart => {
  const running = runningIn(data)
  return new CannotStart(
    running
      ? `The territory in ${data} runs already, at ${running.url} (process ${running.pid}).`
      : `The folder ${data} is in use: a territory is being started there, or a directory imported into it.`,
  )
}

/**
 * Takes the territory's folder for this process, and refuses at once what would fail later: before anything is built.
 * Throws CannotStart. @returns what lets the folder go.
 */
export const prepare = async ({ data, fresh, empty, port }: Options, database: string | undefined) => {
  let release: ReturnType<typeof hold>
  try {
    // What is kept here names people: it is for its owner alone.
    mkdirSync(data, { recursive: true, mode: 0o700 })
    accessSync(data, constants.W_OK)
    release = hold(data)
  } catch (error) {
    throw new CannotStart(`The folder ${data} cannot be written (${(error as NodeJS.ErrnoException).code}).`)
  }
  if (!release) throw taken(data)
  unannounce(data)
  await checkPort(port)
  if (!database) databaseProgram()
  if (fresh) for (const name of kept) rmSync(join(data, name), { recursive: true, force: true })
  else if (empty && lastingIn(data)?.empty === false)
    throw new CannotStart(
      `The territory in ${data} holds the demo county: forget it with --fresh --empty, or choose another folder with --data.`,
    )
  return release
}
