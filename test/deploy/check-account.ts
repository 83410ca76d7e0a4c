import { setTimeout as wait } from 'node:timers/promises'
import { S3Client } from '@aws-sdk/client-s3'
import { edgeMePath } from '../../shared/kernel/board.ts'
import { sessionContract } from '../../shared/session/contract.ts'
import { signedIn } from '../support/http.ts'
import { type Configured, configuration, readConfiguration, viewerOf } from './account/configuration.ts'
import { type Finding, findingsText, hasFailed, notMeasured } from './account/finding.ts'
import { guarded, originRequests, utilisation } from './account/judge.ts'
import { age, collapse, crowd, encode, type Get, revalidate, withdraw } from './account/measures.ts'
import { bucketRequests, computeUtilisation, requestMetrics } from './account/metrics.ts'
import { openObjects } from './account/objects.ts'
import { type Options, readOptions, usage } from './account/options.ts'
import { seen } from './account/reply.ts'

// npm run check:account: what CloudFront does with boards, on a real account. See the usage in account/options.ts.

const say = (line: string) => process.stdout.write(`${line}\n`)
const findings: Finding[] = []
const found = (what: Finding | readonly Finding[]) => {
  const more = [what].flat()
  findings.push(...more)
  say(findingsText(more))
}

const onlyOfAws = 'only AWS can tell'
const minute = 60_000

/** Milliseconds that the edge's clock is ahead of this machine's, to half a second. */
const clockOffset = async (address: string, cookie: string): Promise<number> => {
  const sentAt = Date.now()
  const reply = await fetch(address + edgeMePath, { headers: { cookie } })
  const middle = (sentAt + Date.now()) / 2
  if (!reply.ok) throw new Error(`${edgeMePath} was answered ${reply.status}`)
  const { now } = (await reply.json()) as { now: number }
  return now * 1_000 + 500 - middle
}

/** Simultaneous requests alone in a minute of their own, if the bucket counts its requests. */
const counted = async (
  { region, bucket, endpoint }: Options,
  filter: string | undefined,
  work: () => Promise<Finding>,
): Promise<() => Promise<Finding>> => {
  if (filter === undefined) {
    found(await work())
    const why = endpoint
      ? onlyOfAws
      : 'the bucket has no request metrics for all its objects, and CloudFront keeps S3’s request ids from viewers'
    return async () => originRequests(undefined, why, crowd.passedOn)
  }
  const from = new Date(Math.ceil(Date.now() / minute) * minute)
  await wait(from.getTime() - Date.now())
  found(await work())
  const to = new Date(from.getTime() + minute)
  await wait(Math.max(0, to.getTime() - Date.now()))
  return async () => {
    const requests = await bucketRequests(region, bucket, filter, from, to)
    const why = `CloudWatch has nothing yet of the minute ${from.toISOString()}`
    return originRequests(requests, why, crowd.passedOn)
  }
}

const check = async (options: Options, ending: (() => Promise<unknown>)[]): Promise<void> => {
  const { address, bucket, region, endpoint } = options
  let configured: Configured | undefined
  if (endpoint) found(notMeasured('configuration', 'what is deployed is what boards rely on', onlyOfAws))
  else {
    configured = await readConfiguration(new URL(address).host)
    found(configuration(configured))
  }

  const s3 = new S3Client({
    region,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    ...(endpoint && { endpoint, forcePathStyle: true }),
  })
  const account = await signedIn(address, options.login, options.password)
  ending.push(() => account.ask(sessionContract.routes.signOut))
  const { body: me } = await account.ask(sessionContract.routes.me)
  const audience: string | undefined = me.audiences?.[0]?.id
  if (!audience) throw new Error('the test account is in no audience')
  const objects = openObjects(s3, bucket, audience)
  ending.push(objects.removeAll)
  const cookie = [...account.cookies]
    .filter(([, { path }]) => path === '/')
    .map(([name, { value }]) => `${name}=${value}`)
    .join('; ')
  const get: Get = (path, accept = 'br') => seen(address + path, { cookie, 'accept-encoding': accept })

  const path = objects.newPath()
  await objects.put(path, 1, 'file')
  const signedOut = (await seen(address + path, {})).status
  const unsigned = endpoint ? undefined : (await seen(`https://${bucket}.s3.${region}.amazonaws.com${path}`, {})).status
  found(guarded({ signedOut, unsigned }))

  const filter = endpoint ? undefined : await requestMetrics(s3, bucket)
  const ofBucket = await counted(options, filter, () => collapse(get, objects))
  found(await encode(get, objects))
  found(await age(get, objects, await clockOffset(address, cookie)))
  found(await revalidate(get, objects))
  found(await withdraw(get, objects))
  found(await ofBucket())
  if (configured) found(utilisation(await computeUtilisation(viewerOf(configured.config), new Date())))
  else found(notMeasured('function', 'the viewer function uses at most half of its time', onlyOfAws))
}

const ending: (() => Promise<unknown>)[] = []
let ended: Promise<void> | undefined
/** Removes what was put and signs out, once. */
const end = () => {
  ended ??= (async () => {
    for (const one of ending.reverse())
      await one().catch(error => {
        process.exitCode = 1
        say(`While ending: ${error instanceof Error ? error.message : String(error)}`)
      })
  })()
  return ended
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => void end().finally(() => process.exit(1)))

try {
  const options = readOptions(process.argv.slice(2), process.env)
  if (options === 'help') say(usage)
  else {
    await check(options, ending)
    if (hasFailed(findings)) process.exitCode = 1
  }
} catch (error) {
  process.exitCode = 1
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
} finally {
  await end()
}
