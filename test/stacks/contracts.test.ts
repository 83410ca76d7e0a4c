import { describe, expect, it } from 'vitest'
import { boardsBehaviour, cachedBehaviours, privateBehaviours } from '../../lib/platform/behaviours.ts'
import { contracts } from '../../shared/features.ts'
import { boardCache, indexCache } from '../../shared/kernel/board.ts'
import type { Contract, Route } from '../../shared/kernel/route.ts'
import { at, list, ofType, synthesized } from './check/template.ts'

const demo = () => synthesized('demo')
const routes = contracts.flatMap(contract =>
  Object.values<Route>(contract.routes).map(route => ({ ...route, by: contract.function })),
)

type Served = (typeof routes)[number]

const distribution = () => {
  const [found] = ofType(demo(), 'AWS::CloudFront::Distribution')
  return at(found?.[1], 'DistributionConfig')
}
const behaviour = (pattern: string) =>
  list(at(distribution(), 'CacheBehaviors')).find(one => at(one, 'PathPattern') === pattern)
const policyOf = (one: unknown) => {
  const id = at(one, 'CachePolicyId', 'Ref')
  return ofType(demo(), 'AWS::CloudFront::CachePolicy').find(([name]) => name === id)?.[1]
}
const originOf = (one: unknown) =>
  list(at(distribution(), 'Origins')).find(origin => at(origin, 'Id') === at(one, 'TargetOriginId'))

describe('the HTTP API', () => {
  it('has the routes of the contracts, each with its function, and no others', () => {
    const template = demo()
    const integrations = new Map(ofType(template, 'AWS::ApiGatewayV2::Integration'))
    const deployed = ofType(template, 'AWS::ApiGatewayV2::Route').map(([, route]) => {
      const target = list(at(route, 'Target', 'Fn::Join', 1)).find(part => typeof part === 'object')
      const fn = at(integrations.get(String(at(target, 'Ref'))), 'IntegrationUri', 'Fn::GetAtt', 0)
      return `${at(route, 'RouteKey')} ${at(template.Resources[String(fn)], 'Properties', 'FunctionName')}`
    })
    const declared = routes.map(({ method, path, by }) => `${method} ${path} preau-demo-${by}`)
    // What a path does not take is refused by a function that serves it.
    const refusing = [...Map.groupBy(routes, ({ path }) => path)].map(([path, of]) => {
      const { by } = of.length > 1 ? (of.find(one => one.by === 'session') ?? (of[0] as Served)) : (of[0] as Served)
      return `ANY ${path} preau-demo-${by}`
    })
    expect(deployed.sort()).toEqual([...declared, ...refusing].sort())
  })

  it('throttles every route, and those that hash passwords more', () => {
    const template = demo()
    const [[, stage]] = ofType(template, 'AWS::ApiGatewayV2::Stage') as [[string, unknown]]
    const all = Number(at(stage, 'DefaultRouteSettings', 'ThrottlingRateLimit'))
    // An account has 10,000 a second for all of its APIs.
    expect(all).toBeLessThanOrEqual(5_000)
    const expensive = routes.filter(one => one.by === 'password')
    expect(expensive.length).toBeGreaterThan(0)
    for (const { method, path } of expensive) {
      const rate = at(stage, 'RouteSettings', `${method} ${path}`, 'ThrottlingRateLimit')
      expect(rate, path).toBeLessThanOrEqual(all / 8)
    }
    // A stage that names a route which is not there yet is refused.
    const { DependsOn } = Object.values(template.Resources).find(one => one.Type === 'AWS::ApiGatewayV2::Stage') ?? {}
    const waitsFor = list(DependsOn).map(String)
    const named = Object.keys(at(stage, 'RouteSettings') as object)
    const keys = waitsFor.map(id => at(template.Resources, id, 'Properties', 'RouteKey'))
    expect(keys).toEqual(expect.arrayContaining(named))
  })

  it('is the only one that may invoke the functions', () => {
    const permissions = ofType(demo(), 'AWS::Lambda::Permission').map(([, one]) => one)
    const ofApi = permissions.filter(one => at(one, 'Principal') === 'apigateway.amazonaws.com')
    expect(ofApi).toHaveLength(contracts.length)
    expect(permissions.every(one => at(one, 'SourceArn') !== undefined)).toBe(true)
  })
})

