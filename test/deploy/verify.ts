import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fullName } from '../support/valmont.ts'
import { onBoard, rendered, withdrawn } from './boards.ts'
import { bootstrap, deploy } from './cdk.ts'
import { changedCopy, releaseHeader, scanHeader } from './changed.ts'
import { deployedDistribution } from './deployed.ts'
import { duties } from './duties.ts'
import { keyValues, startEdge } from './edge.ts'
import { type Emulator, startEmulator } from './emulator.ts'
import { counted, published, readable, refused, siteServed } from './journey.ts'
import { limits, s3Limits } from './limits.ts'
import { functionErrors } from './logs.ts'
import { sessionLost } from './lost.ts'
import { migrated } from './migrated.ts'
import { arrived } from './nightly.ts'
import { activate, importFeed, issueCodes } from './people.ts'
import { Missing, ministack, pythonWith } from './python.ts'
import { ProgramFailed } from './run.ts'
import { s3Behaves } from './s3.ts'
import { workGivenBack, workHandedIn, workSet } from './work.ts'

// npm run verify:deploy: a deploy that really happens. The CDK's own command line deploys the territory `demo` to
// MiniStack, an emulator of AWS on this machine's loopback; what is deployed is driven; a second deploy changes it.
// With --install, MiniStack is installed and nothing more: it fails where python3 cannot.

const root = fileURLToPath(new URL('../../', import.meta.url))
const territory = 'demo'
const stopped = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stopped.abort())
const { signal } = stopped
const interrupted = new Promise<never>((_, reject) => {
  signal.addEventListener('abort', () => reject(new Missing('Stopped before the end.')), { once: true })
})
interrupted.catch(() => {})

const say = (line: string) => process.stdout.write(`${line}\n`)
const began = performance.now()
const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`

/** What is under way, for the report of a failure. */
let step = ''
const steps = async <Value>(what: string, work: () => Promise<Value>): Promise<Value> => {
  signal.throwIfAborted()
  step = what
  const since = performance.now()
  const value = await Promise.race([work(), interrupted])
  say(`${seconds(since).padStart(8)}  ${what}`)
  return value
}

const verify = async (scratch: string, ending: (() => Promise<void>)[]): Promise<void> => {
  const tools = join(root, '.preau/tools')
  const python = await steps(`MiniStack ${ministack.version} is installed`, () => pythonWith(ministack, tools, signal))
  if (process.argv.includes('--install')) return
  const emulator = await steps('MiniStack is ready', () => startEmulator(python, join(scratch, 'emulator')))
  ending.push(emulator.stop, () => explained(emulator))
  await steps('its S3 does what the contract says, but for what limits.ts lists', () => s3Behaves(emulator))
  await steps('cdk bootstrap', () => bootstrap(emulator, scratch, signal))

  const deployed = async (cwd: string, name: string) => {
    const folder = join(scratch, name)
    await mkdir(folder)
    const how = { cwd, scratch: folder, territory, keep: name === 'first' }
    const { outputs, adapted } = await deploy(emulator, how, signal)
    const { TableName: table, EdgeDomain, BoardsBucketName: bucket, FeedsBucketName: feeds } = outputs
    if (!table || !EdgeDomain || !bucket || !feeds)
      throw new Error('the stack lacks an output: table, edge domain, boards bucket, feeds bucket')
    return { adapted, table, bucket, feeds, distribution: await deployedDistribution(emulator, EdgeDomain) }
  }
  const first = await steps('cdk deploy --all', () => deployed(root, 'first'))
  if (first.adapted.length > 0) say(`          given to the emulator on one metric each: ${first.adapted.join(', ')}`)
  const edge = await startEdge(emulator, first.distribution)
  ending.push(edge.close)
  const place = { emulator, root, scratch, table: first.table, signal }
  await steps('the web app is published', () => siteServed(edge.url))
  await steps('a directory feed is imported, and again without a write', () => importFeed(place))
  const codes = await steps('activation codes are issued', () => issueCodes(place))
  await steps('a delta dropped into the bucket is imported by itself; who is new gets a code', () =>
    arrived(place, first.feeds),
  )
  const as = (name: 'marc' | 'sophie' | 'ines' | 'helene') => activate(edge.url, codes, name)
  const [head, guardian, pupil, teacher] = await steps(
    'a head, a guardian, a pupil and a teacher activate, sign out, sign in',
    async () => [await as('marc'), await as('sophie'), await as('ines'), await as('helene')] as const,
  )
  const news = await steps('the head publishes, once for one key', () => published(head))
  await steps('the stream puts it into the feed; the pupil reads it', async () => {
    const reply = await readable(pupil, news)
    if (reply.headers.has(releaseHeader)) throw new Error('the first deploy already has the code of the second')
  })
  await steps('the stream counts that the pupil has seen it', () => counted(head, pupil, news))
  const bucket = { emulator, bucket: first.bucket, table: first.table }
  const long = await steps('the stream renders board, text and indexes; the list is what the rows are', () =>
    rendered(bucket, head, pupil, news),
  )
  await steps('what is withdrawn is named by no index, and no file holds it', () =>
    withdrawn(bucket, head, pupil, long),
  )
  await steps('a session that was ended is on the list at the edge, and refused there', () => {
    const value = (key: string) => keyValues(emulator)(first.distribution.store, key)
    return sessionLost(edge.url, guardian, codes.get(fullName('sophie'))?.login ?? '', value)
  })
  const piece = await steps('a teacher sets work with a PDF, which waits for a scan; the class reads it', () =>
    workSet(emulator, teacher, pupil),
  )
  await steps('a pupil sends a file and hands it in, once', () => workHandedIn(emulator, pupil, piece))
  await steps('the teacher gives it back with a file; the pupil reads that then, and not before', () =>
    workGivenBack(emulator, teacher, pupil, piece),
  )
  await steps('every function does its part, within its role', () => duties(head, guardian, pupil))
  const { file } = await onBoard(pupil, news)
  await steps('others are refused', () => refused(edge.url, pupil, emulator, first.distribution))

  const copy = join(scratch, 'changed')
  await steps('the news function is changed in a copy, and the generation of items', () => changedCopy(root, copy))
  const second = await steps('cdk deploy --all, a second time', () => deployed(copy, 'second'))
  await steps('the items are migrated behind the deploy', () => migrated(bucket))
  await steps(
    'the new code runs, and may not scan the table; sessions, news, boards and counts are still there',
    async () => {
      if (second.table !== first.table) throw new Error('the second deploy made another table')
      edge.serve(second.distribution)
      const reply = await readable(pupil, news)
      if (reply.headers.get(releaseHeader) !== 'second') throw new Error('the first code still answers')
      const scanned = reply.headers.get(scanHeader)
      if (scanned !== 'AccessDeniedException') throw new Error(`the news function's scan of the table: ${scanned}`)
      await counted(head, pupil, news)
      if ((await onBoard(pupil, news)).file !== file) throw new Error('the board was rendered anew without need')
      await refused(edge.url, pupil, emulator, second.distribution)
    },
  )
}

