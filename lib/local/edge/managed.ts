import type { CachePolicyProperties, OriginRequestPolicyProperties } from './configuration.ts'

/**
 * The policies that AWS keeps, by id, as its guide states them ("Use managed cache policies", "Use managed origin
 * request policies").
 */
const cache = (Name: string, ttl: readonly [min: number, usual: number, max: number], encodings: boolean) =>
  ({
    Name,
    MinTTL: ttl[0],
    DefaultTTL: ttl[1],
    MaxTTL: ttl[2],
    ParametersInCacheKeyAndForwardedToOrigin: {
      EnableAcceptEncodingGzip: encodings,
      EnableAcceptEncodingBrotli: encodings,
      CookiesConfig: { CookieBehavior: 'none' },
      HeadersConfig: { HeaderBehavior: 'none' },
      QueryStringsConfig: { QueryStringBehavior: 'none' },
    },
  }) satisfies CachePolicyProperties

const day = 86_400
const year = 365 * day
export const managedCachePolicies: Readonly<Record<string, CachePolicyProperties>> = {
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': cache('Managed-CachingDisabled', [0, 0, 0], false),
  '658327ea-f89d-4fab-a63d-7e88639e58f6': cache('Managed-CachingOptimized', [1, day, year], true),
  'b2884449-e4de-46a7-ac36-70bc7f1ddd6d': cache(
    'Managed-CachingOptimizedForUncompressedObjects',
    [1, day, year],
    false,
  ),
}

const all = { CookiesConfig: { CookieBehavior: 'all' }, QueryStringsConfig: { QueryStringBehavior: 'all' } } as const
const none = { CookiesConfig: { CookieBehavior: 'none' }, QueryStringsConfig: { QueryStringBehavior: 'none' } } as const
const cors = ['Origin', 'Access-Control-Request-Headers', 'Access-Control-Request-Method']

export const managedOriginRequestPolicies: Readonly<Record<string, OriginRequestPolicyProperties>> = {
  '216adef6-5c7f-47e4-b989-5492eafa07d3': {
    Name: 'Managed-AllViewer',
    ...all,
    HeadersConfig: { HeaderBehavior: 'allViewer' },
  },
  'b689b0a8-53d0-40ab-baf2-68738e2966ac': {
    Name: 'Managed-AllViewerExceptHostHeader',
    ...all,
    HeadersConfig: { HeaderBehavior: 'allExcept', Headers: ['Host'] },
  },
  '59781a5b-3903-41f3-afcb-af62929ccde1': {
    Name: 'Managed-CORS-CustomOrigin',
    ...none,
    HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Origin'] },
  },
  '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf': {
    Name: 'Managed-CORS-S3Origin',
    ...none,
    HeadersConfig: { HeaderBehavior: 'whitelist', Headers: cors },
  },
}