describe('the edge', () => {
  it('has its behaviours in order from specific to general', () => {
    const patterns = list(at(distribution(), 'CacheBehaviors')).map(one => at(one, 'PathPattern'))
    expect(patterns).toEqual([
      '/api/openapi.json',
      ...cachedBehaviours(contracts).map(one => one.pattern),
      '/boards/*',
      '/media/*',
      ...privateBehaviours(contracts),
    ])
    expect(patterns).toContain('/api/audiences/*')
  })

  it('has a behaviour for every route of the contracts, with an origin of its own for shared reads', () => {
    const patterns = list(at(distribution(), 'CacheBehaviors')).map(one => String(at(one, 'PathPattern')))
    for (const { kind, path } of routes) {
      const first = patterns.find(pattern => path.startsWith(pattern.replace('*', '')))
      const origin = at(behaviour(first ?? ''), 'TargetOriginId')
      expect([path, origin]).toEqual([path, kind === 'shared' ? 'shared-reads' : 'api'])
    }
  })

  it('has a cache key of URL, cursor and list for shared reads, and obeys the Cache-Control of their contract', () => {
    for (const { pattern, query, longest } of cachedBehaviours(contracts)) {
      const found = behaviour(pattern)
      const policy = at(policyOf(found), 'CachePolicyConfig')
      expect(at(policy, 'ParametersInCacheKeyAndForwardedToOrigin')).toMatchObject({
        CookiesConfig: { CookieBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'none' },
        QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: query },
      })
      expect(policy).toMatchObject({ MinTTL: 0, DefaultTTL: 0, MaxTTL: longest })
      expect(query).toEqual(['cursor', 'list'])
      expect(longest).toBeGreaterThanOrEqual(86_400)
      // An origin request policy that forwards, for example, a cookie would prevent request collapsing.
      expect(at(found, 'OriginRequestPolicyId')).toBeUndefined()
      expect(at(found, 'AllowedMethods')).toEqual(['GET', 'HEAD'])
    }
  })

  it('has short timeouts for shared reads, and Origin Shield in the European Union', () => {
    const origin = originOf(behaviour('/api/audiences/*'))
    expect(origin).toMatchObject({
      ConnectionAttempts: 1,
      ConnectionTimeout: 1,
      CustomOriginConfig: { OriginReadTimeout: 2, OriginProtocolPolicy: 'https-only' },
      OriginShield: { Enabled: true, OriginShieldRegion: 'eu-central-1' },
    })
  })

  it('serves boards from a bucket of their own that is waited for one second, once, without Origin Shield', () => {
    const origin = originOf(behaviour('/boards/*'))
    expect(origin).toMatchObject({
      ConnectionAttempts: 1,
      ConnectionTimeout: 1,
      S3OriginConfig: { OriginAccessIdentity: '', OriginReadTimeout: 1 },
      OriginAccessControlId: expect.anything(),
    })
    expect(at(origin, 'OriginShield', 'Enabled')).not.toBe(true)
    expect(at(origin, 'DomainName', 'Fn::GetAtt', 0)).toMatch(/^Boards/)
  })

  it('has a cache key of the path alone for boards, longer than their stale windows', () => {
    const found = behaviour('/boards/*')
    const policy = at(policyOf(found), 'CachePolicyConfig')
    expect(policy).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 0,
      ParametersInCacheKeyAndForwardedToOrigin: {
        CookiesConfig: { CookieBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'none' },
        QueryStringsConfig: { QueryStringBehavior: 'none' },
        EnableAcceptEncodingBrotli: true,
        EnableAcceptEncodingGzip: true,
      },
    })
    for (const { ttl, staleIfError } of [boardCache, indexCache])
      expect(at(policy, 'MaxTTL')).toBeGreaterThanOrEqual(ttl + staleIfError)
    expect(at(found, 'OriginRequestPolicyId')).toBeUndefined()
    expect(at(found, 'AllowedMethods')).toEqual(['GET', 'HEAD'])
    expect(at(found, 'Compress')).toBe(true)
  })

  it('has browsers keep nothing of what only some may see', () => {
    const policies = new Map(ofType(demo(), 'AWS::CloudFront::ResponseHeadersPolicy'))
    for (const pattern of ['/boards/*', '/api/audiences/*', '/media/*']) {
      const policy = policies.get(String(at(behaviour(pattern), 'ResponseHeadersPolicyId', 'Ref')))
      const items = list(at(policy, 'ResponseHeadersPolicyConfig', 'CustomHeadersConfig', 'Items'))
      expect(items).toContainEqual({ Header: 'cache-control', Value: 'private, no-store', Override: true })
    }
  })

  it('has no behaviour for boards where no contract declares one', () => {
    const without = contracts.map(({ board: _, ...rest }: Contract): Contract => rest)
    expect(boardsBehaviour(without)).toBeUndefined()
    expect(boardsBehaviour(contracts)?.pattern).toBe('/boards/*')
  })

  it('does not cache the other routes of the API', () => {
    // AWS's managed policies CachingDisabled and AllViewerExceptHostHeader.
    expect(behaviour('/api/*')).toMatchObject({
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
    })
  })

  it('sends the API the secret that is an attribute of the keys’ custom resource', () => {
    const origins = [originOf(behaviour('/api/*')), originOf(behaviour('/api/audiences/*'))]
    for (const origin of origins)
      expect(at(origin, 'OriginCustomHeaders')).toEqual([
        { HeaderName: 'x-preau-edge', HeaderValue: { 'Fn::GetAtt': ['TerritoryKeys', 'EdgeSecret'] } },
      ])
    expect(demo().Resources.TerritoryKeys?.Type).toBe('Custom::PreauKeys')
  })

  it('runs the viewer function and sends the security headers in all behaviours, over TLS only', () => {
    const config = distribution()
    for (const one of [at(config, 'DefaultCacheBehavior'), ...list(at(config, 'CacheBehaviors'))]) {
      expect(at(one, 'FunctionAssociations', 0, 'EventType')).toBe('viewer-request')
      expect(at(one, 'FunctionAssociations', 0, 'FunctionARN', 'Fn::GetAtt', 0)).toMatch(/^Viewer/)
      expect(at(one, 'ResponseHeadersPolicyId', 'Ref')).toMatch(/^(Security|Guarded|Media)Headers/)
      // A browser's page is redirected; a program that speaks http to the API is refused, and learns it.
      const pattern = at(one, 'PathPattern')
      expect([pattern, at(one, 'ViewerProtocolPolicy')]).toEqual([
        pattern,
        pattern === undefined ? 'redirect-to-https' : 'https-only',
      ])
    }
  })

  it('reads the buckets by origin access control', () => {
    for (const one of [at(distribution(), 'DefaultCacheBehavior'), behaviour('/media/*'), behaviour('/boards/*')])
      expect(at(originOf(one), 'OriginAccessControlId')).toBeDefined()
  })

  it('sends a Content-Security-Policy without other origins and inline code', () => {
    const policy = ofType(demo(), 'AWS::CloudFront::ResponseHeadersPolicy').find(([id]) => id.startsWith('Security'))
    const headers = at(policy?.[1], 'ResponseHeadersPolicyConfig', 'SecurityHeadersConfig')
    // Files go straight to the bucket of documents: the one other host, whose name CloudFormation fills in.
    const [before, host, after] = list(at(headers, 'ContentSecurityPolicy', 'ContentSecurityPolicy', 'Fn::Join', 1))
    expect(at(host, 'Fn::GetAtt', 0)).toMatch(/^Documents/)
    expect(before).toMatch(/; connect-src 'self' https:\/\/$/)
    const csp = `${String(before).replace(/ https:\/\/$/, '')}${after}`
    expect(csp.split('; ')).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"]),
    )
    expect(csp).not.toMatch(/unsafe|https?:|\*/)
    expect(at(headers, 'StrictTransportSecurity', 'AccessControlMaxAgeSec')).toBeGreaterThanOrEqual(31_536_000)
    expect(at(headers, 'ReferrerPolicy', 'ReferrerPolicy')).toBe('no-referrer')
    expect(at(headers, 'ContentTypeOptions', 'Override')).toBe(true)
  })
})
