import { Duration } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import {
  CfnRoute,
  type CfnStage,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import type { Construct } from 'constructs'
import { type Contract, isWriting, type Throttle } from '../../shared/kernel/route.ts'
import { accept } from './accept.ts'
import { logGroup } from './logs.ts'
import type { ServiceFunction } from './service-function.ts'

/** A contract and the function that implements it. */
export type Served = { readonly contract: Contract; readonly fn: ServiceFunction }

/** One access log line a request: route, status, duration. No address, no path (it holds ids of people), no query. */
const accessLog = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    route: '$context.routeKey',
    status: '$context.status',
    ms: '$context.responseLatency',
    integrationMs: '$context.integrationLatency',
    integrationError: '$context.integrationErrorMessage',
    bytes: '$context.responseLength',
  }),
)

/**
 * The paths of which a contract's function refuses the methods that no route takes: HTTP API itself answers a 404 then,
 * and names no methods. Throws if two functions serve a path and neither or both declare the other's methods.
 */
const refusedBy = (contract: Contract, served: readonly Served[]): readonly string[] => {
  const takes = (one: Contract, path: string) => Object.values(one.routes).some(route => route.path === path)
  const paths = [...new Set(Object.values(contract.routes).map(({ path }) => path))]
  return paths.filter(path => {
    const all = served.filter(one => takes(one.contract, path)).map(one => one.contract)
    const refusing = all.length === 1 ? all : all.filter(({ elsewhere }) => elsewhere?.[path])
    if (refusing.length !== 1) throw new Error(`Which function refuses the other methods of ${path}?`)
    return refusing[0] === contract
  })
}

/**
 * Requests a second of any route. An account has 10,000 a second for all of its APIs, and a flood on one route, or of
 * addresses that no route takes, would starve the others: no route may take half of them.
 */
const routeThrottle: Throttle = { rate: 4_000, burst: 2_000 }

/** Gives the routes that declare one a throttle of their own. A stage that names a route is made after it. */
const throttleRoutes = (stage: HttpStage, api: HttpApi, served: readonly Served[]): void => {
  const throttled = served.flatMap(({ contract }) =>
    Object.values(contract.routes).flatMap(route =>
      isWriting(route) && route.throttle ? [[`${route.method} ${route.path}`, route.throttle] as const] : [],
    ),
  )
  const resource = stage.node.defaultChild as CfnStage
  resource.routeSettings = Object.fromEntries(
    throttled.map(([key, { rate, burst }]) => [key, { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst }]),
  )
  const keys = new Set<string>(throttled.map(([key]) => key))
  for (const child of api.node.findAll())
    if (child instanceof CfnRoute && keys.has(child.routeKey)) resource.addResourceDependency(child)
}

/** The HTTP API, with the routes of the contracts and no others. */
export const httpApi = (scope: Construct, territory: string, served: readonly Served[]): HttpApi => {
  const api = new HttpApi(scope, 'Api', {
    apiName: `preau-${territory}`,
    description: 'Every route of the territory; answers requests of its edge only',
    createDefaultStage: false,
  })
  for (const { contract, fn } of served) {
    const integration = new HttpLambdaIntegration(contract.function, fn, {
      // One permission for all routes of the function: a function's resource policy is limited to 20 KB.
      scopePermissionToRoute: false,
      timeout: Duration.seconds(fn.service.timeout + 1),
    })
    for (const { method, path } of Object.values(contract.routes))
      api.addRoutes({ path, methods: [HttpMethod[method]], integration })
    for (const path of refusedBy(contract, served)) api.addRoutes({ path, methods: [HttpMethod.ANY], integration })
  }
  const stage = new HttpStage(scope, 'ApiStage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    detailedMetricsEnabled: true,
    throttle: { rateLimit: routeThrottle.rate, burstLimit: routeThrottle.burst },
    accessLogSettings: {
      destination: new LogGroupLogDestination(logGroup(scope, 'ApiLog', `/preau/${territory}/api`)),
      format: accessLog,
    },
  })
  throttleRoutes(stage, api, served)
  accept(api, {
    'AwsSolutions-APIG4':
      'Who may call a route is declared in its contract and checked by the function behind it, which also refuses ' +
      'whatever did not come through the edge: an authorizer would be a second call for the same answer.',
  })
  return api
}
