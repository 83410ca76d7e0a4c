import { Duration, Size } from 'aws-cdk-lib'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, Code, Function as LambdaFunction, type RecursiveLoop, Runtime } from 'aws-cdk-lib/aws-lambda'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import type { IQueue } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import type { Territory } from '../territories.ts'
import { bundle } from './bundle.ts'
import { logGroup } from './logs.ts'

/** The description and settings of a Lambda function. */
export type Service = {
  /** Unique in the territory: part of the function's name and of its log lines. */
  readonly name: string
  readonly what: string
  /** Who is affected if it fails, as a sentence for its alarms. */
  readonly impact: string
  /** The path of its entry module from the project's folder. */
  readonly entry: string
  /** MB. Lambda gives CPU in proportion: one whole vCPU at 1,769 MB. */
  readonly memory: number
  /** Seconds. */
  readonly timeout: number
  /** MB of its folder /tmp: 512 by default. */
  readonly disk?: number
  /** Whether it may cause its own invocations by a queue or bucket: Lambda stops that after 16 by default. */
  readonly recursiveLoop?: RecursiveLoop
  /** The folder of its code, if that is more than the bundle of its entry. */
  readonly folder?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly reservedConcurrency?: number | undefined
}

/**
 * Seconds that a function which answers requests has. It makes up to some ten requests of the table one after another,
 * each within a second or two (functions/platform/dynamodb.ts), and answers 503 at the first that fails: a table that
 * hangs never makes a function time out, which callers would be told without a problem document.
 */
export const requestTimeout = 6

/**
 * The props of what declares a feature's function. `imports`: the queue by which imports of the directory are told that
 * there is something to do. `documents`: the bucket of people's files.
 */
export type FunctionProps = {
  readonly territory: Territory
  readonly table: ITable
  readonly imports?: IQueue
  readonly documents?: IBucket
}

/**
 * A Lambda function of the territory, with a role of its own that may only write its log. All other permissions are
 * granted where the feature is declared, action by action.
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
      environment: {
        TERRITORY: territory.name,
        SERVICE: service.name,
        ...(territory.timeZone !== undefined && { TIME_ZONE: territory.timeZone }),
        ...service.environment,
      },
      reservedConcurrentExecutions: service.reservedConcurrency,
      ...(service.disk !== undefined && { ephemeralStorageSize: Size.mebibytes(service.disk) }),
      ...(service.recursiveLoop && { recursiveLoop: service.recursiveLoop }),
      role,
      logGroup: log,
    })
    this.service = service
  }

  /** Allows `actions` on `resources`, given as exact ARNs. */
  allow(actions: readonly string[], resources: readonly string[], conditions?: Record<string, unknown>): void {
    this.addToRolePolicy(
      new PolicyStatement({ actions: [...actions], resources: [...resources], ...(conditions && { conditions }) }),
    )
  }
}
