import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { onTestFinished, vi } from 'vitest'
import { type EdgeOptions, startEdge } from '../../../../lib/local/edge/edge.ts'
import type { OriginReply, OriginRequest } from '../../../../lib/local/http.ts'

export type Answer = { status: number; headers: IncomingHttpHeaders; lines: string[]; body: Buffer; text: string }
export type Ask = { method?: string; headers?: Record<string, string | string[]>; body?: string | Buffer }

/** A client of a browser's kind: keeps its connections, follows nothing, decodes nothing. */
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

/** A cache policy with these lifetimes; its key is the path, and what `key` adds. */
export const cachePolicy = (ttl: [min: number, usual: number, max: number], key: Record<string, unknown> = {}) => ({
  CachePolicyConfig: {
    ...{ Name: 'test', MinTTL: ttl[0], DefaultTTL: ttl[1], MaxTTL: ttl[2] },
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

export type Stage = Partial<
  Pick<EdgeOptions, 'cachePolicies' | 'originRequestPolicies' | 'responseHeadersPolicies'>
> & {
  /** The default behaviour, then those with a path. */
  behaviours?: Behaviour[]
  /** More settings of the distribution. */
  distribution?: Record<string, unknown>
  /** More settings of its origin. */
  origin?: Record<string, unknown>
  answer?: (request: OriginRequest) => Partial<OriginReply> | Promise<Partial<OriginReply>>
  /** Source of a viewer function, for every behaviour. */
  viewer?: string
  keys?: Record<string, string>
  capacity?: number
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

/** An edge before an origin that `answer` plays, at a time that stands still but for `wait`. */
export const stage = async ({ behaviours = [{}], viewer, keys = {}, ...given }: Stage = {}) => {
  const clock = { now: Date.parse('2026-03-16T08:00:00Z') }
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
  })
  onTestFinished(() => edge.close())
  return {
    edge,
    asked,
    seen,
    get: client(edge.port),
    /** Waits until so many requests have come to the default behaviour, answered or not. */
    come: (requests: number) =>
      vi.waitUntil(() => edge.counts()['*']?.requests === requests, { timeout: 10_000, interval: 5 }),
    wait: (seconds: number) => {
      clock.now += seconds * 1000
    },
  }
}

/** Lets what goes on in the edge behind a reply come to its end: nothing of it waits for the network. */
export const settled = () => new Promise(resolve => setTimeout(resolve, 20))

/** An origin whose every answer is another version, to be kept as `control` says. */
export const versions = (control: string, more: Record<string, string> = {}) => {
  let version = 0
  return () => reply(`version ${++version}`, { 'cache-control': control, ...more })
}