/** Set by a failure, for the emulator to be asked before it is stopped. */
let failed = false
const explained = async (emulator: Emulator): Promise<void> => {
  if (!failed) return
  for (const line of emulator.complaints().slice(-60)) say(`  emulator: ${line}`)
  for (const line of (await functionErrors(emulator)).slice(-40)) say(`  ${line}`)
}

const scratch = await mkdtemp(join(tmpdir(), 'preau-deploy-'))
const ending: (() => Promise<void>)[] = []
try {
  await verify(scratch, ending)
} catch (error) {
  failed = true
  process.exitCode = 1
  if (error instanceof Missing) say(error.message)
  else {
    say(`FAILED after ${seconds(began)}: ${step}`)
    say(error instanceof Error ? (error.stack ?? error.message) : String(error))
    if (error instanceof ProgramFailed) {
      const telling = error.output.split('\n').filter(line => /FAILED|❌|rror|denied|not authorized/i.test(line))
      for (const line of [...telling.slice(-40), '…', ...error.output.split('\n').slice(-30)]) say(`  ${line}`)
    }
  }
} finally {
  for (const end of ending.reverse()) await end().catch(error => say(`  while ending: ${String(error)}`))
  await rm(scratch, { recursive: true, force: true, maxRetries: 5 })
}
if (!failed && !process.argv.includes('--install')) {
  say(`The territory ${territory} was deployed twice and driven, in ${seconds(began)}.`)
  say('The emulator does not:')
  for (const limit of limits) say(`- ${limit}`)
  say("Of the cases of the S3 contract, the emulator's S3 does not meet:")
  for (const [name, does] of Object.entries(s3Limits)) say(`- ${name}: it ${does}`)
}
