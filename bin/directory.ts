import { createInterface } from 'node:readline/promises'
import { runCodes } from './directory/cli/codes.ts'
import {
  runAdministrator,
  runBoards,
  runDemo,
  runFreeze,
  runIdentify,
  runResetFactor,
  runTerritoryRole,
} from './directory/cli/commands.ts'
import { runDeliverAgain } from './directory/cli/deliver-again.ts'
import { runErase } from './directory/cli/erase.ts'
import { sentenceOf } from './directory/cli/failure.ts'
import { runImport } from './directory/cli/import.ts'
import { runJoin, runSeparate } from './directory/cli/join.ts'
import { type Command, readCommand } from './directory/cli/options.ts'
import { runOutage } from './directory/cli/outage.ts'
import type { Terminal } from './directory/cli/terminal.ts'
import { openTerritory } from './directory/cli/territory.ts'
import { usage } from './directory/cli/usage.ts'

const ask = async (question: string): Promise<boolean> => {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^(y|yes|o|oui)$/i.test((await lines.question(`${question} [yes/no] `)).trim())
  } finally {
    lines.close()
  }
}

const terminal: Terminal = {
  out: line => process.stdout.write(`${line}\n`),
  err: line => process.stderr.write(`${line}\n`),
  watched: process.stderr.isTTY,
  ...(process.stdin.isTTY && { ask }),
  now: () => new Date(),
}

// Ignore EPIPE: the import outlives its terminal.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const run = async (read: Command): Promise<number> => {
  const territory = await openTerritory(read.values)
  // On the error output: what `--json` prints is for programs.
  terminal.err(`On ${territory.name}.`)
  try {
    switch (read.command) {
      case 'import':
        return await runImport(read.values, territory, terminal)
      case 'join':
        return await runJoin(read.values, territory, terminal)
      case 'separate':
        return await runSeparate(read.values, territory, terminal)
      case 'erase':
        return await runErase(read.values, territory, terminal)
      case 'codes':
        return await runCodes(read.values, territory, terminal)
      case 'identify':
        return await runIdentify(read.values, territory, terminal)
      case 'administrator':
        return await runAdministrator(read.values, territory, terminal)
      case 'territory-role':
        return await runTerritoryRole(read.values, territory, terminal)
      case 'freeze':
        return await runFreeze(read.values, territory, terminal)
      case 'reset-factor':
        return await runResetFactor(read.values, territory, terminal)
      case 'outage':
        return await runOutage(read.values, territory, terminal)
      case 'deliver-again':
        return await runDeliverAgain(read.values, territory, terminal)
      case 'boards':
        return await runBoards(read.values, territory, terminal)
      case 'demo':
        return await runDemo(read.values, territory, terminal)
    }
  } finally {
    await territory.close()
  }
}

let territory: Parameters<typeof sentenceOf>[1] = {}
try {
  const read = readCommand(process.argv.slice(2))
  if (read === 'help') terminal.out(usage)
  else {
    territory = read.values
    process.exitCode = await run(read)
  }
} catch (error) {
  const sentence = sentenceOf(error, territory)
  if (sentence === undefined) throw error
  terminal.err(sentence)
  process.exitCode = 1
}
