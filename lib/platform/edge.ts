import { join } from 'node:path'
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
  KeyValueStore,
  OriginRequestPolicy,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import type { Contract } from '../../shared/kernel/route.ts'
import { europeanRegions, type Territory } from '../territories.ts'
import { accept } from './accept.ts'
import { privateBehaviours, sharedBehaviours } from './behaviours.ts'
import { replyHeaders } from './headers.ts'
import { root } from './root.ts'

/** The signing keys, where the viewer function finds them. */
export const edgeKeys = (scope: Construct, territory: string): KeyValueStore =>
  new KeyValueStore(scope, 'EdgeKeys', {
    keyValueStoreName: `preau-${territory}`,
    comment: 'Keys that sign sessions, by key id',
  })

export type EdgeProps = {
  readonly territory: Territory
  readonly contracts: readonly Contract[]
  readonly api: HttpApi
  readonly site: IBucket
  readonly documents: IBucket
  readonly keys: IKeyValueStore
  /** What proves to the API that a request came through here. */
  readonly secret: string
}

/** What decides on a cached copy: the URL, without its query but for `query`. No cookie, no header. */
const cachePolicy = (
  scope: Construct,
  id: string,
  props: { name: string; comment: string; longest: number; byDefault: number; query?: readonly string[] },
): CachePolicy =>
  new CachePolicy(scope, id, {
    cachePolicyName: props.name,
    comment: props.comment,
    // What the origin says counts: its Cache-Control, within these bounds.
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

/** The territory's door: every request meets the viewer function, then a copy or one of three origins. */
export const edge = (scope: Construct, props: EdgeProps): Distribution => {
  const { territory, contracts, api, site, documents, keys, secret } = props
  const { name, domain } = territory
  const viewer = new EdgeFunction(scope, 'Viewer', {
    functionName: `preau-${name}-viewer`,
    comment: 'Checks sessions before copies are answered',
    code: FunctionCode.fromFile({ filePath: join(root, 'functions/edge/viewer.js') }),
    runtime: FunctionRuntime.JS_2_0,
    keyValueStore: keys,
  })
  const headers = replyHeaders(scope, name)
  const common = {
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    responseHeadersPolicy: headers.security,
    functionAssociations: [{ eventType: FunctionEventType.VIEWER_REQUEST, function: viewer }],
    compress: true,
  } satisfies Partial<BehaviorOptions>
  const guarded = { ...common, responseHeadersPolicy: headers.guarded }

  const apiHost = Fn.select(2, Fn.split('/', api.apiEndpoint))
  const apiOrigin = {
    customHeaders: { 'x-preau-edge': secret },
    connectionTimeout: Duration.seconds(3),
    connectionAttempts: 2,
  }
  // An origin that does not answer is waited for before a stale copy is shown: not long.
  const sharedOrigin = new HttpOrigin(apiHost, {
    ...apiOrigin,
    originId: 'shared-reads',
    originShieldRegion: europeanRegions[territory.region],
    readTimeout: Duration.seconds(4),
  })
  const privateOrigin = new HttpOrigin(apiHost, { ...apiOrigin, originId: 'api', readTimeout: Duration.seconds(30) })
  const siteOrigin = S3BucketOrigin.withOriginAccessControl(site, {
    originId: 'site',
    // With leave to list, S3 answers 404 for a file that is not there; without, 403.
    originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
  })
  const mediaOrigin = S3BucketOrigin.withOriginAccessControl(documents, { originId: 'documents' })

  const files = cachePolicy(scope, 'FileCache', {
    name: `preau-${name}-files`,
    comment: 'Files, as long as they say',
    longest: 365 * 86_400,
    byDefault: 0,
  })
  const siteFiles: BehaviorOptions = { ...common, origin: siteOrigin, cachePolicy: files }
  const behaviours: Record<string, BehaviorOptions> = { '/api/openapi.json': siteFiles }
  for (const [place, shared] of sharedBehaviours(contracts).entries())
    behaviours[shared.pattern] = {
      ...guarded,
      origin: sharedOrigin,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      cachePolicy: cachePolicy(scope, `SharedCache${place || ''}`, {
        name: `preau-${name}-shared${place || ''}`,
        comment: 'Shared reads: one copy for all members of an audience',
        longest: shared.longest,
        byDefault: 0,
        query: shared.query,
      }),
    }
  behaviours['/media/*'] = { ...guarded, origin: mediaOrigin, cachePolicy: files }
  for (const pattern of privateBehaviours(contracts))
    behaviours[pattern] = {
      ...common,
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
    // Europe and North America: the edges of other continents are not paid for, their people are served from here.
    priceClass: PriceClass.PRICE_CLASS_100,
    // A refusal is never kept; a failure for a second, so that it does not reach the origin a thousand times.
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
      'A school stands behind one address, which rate rules would refuse on closure day; the viewer function refuses ' +
      'what has no session, and guesses are slowed where they are made (docs/decisions/0005).',
    'AwsSolutions-CFR3':
      'These logs would hold addresses of minors and the names people search for; what serves operating is in the ' +
      'metrics and in the logs of the API, which hold neither (docs/decisions/0008).',
    '@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk':
      'No list is ever asked for: the viewer function turns what names no file into /index.html.',
    ...(!domain && {
      'AwsSolutions-CFR4':
        'Without a domain of its own, the territory has the certificate CloudFront gives, and its rules.',
    }),
  })
  return distribution
}
