import type { Access } from '../../../functions/platform/access.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import type { Command } from './options.ts'
import type { Territory } from './territory.ts'

/** What a command writes to, and the time it is. */
export type Terminal = {
  readonly out: (text: string) => void
  /** Writes a line of error output. */
  readonly err: (text: string) => void
  /** Whether the error output is a terminal: then a progress bar is drawn. */
  readonly watched: boolean
  /** Asks a question that is answered with yes or no. Absent where nobody is there to answer. */
  readonly ask?: (question: string) => Promise<boolean>
  readonly now: () => Date
}

/** What a command of that name is given. */
export type ValuesOf<Name extends Command['command']> = Extract<Command, { command: Name }>['values']

/** The territory's table, for what a command does with it. */
export const tableOf = <Uses extends Access>({ table, client }: Territory, access: Uses, { now }: Terminal) =>
  openTable(table, access, now, client)
