import { Duration } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import type { Territory } from '../territories.ts'
import { bundle } from './bundle.ts'
import { logGroup } from './logs.ts'

/** What a function is, for whoever deploys it or is woken by its alarm. */
export type Service = {
  /** Unique in the territory: part of the function's name and of its log lines. */
  readonly name: string
  readonly what: string
  /** Who is hurt if it fails, as a sentence. */
  readonly impact: string
  /** From the project's folder. */
  readonly entry: string
  /** MB. A function gets processor in proportion: one whole at 1,769 MB. */
  readonly memory: number
  /** Seconds. */
  readonly timeout: number
  /** Where its code lies, if it is more than the bundle of its entry. */
  readonly folder?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly reservedConcurrency?: number | undefined
}

/**
 * A Lambda function of the territory, with a role of its own that may, to begin with, write its log. What else it may
 * is granted where the feature is declared, action by action.
 */
export class ServiceFunction extends LambdaFunction {
  readonly service: Service

  constructor(scope: Construct, id: string, territory: Territory, service: Service) {
    const name = `preau-${territory.name}-${service.name}`
    const log = logGroup(scope, `${id}Log`, `/aws/lambda/${name}`)
    const role = new Role(scope, `${id}Role`, {
      description: `What Préau's ${service.name} function may do in ${territory.name}`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    })
    log.grantWrite(role)
    super(scope, id, {
      functionName: name,
      description: service.what,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(service.folder ?? bundle(service.name, service.entry)),
      handler: 'index.handler',
      memorySize: service.memory,
      timeout: Duration.seconds(service.timeout),
      environment: { TERRITORY: territory.name, SERVICE: service.name, ...service.environment },
      reservedConcurrentExecutions: service.reservedConcurrency,
      role,
      logGroup: log,
    })
    this.service = service
  }

  /** Allows `actions` on `resources`: exact ones. */
  allow(actions: readonly string[], resources: readonly string[], conditions?: Record<string, unknown>): void {
    this.addToRolePolicy(
      new PolicyStatement({ actions: [...actions], resources: [...resources], ...(conditions && { conditions }) }),
    )
  }
}
