import * as z from 'zod/mini'

/**
 * The resolved properties of CloudFront's resources in a template. The schemas reject every setting that the local edge
 * does not implement, so that a start fails with the setting's name rather than behave differently from CloudFront.
 */
const text = z.string()
const names = z.optional(z.array(text))
const seconds = z._default(z.number(), 0)
const flag = z._default(z.boolean(), false)

const associations = z.optional(z.array(z.strictObject({ EventType: z.literal('viewer-request'), FunctionARN: text })))

const behaviour = {
  TargetOriginId: text,
  ViewerProtocolPolicy: z.enum(['allow-all', 'redirect-to-https', 'https-only']),
  CachePolicyId: text,
  OriginRequestPolicyId: z.optional(text),
  ResponseHeadersPolicyId: z.optional(text),
  AllowedMethods: z._default(z.array(text), ['GET', 'HEAD']),
  CachedMethods: z._default(z.array(z.enum(['GET', 'HEAD'])), ['GET', 'HEAD']),
  Compress: flag,
  FunctionAssociations: associations,
}

const origin = z.strictObject({
  Id: text,
  DomainName: text,
  OriginPath: z._default(text, ''),
  OriginCustomHeaders: z._default(z.array(z.strictObject({ HeaderName: text, HeaderValue: text })), []),
  ConnectionAttempts: z._default(z.number(), 3),
  ConnectionTimeout: z._default(z.number(), 10),
  ResponseCompletionTimeout: z.optional(z.number()),
  CustomOriginConfig: z.optional(
    z.object({ OriginProtocolPolicy: text, OriginReadTimeout: z._default(z.number(), 30) }),
  ),
  S3OriginConfig: z.optional(z.object({ OriginReadTimeout: z._default(z.number(), 30) })),
  // Accepted without effect: they concern CloudFront's connection to the bucket, and its own cache layers.
  OriginAccessControlId: z.optional(text),
  OriginShield: z.optional(z.unknown()),
})

const customError = z.strictObject({
  ErrorCode: z.number(),
  ErrorCachingMinTTL: z._default(z.number(), 10),
  ResponseCode: z.optional(z.number()),
  ResponsePagePath: z.optional(text),
})

export const distributionProperties = z.object({
  DistributionConfig: z.strictObject({
    Origins: z.array(origin),
    DefaultCacheBehavior: z.strictObject(behaviour),
    CacheBehaviors: z._default(z.array(z.strictObject({ ...behaviour, PathPattern: text })), []),
    CustomErrorResponses: z._default(z.array(customError), []),
    DefaultRootObject: z.optional(text),
    // Accepted without effect: names, certificates, protocols, prices and logs of the public endpoint.
    Aliases: z.optional(z.unknown()),
    Comment: z.optional(z.unknown()),
    Enabled: z.literal(true),
    HttpVersion: z.optional(z.unknown()),
    IPV6Enabled: z.optional(z.unknown()),
    Logging: z.optional(z.unknown()),
    PriceClass: z.optional(z.unknown()),
    Restrictions: z.optional(z.unknown()),
    ViewerCertificate: z.optional(z.unknown()),
    WebACLId: z.optional(z.unknown()),
  }),
})
export type DistributionProperties = z.output<typeof distributionProperties>['DistributionConfig']
export type OriginProperties = DistributionProperties['Origins'][number]
export type CustomError = DistributionProperties['CustomErrorResponses'][number]

const some = z.enum(['none', 'whitelist', 'all', 'allExcept'])
const cookies = z.strictObject({ CookieBehavior: some, Cookies: names })
const queryStrings = z.strictObject({ QueryStringBehavior: some, QueryStrings: names })

export const cachePolicyProperties = z.object({
  CachePolicyConfig: z.strictObject({
    Name: text,
    Comment: z.optional(text),
    MinTTL: seconds,
    DefaultTTL: seconds,
    MaxTTL: seconds,
    ParametersInCacheKeyAndForwardedToOrigin: z.strictObject({
      EnableAcceptEncodingGzip: flag,
      EnableAcceptEncodingBrotli: flag,
      CookiesConfig: cookies,
      HeadersConfig: z.strictObject({ HeaderBehavior: z.enum(['none', 'whitelist']), Headers: names }),
      QueryStringsConfig: queryStrings,
    }),
  }),
})
export type CachePolicyProperties = z.output<typeof cachePolicyProperties>['CachePolicyConfig']

export const originRequestPolicyProperties = z.object({
  OriginRequestPolicyConfig: z.strictObject({
    Name: text,
    Comment: z.optional(text),
    CookiesConfig: cookies,
    HeadersConfig: z.strictObject({
      HeaderBehavior: z.enum(['none', 'whitelist', 'allViewer', 'allExcept']),
      Headers: names,
    }),
    QueryStringsConfig: queryStrings,
  }),
})
export type OriginRequestPolicyProperties = z.output<typeof originRequestPolicyProperties>['OriginRequestPolicyConfig']

const overriding = { Override: z.boolean() }
export const responseHeadersPolicyProperties = z.object({
  ResponseHeadersPolicyConfig: z.strictObject({
    Name: text,
    Comment: z.optional(text),
    SecurityHeadersConfig: z.optional(
      z.strictObject({
        ContentSecurityPolicy: z.optional(z.strictObject({ ContentSecurityPolicy: text, ...overriding })),
        ContentTypeOptions: z.optional(z.strictObject(overriding)),
        FrameOptions: z.optional(z.strictObject({ FrameOption: text, ...overriding })),
        ReferrerPolicy: z.optional(z.strictObject({ ReferrerPolicy: text, ...overriding })),
        StrictTransportSecurity: z.optional(
          z.strictObject({
            AccessControlMaxAgeSec: z.number(),
            IncludeSubdomains: flag,
            Preload: flag,
            ...overriding,
          }),
        ),
      }),
    ),
    CustomHeadersConfig: z.optional(
      z.strictObject({ Items: z.array(z.strictObject({ Header: text, Value: text, ...overriding })) }),
    ),
    RemoveHeadersConfig: z.optional(z.strictObject({ Items: z.array(z.strictObject({ Header: text })) })),
  }),
})
export type ResponseHeadersPolicyProperties = z.output<
  typeof responseHeadersPolicyProperties
>['ResponseHeadersPolicyConfig']

export const functionProperties = z.object({
  FunctionCode: text,
  FunctionConfig: z.strictObject({
    Comment: z.optional(text),
    Runtime: z.literal('cloudfront-js-2.0'),
    KeyValueStoreAssociations: z.optional(z.array(z.strictObject({ KeyValueStoreARN: text }))),
  }),
})
export type FunctionProperties = z.output<typeof functionProperties>
