import { writeFileSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { assembly } from '../support/assembly.ts'
import { type Metered, startMetered } from '../support/metered.ts'
import { populate, type Valmont } from '../support/populate.ts'
import { archive } from './archive.ts'
import { isMet, type Part, table } from './figure.ts'
import { functions } from './functions.ts'
import { imports } from './import/import.ts'
import { nights } from './import/unattended.ts'
import { load } from './load.ts'
import { onPhone } from './phone.ts'
import { requests } from './requests.ts'
import { screens } from './screens/screens.ts'
import { measureTimes } from './times/times.ts'
import { web } from './web.ts'
import { weeks } from './week.ts'

const usage = `Usage: npm run bench [-- options]

  --only <part>   functions, requests, load, web, screens, phone, archive, import, nights, boards or week; several times if wanted
  --people <n>    how many people the whole import brings in: 50,000 unless told; 1,000,000 take half an hour
  --json <file>   write the figures to a file as well`

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    people: { type: 'string', default: '50000' },
    json: { type: 'string' },
    help: { type: 'boolean' },
  },
})
if (values.help) {
  process.stdout.write(`${usage}\n`)
  process.exit()
}

if (!(Number(values.people) >= 5)) {
  process.stderr.write(`--people ${values.people}: it takes a number of people, 5 at least\n`)
  process.exit(1)
}

/** A territory for the parts that need one, started once. */
const territory = (() => {
  let opened: Promise<{ metered: Metered; valmont: Valmont }> | undefined
  const open = async () => {
    const metered = await startMetered(await assembly())
    return { metered, valmont: await populate(metered) }
  }
  return {
    open: () => {
      opened ??= open()
      return opened
    },
    stop: async () => (await opened?.catch(() => undefined))?.metered.stop(),
  }
})()

const measures: Record<string, () => Promise<Part | readonly Part[]>> = {
  functions: async () => functions(await assembly()),
  requests: async () => {
    const { metered, valmont } = await territory.open()
    return requests(metered, valmont)
  },
  load: async () => {
    const { metered, valmont } = await territory.open()
    return load(metered, valmont)
  },
  web,
  screens,
  phone: onPhone,
  archive,
  import: () => imports({ import: Number(values.people) }),
  nights: () => nights({ people: Number(values.people) }),
  boards: async () => {
    // What a function's entry reads of its environment as it is loaded.
    Object.assign(process.env, { TABLE_NAME: 'preau-bench', TERRITORY: 'demo' })
    return (await import('./boards/boards.ts')).boards()
  },
  week: async () => weeks(await measureTimes(await assembly())),
}

// The week's sum is part of the boards, by the counts that these measure.
const wanted = values.only ?? Object.keys(measures).filter(name => name !== 'week')
const parts: Part[] = []
try {
  for (const name of wanted) {
    const measure = measures[name]
    if (!measure) throw new Error(`there is no part ${name}\n${usage}`)
    process.stderr.write(`measuring ${name} …\n`)
    parts.push(...[await measure()].flat())
  }
} finally {
  await territory.stop()
}

const [processor] = cpus()
const machine = `Node ${process.version}, ${availableParallelism()} × ${processor?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB`
process.stdout.write(`${machine}\n${table(parts)}\n`)
if (values.json) writeFileSync(values.json, `${JSON.stringify({ machine, parts }, null, 2)}\n`)
const missed = parts.flatMap(({ figures }) => figures).filter(figure => isMet(figure) === false)
if (missed.length > 0) process.stdout.write(`\n${missed.length} of the targets NOT met\n`)
