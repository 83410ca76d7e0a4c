import { Duration, Fn } from 'aws-cdk-lib'
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import {
  AccessLevel,
  AllowedMethods,
  type BehaviorOptions,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  type IKeyValueStore,
  type IOrigin,
  KeyValueStore,
  OriginRequestPolicy,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { type Contract, hasUploads } from '../../shared/kernel/route.ts'
import { europeanRegions, type Territory } from '../territories.ts'
import { accept } from './accept.ts'
import { boardsBehaviour, cachedBehaviours, privateBehaviours } from './behaviours.ts'
import { replyHeaders } from './headers.ts'
import { documentsOrigin } from './uploads.ts'
import { viewerCode } from './viewer-code.ts'

/**
 * The key-value store that the viewer function reads: the keys that sign sessions, and who lost access. Its name is given
 * once an account, in whatever Region the stack is: the comment says which, and bin/deploy.ts reads it.
 */
export const edgeKeys = (scope: Construct, { name, region }: Pick<Territory, 'name' | 'region'>): KeyValueStore =>
  new KeyValueStore(scope, 'EdgeKeys', {
    keyValueStoreName: `preau-${name}`,
    comment: `Keys that sign sessions, and who lost access (${region})`,
  })

export type EdgeProps = {
  readonly territory: Territory
  readonly contracts: readonly Contract[]
  readonly api: HttpApi
  readonly site: IBucket
  readonly documents: IBucket
  readonly boards: IBucket
  readonly keys: IKeyValueStore
  /** The value of the header by which the API knows that a request came through the edge. */
  readonly secret: string
}

/** A cache policy whose key is the path and the query parameters in `query`; no cookie, no header. */
const cachePolicy = (
  scope: Construct,
  id: string,
  props: { name: string; comment: string; longest: number; byDefault: number; query?: readonly string[] },
): CachePolicy =>
  new CachePolicy(scope, id, {
    cachePolicyName: props.name,
    comment: props.comment,
    // The origin's Cache-Control decides, within these bounds.
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(props.byDefault),
    maxTtl: Duration.seconds(props.longest),
    cookieBehavior: CacheCookieBehavior.none(),
    headerBehavior: CacheHeaderBehavior.none(),
    queryStringBehavior: props.query?.length
      ? CacheQueryStringBehavior.allowList(...props.query)
      : CacheQueryStringBehavior.none(),
    enableAcceptEncodingBrotli: true,
    enableAcceptEncodingGzip: true,
  })

/** A bucket's origin with a read timeout in seconds, which CloudFormation takes and the CDK's origin does not. */
const withReadTimeout = (origin: IOrigin, seconds: number): IOrigin => ({
  bind: (scope, options) => {
    const { originProperty, ...bound } = origin.bind(scope, options)
    const s3OriginConfig = { ...originProperty?.s3OriginConfig, originReadTimeout: seconds }
    return { ...bound, ...(originProperty && { originProperty: { ...originProperty, s3OriginConfig } }) }
  },
})

/**
 * Seconds for which a document's copy is served before the bucket is asked whether it still is there (a 304 without bytes,
 * since an object's bytes never change): what was taken away is served for no longer.
 */
const mediaLifetime = 55

/** The territory's CloudFront distribution: every request runs the viewer function, then is answered from the cache or an origin. */
export const edge = (scope: Construct, props: EdgeProps): Distribution => {
  const { territory, contracts, api, site, documents, boards, keys, secret } = props
  const { name, domain } = territory
  const viewer = new EdgeFunction(scope, 'Viewer', {
    functionName: `preau-${name}-viewer`,
    comment: 'Checks sessions before the cache is read',
    code: FunctionCode.fromInline(viewerCode()),
    runtime: FunctionRuntime.JS_2_0,
    keyValueStore: keys,
  })
  const headers = replyHeaders(scope, name, contracts.some(hasUploads) ? documentsOrigin(documents) : undefined)
  const common = {
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    responseHeadersPolicy: headers.security,
    functionAssociations: [{ eventType: FunctionEventType.VIEWER_REQUEST, function: viewer }],
    compress: true,
  } satisfies Partial<BehaviorOptions>
  // What a program asks for is not redirected: it would send its request in clear each time and never learn.
  const https = { viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY }
  const program = { ...common, ...https }
  const guarded = { ...program, responseHeadersPolicy: headers.guarded }

  const apiHost = Fn.select(2, Fn.split('/', api.apiEndpoint))
  const customHeaders = { 'x-preau-edge': secret }
  // Of an origin that hangs, a stale copy is only served after timeout times attempts, at every request anew.
  const shortTimeouts = { connectionTimeout: Duration.seconds(1), connectionAttempts: 1 }
  const sharedOrigin = new HttpOrigin(apiHost, {
    ...shortTimeouts,
    customHeaders,
    originId: 'shared-reads',
    originShieldRegion: europeanRegions[territory.region],
    readTimeout: Duration.seconds(2),
  })
  const privateOrigin = new HttpOrigin(apiHost, {
    customHeaders,
    connectionTimeout: Duration.seconds(3),
    connectionAttempts: 2,
    originId: 'api',
    readTimeout: Duration.seconds(30),
  })
  // With permission to list, S3 answers 404 for a missing file, which takes the place of a copy; without, 403, which does
  // not by CloudFront's documentation (docs/decisions/0026-what-cloudfront-does.md).
  const originAccessLevels = [AccessLevel.READ, AccessLevel.LIST]
  const siteOrigin = S3BucketOrigin.withOriginAccessControl(site, { originId: 'site', originAccessLevels })
  const mediaOrigin = S3BucketOrigin.withOriginAccessControl(documents, { originId: 'documents' })

  // Without Origin Shield, which costs twice what a request to the bucket does (docs/decisions/0026-what-cloudfront-does.md).
  const boardsOrigin = withReadTimeout(
    S3BucketOrigin.withOriginAccessControl(boards, { ...shortTimeouts, originId: 'boards', originAccessLevels }),
    1,
  )

  const files = cachePolicy(scope, 'FileCache', {
    name: `preau-${name}-files`,
    comment: 'Files, as long as they say',
    longest: 365 * 86_400,
    byDefault: 0,
  })
  const siteFiles: BehaviorOptions = { ...common, origin: siteOrigin, cachePolicy: files }
  const behaviours: Record<string, BehaviorOptions> = { '/api/openapi.json': { ...siteFiles, ...https } }
  for (const { kind, pattern, query, longest } of cachedBehaviours(contracts))
    behaviours[pattern] = {
      ...(kind === 'shared' ? guarded : program),
      origin: sharedOrigin,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      cachePolicy: cachePolicy(scope, kind === 'shared' ? 'SharedCache' : 'PublicCache', {
        name: `preau-${name}-${kind}`,
        comment: kind === 'shared' ? 'Shared reads: one copy for all members of an audience' : 'Public reads',
        longest,
        byDefault: 0,
        query,
      }),
    }
  const ofBoards = boardsBehaviour(contracts)
  if (ofBoards)
    behaviours[ofBoards.pattern] = {
      ...guarded,
      origin: boardsOrigin,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      cachePolicy: cachePolicy(scope, 'BoardsCache', {
        name: `preau-${name}-boards`,
        comment: 'Boards and indexes: one copy for all readers',
        longest: ofBoards.longest,
        byDefault: 0,
      }),
    }
  behaviours['/media/*'] = {
    ...guarded,
    responseHeadersPolicy: headers.media,
    origin: mediaOrigin,
    cachePolicy: cachePolicy(scope, 'MediaCache', {
      name: `preau-${name}-media`,
      comment: 'Documents: a copy for each name that they are offered under',
      longest: mediaLifetime,
      byDefault: mediaLifetime,
      query: ['response-cache-control', 'response-content-disposition', 'response-content-type'],
    }),
  }
  for (const pattern of privateBehaviours(contracts))
    behaviours[pattern] = {
      ...program,
      origin: privateOrigin,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    }

  const distribution = new Distribution(scope, 'Edge', {
    comment: `Préau, ${name}`,
    defaultBehavior: siteFiles,
    defaultRootObject: 'index.html',
    additionalBehaviors: behaviours,
    httpVersion: HttpVersion.HTTP2_AND_3,
    // Edge locations of Europe and North America only; people elsewhere are served from these, at a lower price.
    priceClass: PriceClass.PRICE_CLASS_100,
    // Client errors are not cached; server errors for a second, so that retries of many people do not reach the origin.
    errorResponses: [
      ...[400, 403, 404, 405].map(httpStatus => ({ httpStatus, ttl: Duration.seconds(0) })),
      ...[500, 502, 503, 504].map(httpStatus => ({ httpStatus, ttl: Duration.seconds(1) })),
    ],
    ...(domain && {
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      domainNames: [domain.name],
      certificate: Certificate.fromCertificateArn(scope, 'Certificate', domain.certificate),
    }),
  })
  accept(distribution, {
    'AwsSolutions-CFR1': 'Families and pupils travel and live abroad: no country is refused.',
    'AwsSolutions-CFR2':
      'A school shares one address, which rate rules would block on closure day; the viewer function refuses ' +
      'requests without a session, and password guesses are rate-limited by sign-in itself (docs/decisions/0005).',
    'AwsSolutions-CFR3':
      'These logs would hold addresses of minors and the names people search for; metrics and the logs of the API, ' +
      'which hold neither, suffice for operating (docs/decisions/0008).',
    '@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk':
      'Neither bucket is ever listed: the viewer function rewrites every path of the web app that is not a file to ' +
      '/index.html, and passes only names of boards and indexes on.',
    ...(!domain && {
      'AwsSolutions-CFR4':
        "Without a domain of its own, the territory uses CloudFront's certificate, which fixes the TLS policy.",
    }),
  })
  return distribution
}
