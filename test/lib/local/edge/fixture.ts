import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { onTestFinished, vi } from 'vitest'
import { type EdgeOptions, startEdge } from '../../../../lib/local/edge/edge.ts'
import type { OriginReply, OriginRequest } from '../../../../lib/local/http.ts'
import { timeoutMs } from '../../../support/timeout.ts'

export type Answer = { status: number; headers: IncomingHttpHeaders; lines: string[]; body: Buffer; text: string }
export type Ask = { method?: string; headers?: Record<string, string | string[]>; body?: string | Buffer }

/** An HTTP client that keeps connections open, follows no redirect and decodes no body. */
export const client = (port: number) => {
  const agent = new Agent({ keepAlive: true })
  onTestFinished(() => agent.destroy())
  return (path: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const asked = request({ port, path, method, headers, agent, host: '127.0.0.1' }, async reply => {
        const chunks: Buffer[] = []
        for await (const chunk of reply) chunks.push(chunk)
        const whole = Buffer.concat(chunks)
        const { statusCode: status = 0, headers: sent, rawHeaders: lines } = reply
        resolve({ status, headers: sent, lines, body: whole, text: whole.toString() })
      })
      asked.on('error', reject)
      asked.end(body)
    })
}

/** A cache policy with these TTLs in seconds. Its key is the path, and what `key` adds. */
export const cachePolicy = (ttl: [min: number, usual: number, max: number], key: Record<string, unknown> = {}) => ({
  CachePolicyConfig: {
    Name: 'test',
    MinTTL: ttl[0],
    DefaultTTL: ttl[1],
    MaxTTL: ttl[2],
    ParametersInCacheKeyAndForwardedToOrigin: {
      EnableAcceptEncodingGzip: true,
      EnableAcceptEncodingBrotli: true,
      CookiesConfig: { CookieBehavior: 'none' },
      HeadersConfig: { HeaderBehavior: 'none' },
      QueryStringsConfig: { QueryStringBehavior: 'none' },
      ...key,
    },
  },
})

type Behaviour = Record<string, unknown> & { path?: string }

export type TestEdgeOptions = Partial<
  Pick<EdgeOptions, 'cachePolicies' | 'originRequestPolicies' | 'responseHeadersPolicies'>
> & {
  /** The default behaviour, then those with a path. */
  behaviours?: Behaviour[]
  /** Additional settings of the distribution. */
  distribution?: Record<string, unknown>
  /** Additional settings of its origin. */
  origin?: Record<string, unknown>
  /** The origin's reply; 200 with body `hello` by default. */
  answer?: (request: OriginRequest) => Partial<OriginReply> | Promise<Partial<OriginReply>>
  /** Source of a viewer function, for every behaviour. */
  viewer?: string
  keys?: Record<string, string>
  /** The edge's clock, in milliseconds since 1970; by default one of its own, which only `wait` advances. */
  clock?: { now: number }
  capacity?: number
  patience?: number
}

export const reply = (body: string, headers: Record<string, string> = {}, status = 200): OriginReply => ({
  status,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
  body: Buffer.from(body),
})

const behaviour = ({ path, ...stated }: Behaviour, viewer: boolean) => ({
  ...(path && { PathPattern: path }),
  TargetOriginId: 'origin',
  ViewerProtocolPolicy: 'redirect-to-https',
  CachePolicyId: 'shared',
  ...(viewer && { FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: 'arn:viewer' }] }),
  ...stated,
})

/** An edge in front of an origin that replies with `answer`. Its clock only advances by `wait`, or with the one that is given. */
export const startTestEdge = async ({ behaviours = [{}], viewer, keys = {}, ...given }: TestEdgeOptions = {}) => {
  const clock = given.clock ?? { now: Date.parse('2026-03-16T08:00:00Z') }
  const asked: OriginRequest[] = []
  const seen: Parameters<NonNullable<EdgeOptions['onRequest']>>[0][] = []
  const [usual = {}, ...others] = behaviours
  const edge = await startEdge({
    port: 0,
    distribution: {
      DistributionConfig: {
        Enabled: true,
        Origins: [{ Id: 'origin', DomainName: 'origin.example', ConnectionAttempts: 1, ...given.origin }],
        DefaultCacheBehavior: behaviour(usual, viewer !== undefined),
        CacheBehaviors: others.map(other => behaviour(other, viewer !== undefined)),
        ...given.distribution,
      },
    },
    cachePolicies: { shared: cachePolicy([0, 0, 86_400]), ...given.cachePolicies },
    originRequestPolicies: given.originRequestPolicies ?? {},
    responseHeadersPolicies: given.responseHeadersPolicies ?? {},
    functions: viewer
      ? {
          'arn:viewer': {
            FunctionCode: viewer,
            FunctionConfig: {
              Runtime: 'cloudfront-js-2.0',
              KeyValueStoreAssociations: [{ KeyValueStoreARN: 'arn:store' }],
            },
          },
        }
      : {},
    originOf: () => async request => {
      asked.push(request)
      return { ...reply('hello'), ...(await given.answer?.(request)) }
    },
    keyValues: (store, key) => (store === 'arn:store' ? keys[key] : undefined),
    now: () => clock.now,
    onRequest: one => seen.push(one),
    ...(given.capacity !== undefined && { capacity: given.capacity }),
    patience: given.patience,
  })
  onTestFinished(() => edge.close())
  return {
    edge,
    asked,
    seen,
    get: client(edge.port),
    /** Waits until the default behaviour has received so many requests, answered or not. */
    received: (requests: number) =>
      vi.waitUntil(() => edge.counts()['*']?.requests === requests, { timeout: timeoutMs(2), interval: 5 }),
    wait: (seconds: number) => {
      clock.now += seconds * 1000
    },
  }
}

/**
 * Waits for what the edge does after a reply, such as a background revalidation: turns of the event loop, since none of
 * it waits for anything outside this process.
 */
export const backgroundWork = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn++) await nextTurn()
}

/** An origin whose replies are numbered versions with this Cache-Control. */
export const versions = (control: string, more: Record<string, string> = {}) => {
  let version = 0
  return () => reply(`version ${++version}`, { 'cache-control': control, ...more })
}
