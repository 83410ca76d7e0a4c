import { Duration } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import type { Construct } from 'constructs'
import type { Contract } from '../../shared/kernel/route.ts'
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
  new HttpStage(scope, 'ApiStage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    detailedMetricsEnabled: true,
    accessLogSettings: {
      destination: new LogGroupLogDestination(logGroup(scope, 'ApiLog', `/preau/${territory}/api`)),
      format: accessLog,
    },
  })
  accept(api, {
    'AwsSolutions-APIG4':
      'Who may call a route is declared in its contract and checked by the function behind it, which also refuses ' +
      'whatever did not come through the edge: an authorizer would be a second call for the same answer.',
  })
  return api
}
