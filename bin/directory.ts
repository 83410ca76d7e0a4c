import { runAdministrator, runCodes, runDemo, runImport, type Terminal } from './directory/cli/commands.ts'
import { sentenceOf } from './directory/cli/failure.ts'
import { type Command, readCommand, usage } from './directory/cli/options.ts'
import { openTerritory } from './directory/cli/territory.ts'

const terminal: Terminal = {
  out: line => process.stdout.write(`${line}\n`),
  watched: process.stderr.isTTY,
  now: () => new Date(),
}

// A pipe that nobody reads any more ends the words and not the import.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const run = async (read: Command): Promise<number> => {
  const territory = await openTerritory(read.values)
  try {
    switch (read.command) {
      case 'import':
        return await runImport(read.values, territory, terminal)
      case 'codes':
        return await runCodes(read.values, territory, terminal)
      case 'administrator':
        return await runAdministrator(read.values, territory, terminal)
      case 'demo':
        return await runDemo(read.values, territory, terminal)
    }
  } finally {
    await territory.close()
  }
}

let place: Parameters<typeof sentenceOf>[1] = {}
try {
  const read = readCommand(process.argv.slice(2))
  if (read === 'help') terminal.out(usage)
  else {
    place = read.values
    process.exitCode = await run(read)
  }
} catch (error) {
  const sentence = sentenceOf(error, place)
  if (sentence === undefined) throw error
  process.stderr.write(`${sentence}\n`)
  process.exitCode = 1
}
