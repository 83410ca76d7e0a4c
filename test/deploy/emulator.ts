import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { startChildProcess, waitForExit } from '../../lib/local/child-process.ts'
import { freePort } from '../../lib/local/loopback.ts'

export const account = '000000000000'
export const region = 'eu-west-3'

export type Emulator = {
  /** `http://127.0.0.1:<port>`: every service. */
  readonly endpoint: string
  /** For programs that talk to AWS: they reach the emulator and nothing else. */
  readonly environment: NodeJS.ProcessEnv
  /** The last lines of its log that are not routine. */
  readonly complaints: () => string[]
  /** Ends it and every function it runs. */
  readonly stop: () => Promise<void>
}

/** Throws unless `endpoint` is the loopback's: nothing here is to reach a real account. */
const onLoopback = (endpoint: string): string => {
  const { protocol, hostname } = new URL(endpoint)
  if (protocol !== 'http:' || hostname !== '127.0.0.1')
    throw new Error(`verify:deploy talks to 127.0.0.1 alone: ${endpoint}`)
  return endpoint
}

/** No AWS variable, no proxy and no home of whoever runs this gets through. */
const bare = (home: string): NodeJS.ProcessEnv => ({
  PATH: `${dirname(process.execPath)}:${process.env.PATH ?? '/usr/bin:/bin'}`,
  HOME: home,
  TMPDIR: home,
  LANG: 'C.UTF-8',
  NO_COLOR: '1',
  // Any other key would be looked for among the users that IAM knows; this one is the account's root.
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_EC2_METADATA_DISABLED: 'true',
})

const healthy = async (endpoint: string): Promise<boolean> => {
  try {
    return (await fetch(`${endpoint}/_ministack/health`, { signal: AbortSignal.timeout(2_000) })).ok
  } catch {
    return false
  }
}

const routine = /^\S+ \S+ (INFO|DEBUG) |^\[.*\] \[INFO\]|^\s*$|"level":"INFO"|url\.parse|--trace-deprecation/

/**
 * Starts MiniStack on a free port of the loopback, with `home` as its home and for its temporary files. It enforces
 * IAM: a function may do what its role allows and no more.
 */
export const startEmulator = async (python: string, home: string): Promise<Emulator> => {
  await mkdir(home, { recursive: true })
  const port = await freePort()
  const endpoint = onLoopback(`http://127.0.0.1:${port}`)
  const names = new URL('./loopback-names.ts', import.meta.url)
  const child = startChildProcess(python, ['-m', 'ministack'], {
    ...bare(home),
    AUTH: 'true',
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_HOST: 'localhost',
    MINISTACK_ACCOUNT_ID: account,
    MINISTACK_REGION: region,
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    // What functions find: S3 by path, as an address of digits is asked; the key-value store by name.
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE: `http://localhost:${port}`,
    NODE_OPTIONS: `--import=${names.href}`,
  })
  const lines: string[] = []
  if (child.stderr)
    createInterface({ input: child.stderr }).on('line', line => {
      if (!routine.test(line)) lines.push(line.slice(0, 400))
      if (lines.length > 500) lines.shift()
      // What it printed before is its banner.
      if (/ Ready — /.test(line)) lines.length = 0
    })
  const stop = async () => {
    const group = (signal: NodeJS.Signals) => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, signal)
      } catch {
        // The group has ended.
      }
    }
    group('SIGTERM')
    await waitForExit(child)
    group('SIGKILL')
  }
  const end = Date.now() + 60_000
  while (!(await healthy(endpoint))) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > end) {
      await stop()
      throw new Error(`MiniStack did not start on port ${port}:\n${lines.join('\n')}`)
    }
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  const environment = {
    ...bare(join(home, 'client')),
    TMPDIR: home,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    CDK_DEFAULT_ACCOUNT: account,
    CDK_DEFAULT_REGION: region,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CI: 'true',
  }
  return { endpoint, environment, complaints: () => [...lines], stop }
}
