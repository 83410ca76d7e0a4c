import type { CachePolicyProperties, OriginRequestPolicyProperties } from './configuration.ts'

/**
 * AWS's managed policies by id (Amazon CloudFront Developer Guide, "Use managed cache policies", "Use managed origin
 * request policies"). TTLs are seconds.
 */
const cachePolicy = (Name: string, ttl: { min: number; default: number; max: number }, encodings: boolean) =>
  ({
    Name,
    MinTTL: ttl.min,
    DefaultTTL: ttl.default,
    MaxTTL: ttl.max,
    ParametersInCacheKeyAndForwardedToOrigin: {
      EnableAcceptEncodingGzip: encodings,
      EnableAcceptEncodingBrotli: encodings,
      CookiesConfig: { CookieBehavior: 'none' },
      HeadersConfig: { HeaderBehavior: 'none' },
      QueryStringsConfig: { QueryStringBehavior: 'none' },
    },
  }) satisfies CachePolicyProperties

const day = 86_400
const disabled = { min: 0, default: 0, max: 0 }
const optimized = { min: 1, default: day, max: 365 * day }

export const managedCachePolicies: Readonly<Record<string, CachePolicyProperties>> = {
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': cachePolicy('Managed-CachingDisabled', disabled, false),
  '658327ea-f89d-4fab-a63d-7e88639e58f6': cachePolicy('Managed-CachingOptimized', optimized, true),
  'b2884449-e4de-46a7-ac36-70bc7f1ddd6d': cachePolicy(
    'Managed-CachingOptimizedForUncompressedObjects',
    optimized,
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
