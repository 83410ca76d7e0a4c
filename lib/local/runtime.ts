import dns from 'node:dns'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * The program of an execution environment's process: loads the function's bundle, then processes one event after the
 * other, as Lambda's Node runtime does. Started by environment.ts with an IPC channel; exits when the channel closes.
 */

type Invocation = { readonly event: unknown; readonly requestId: string; readonly deadline: number }

/**
 * Resolves names under localhost to the loopback address (RFC 6761, 6.3). Not every system resolver does, and the
 * CloudFront KeyValueStore client prepends the account id to the host name.
 */
const systemLookup = dns.lookup
dns.lookup = ((hostname: string, ...rest: [never, never]) =>
  systemLookup(hostname.endsWith('.localhost') ? '127.0.0.1' : hostname, ...rest)) as typeof dns.lookup

const failure = (error: unknown) => ({
  errorType: error instanceof Error ? error.name : 'Error',
  errorMessage: error instanceof Error ? error.message : String(error),
  stackTrace: error instanceof Error ? (error.stack ?? '').split('\n') : [],
})

const send = (message: object): void => {
  process.send?.(message)
}

process.once('disconnect', () => process.exit())

const [module = '', name = ''] = (process.env._HANDLER ?? '').split('.')
const startedAt = performance.now()
try {
  const file = pathToFileURL(join(process.env.LAMBDA_TASK_ROOT ?? '.', `${module}.mjs`)).href
  const loaded: Record<string, unknown> = await import(file)
  const handler = loaded[name]
  if (typeof handler !== 'function') throw new Error(`${module}.mjs exports no ${name}`)
  process.on('message', async ({ event, requestId, deadline }: Invocation) => {
    const context = {
      awsRequestId: requestId,
      functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
      functionVersion: '$LATEST',
      memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
      logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
      logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
      callbackWaitsForEmptyEventLoop: false,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    }
    try {
      send({ payload: (await handler(event, context)) ?? null })
    } catch (error) {
      process.stderr.write(`${JSON.stringify({ level: 'ERROR', requestId, ...failure(error) })}\n`)
      send({ error: failure(error) })
    }
  })
  send({ ready: performance.now() - startedAt })
} catch (error) {
  process.stderr.write(`${JSON.stringify({ level: 'ERROR', ...failure(error) })}\n`)
  send({ error: failure(error) })
  process.disconnect?.()
}
