import type { CachePolicyConfig, DistributionConfig } from '@aws-sdk/client-cloudfront'
import { describe, expect, it } from 'vitest'
import { configuration, viewerOf } from './configuration.ts'

const viewer = 'arn:aws:cloudfront::111122223333:function/preau-demo-viewer'

/** What GetDistributionConfig gives of a territory as it is declared, as far as it is judged. */
const deployed = ({ origin = {}, behaviour = {} } = {}): DistributionConfig =>
  ({
    Origins: {
      Items: [
        { Id: 'site', DomainName: 'site.s3.eu-west-3.amazonaws.com' },
        {
          Id: 'boards',
          DomainName: 'boards.s3.eu-west-3.amazonaws.com',
          S3OriginConfig: { OriginAccessIdentity: '', OriginReadTimeout: 1 },
          ConnectionTimeout: 1,
          ConnectionAttempts: 1,
          OriginAccessControlId: 'E1EXAMPLE',
          OriginShield: { Enabled: true, OriginShieldRegion: 'eu-central-1' },
          ...origin,
        },
      ],
    },
    CacheBehaviors: {
      Items: [
        {
          PathPattern: '/boards/*',
          TargetOriginId: 'boards',
          Compress: true,
          FunctionAssociations: { Items: [{ EventType: 'viewer-request', FunctionARN: viewer }] },
          ...behaviour,
        },
      ],
    },
  }) as unknown as DistributionConfig

const policy = (more = {}): CachePolicyConfig => ({
  Name: 'preau-demo-boards',
  MinTTL: 0,
  MaxTTL: 86_455,
  ParametersInCacheKeyAndForwardedToOrigin: {
    EnableAcceptEncodingGzip: true,
    HeadersConfig: { HeaderBehavior: 'none' },
    CookiesConfig: { CookieBehavior: 'none' },
    QueryStringsConfig: { QueryStringBehavior: 'none' },
  },
  ...more,
})

const missed = (config: DistributionConfig, cachePolicy = policy()) =>
  configuration({ config, policy: cachePolicy })
    .filter(({ met }) => !met)
    .map(({ observed }) => observed)

describe('configuration()', () => {
  it('is met by a territory as it is declared', () => {
    expect(missed(deployed())).toEqual([])
  })

  it.each([
    ['the read timeout was not taken', { S3OriginConfig: { OriginReadTimeout: 30 } }, '30'],
    ['no read timeout was read back', { S3OriginConfig: {} }, 'not set'],
    ['the connection timeout differs', { ConnectionTimeout: 10 }, '10'],
    ['there are more attempts', { ConnectionAttempts: 3 }, '3'],
    ['the bucket has no access control', { OriginAccessControlId: '' }, ''],
    [
      'the shield is outside the Union',
      { OriginShield: { Enabled: true, OriginShieldRegion: 'eu-west-2' } },
      'eu-west-2',
    ],
  ])('is not met where %s', (_, origin, observed) => {
    expect(missed(deployed({ origin }))).toEqual([observed])
  })

  it('takes an origin without a shield', () => {
    expect(missed(deployed({ origin: { OriginShield: { Enabled: false } } }))).toEqual([])
  })

  it('is not met by a maximum TTL that ends stale-if-error, nor by a minimum TTL', () => {
    expect(missed(deployed(), policy({ MaxTTL: 86_400 }))).toEqual(['86400'])
    expect(missed(deployed(), policy({ MinTTL: 1 }))).toEqual(['1'])
  })

  it('is not met where cookies reach the bucket', () => {
    const all = { ParametersInCacheKeyAndForwardedToOrigin: { CookiesConfig: { CookieBehavior: 'all' } } }
    expect(missed(deployed(), policy(all))).toEqual(['all, origin request policy none'])
    expect(missed(deployed({ behaviour: { OriginRequestPolicyId: 'p1' } }))).toEqual(['none, origin request policy p1'])
  })

  it('refuses a distribution without boards', () => {
    const config = { ...deployed(), CacheBehaviors: { Quantity: 0 } }
    expect(() => configuration({ config, policy: policy() })).toThrow('no behaviour for /boards/*')
  })
})

describe('viewerOf()', () => {
  it("names the function of the boards' behaviour", () => {
    expect(viewerOf(deployed())).toBe('preau-demo-viewer')
    expect(() => viewerOf(deployed({ behaviour: { FunctionAssociations: { Quantity: 0 } } }))).toThrow(
      'no viewer function',
    )
  })
})
