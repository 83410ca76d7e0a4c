import * as z from 'zod/mini'
import { openHttpApi } from './http-api.ts'
import { type Api, type Declared, getOrThrow, type Services, type Starter } from './services.ts'

const ignored = z.optional(z.unknown())

const ApiProperties = z.strictObject({
  Name: z.string(),
  ProtocolType: z.literal('HTTP'),
  Description: ignored,
  Tags: ignored,
})

const api: Starter = ({ name, properties }, { apis, origins, region, accountId, now }) => {
  z.parse(ApiProperties, properties)
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(-20)
  const domain = `${id}.execute-api.${region}.amazonaws.com`
  const opened: Api = openHttpApi({
    id,
    account: accountId,
    domain,
    now,
    access: context => opened.access?.(context),
  })
  apis.set(id, opened)
  origins.set(domain, opened.origin)
  return { ref: id, attributes: { ApiId: id, ApiEndpoint: `https://${domain}` } }
}

const IntegrationProperties = z.strictObject({
  ApiId: z.string(),
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
  TimeoutInMillis: z._default(z.number().check(z.maximum(30_000)), 30_000),
})

const integration: Starter = ({ name, properties }, { integrations, functions }) => {
  const { IntegrationUri, TimeoutInMillis: timeout } = z.parse(IntegrationProperties, properties)
  integrations.set(name, { fn: getOrThrow(functions, IntegrationUri, 'function'), timeout })
  return { ref: name, attributes: { IntegrationId: name } }
}

const RouteProperties = z.strictObject({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.optional(z.literal('NONE')),
})

const route: Starter = ({ name, properties }, { apis, integrations }) => {
  const { ApiId, RouteKey, Target } = z.parse(RouteProperties, properties)
  const target = getOrThrow(integrations, Target.replace(/^integrations\//, ''), 'integration')
  getOrThrow(apis, ApiId, 'HTTP API').route(RouteKey, target)
  return { ref: name, attributes: { RouteId: name } }
}

const ThrottleProperties = z.object({ ThrottlingRateLimit: z.number(), ThrottlingBurstLimit: z.number() })

const StageProperties = z.strictObject({
  ApiId: z.string(),
  StageName: z.literal('$default'),
  AutoDeploy: z.literal(true),
  AccessLogSettings: z.optional(z.object({ DestinationArn: z.string(), Format: z.string() })),
  DefaultRouteSettings: z.optional(
    z.strictObject({ DetailedMetricsEnabled: ignored, ...z.partial(ThrottleProperties).def.shape }),
  ),
  RouteSettings: z.optional(z.record(z.string(), ThrottleProperties)),
  Description: ignored,
  Tags: ignored,
})

const stage: Starter = ({ properties }, { apis, logs }) => {
  const { ApiId, StageName, AccessLogSettings, DefaultRouteSettings, RouteSettings } = z.parse(
    StageProperties,
    properties,
  )
  getOrThrow(apis, ApiId, 'HTTP API').throttle(key => {
    const settings = { ...DefaultRouteSettings, ...RouteSettings?.[key] }
    const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = settings
    return rate === undefined || burst === undefined ? undefined : { rate, burst }
  })
  if (AccessLogSettings) {
    const { DestinationArn, Format } = AccessLogSettings
    const name = DestinationArn.replace(/:\*$/, '').split(':').at(-1) ?? 'api'
    getOrThrow(apis, ApiId, 'HTTP API').access = context => {
      logs.write(
        name,
        Format.replace(/\$context\.(\w+)/g, (_, variable: string) => String(context[variable] ?? '-')),
      )
    }
  }
  return { ref: StageName, attributes: {} }
}

/** Starter of a CloudFront resource: stores its properties, which the edge reads when it starts. */
const edgeResource =
  (
    returnValues: (declared: Declared, services: Services) => { ref: string; attributes: Record<string, string> },
  ): Starter =>
  (declared, services) => {
    const values = returnValues(declared, services)
    const ofType = services.edge.get(declared.type) ?? {}
    services.edge.set(declared.type, { ...ofType, [values.ref]: declared.properties })
    return values
  }

const policy = edgeResource(({ name }) => ({ ref: name, attributes: { Id: name } }))

const viewerFunction = edgeResource(({ name, properties: { Name } }, { accountId }) => {
  const FunctionARN = `arn:aws:cloudfront::${accountId}:function/${Name ?? name}`
  return { ref: FunctionARN, attributes: { FunctionARN } }
})

const distribution = edgeResource(({ name }) => ({ ref: name, attributes: { Id: name, DomainName: 'localhost' } }))

/** Starters of the HTTP API and of CloudFront's resources. */
export const webStarters: Readonly<Record<string, Starter>> = {
  'AWS::ApiGatewayV2::Api': api,
  'AWS::ApiGatewayV2::Integration': integration,
  'AWS::ApiGatewayV2::Route': route,
  'AWS::ApiGatewayV2::Stage': stage,
  'AWS::CloudFront::CachePolicy': policy,
  'AWS::CloudFront::OriginRequestPolicy': policy,
  'AWS::CloudFront::ResponseHeadersPolicy': policy,
  'AWS::CloudFront::Function': viewerFunction,
  'AWS::CloudFront::Distribution': distribution,
}
