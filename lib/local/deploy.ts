import * as z from 'zod/mini'
import type { Assembly, Stack } from './assembly.ts'
import { CannotStart } from './cannot-start.ts'
import { isWanted, type Known, resolve, type Scope } from './resolve.ts'
import type { Declared, Services, Starter } from './services.ts'
import { computeStarters, customResource } from './start-compute.ts'
import { storageStarters } from './start-storage.ts'
import { webStarters } from './start-web.ts'
import { inOrder } from './template.ts'

const starters: Readonly<Record<string, Starter>> = { ...storageStarters, ...computeStarters, ...webStarters }

/**
 * What has no effect on one machine, each with its reason. They are known by a name and an ARN, so that others can
 * refer to them.
 */
const withoutEffect: Readonly<Record<string, string>> = {
  'AWS::CDK::Metadata': 'tells AWS which constructs are used',
  'AWS::CloudFront::OriginAccessControl': 'the edge reads the buckets as their owner',
  'AWS::CloudWatch::Alarm': 'nobody is on call here',
  'AWS::CloudWatch::CompositeAlarm': 'nobody is on call here',
  'AWS::CloudWatch::Dashboard': 'metrics are kept in memory',
  'AWS::IAM::ManagedPolicy': 'the services of this machine check no permission',
  'AWS::IAM::Policy': 'the services of this machine check no permission',
  'AWS::IAM::Role': 'the services of this machine check no permission',
  'AWS::Lambda::EventInvokeConfig': 'nothing is invoked asynchronously here but by schedules',
  'AWS::Lambda::Permission': 'the services of this machine check no permission',
  'AWS::Logs::LogGroup': 'log files are made when something is written',
  'AWS::Logs::MetricFilter': 'metrics are read from embedded-metric lines',
  'AWS::S3::BucketPolicy': 'the services of this machine check no permission',
  'AWS::SNS::Subscription': 'nobody is on call here',
  'AWS::SNS::Topic': 'alarms are sent to it',
  'AWS::SNS::TopicPolicy': 'the services of this machine check no permission',
  'AWS::SQS::QueuePolicy': 'the services of this machine check no permission',
}

const nameProperties = ['LogGroupName', 'RoleName', 'TopicName', 'AlarmName', 'DashboardName']

const idle: Starter = ({ type, name, properties }, { region, accountId }) => {
  const given = nameProperties.map(property => properties[property]).find(value => typeof value === 'string')
  const ref = typeof given === 'string' ? given : name
  const service = type.split('::')[1]?.toLowerCase()
  const Arn = `arn:aws:${service}:${region}:${accountId}:${ref}`
  return { ref: type === 'AWS::SNS::Topic' ? Arn : ref, attributes: { Arn, Id: ref, TopicName: ref, RoleId: ref } }
}

const starterOf = (type: string): Starter | undefined => {
  if (type.startsWith('Custom::')) return customResource
  return starters[type] ?? (type in withoutEffect ? idle : undefined)
}

const unknownTypes = ({ template }: Stack): string[] => [
  ...new Set(
    Object.entries(template.Resources).flatMap(([id, { Type }]) => (starterOf(Type) ? [] : [`${Type} (${id})`])),
  ),
]

/** Throws, naming it, if the assembly holds a resource of a type not known here: it would be missing in silence. */
export const refuseUnknown = ({ stacks }: Pick<Assembly, 'stacks'>): void => {
  const unknown = stacks.flatMap(unknownTypes)
  if (unknown.length > 0)
    throw new CannotStart(`The territory on one machine does not know these resource types: ${unknown.join(', ')}.`)
}

/** Starts one resource. Throws, naming it, if it has settings not known here: they would have no effect in silence. */
const started = async (starter: Starter, declared: Declared, services: Services): Promise<Known> => {
  try {
    return await starter(declared, services)
  } catch (error) {
    if (!(error instanceof z.core.$ZodError)) throw error
    const what = error.issues.flatMap(issue => {
      const keys = issue.code === 'unrecognized_keys' ? issue.keys : ['']
      return keys.map(key => [...issue.path, key].filter(part => part !== '').join('.'))
    })
    const { id, type } = declared
    throw new CannotStart(
      `The territory on one machine does not know these settings of ${id} (${type}): ${what.join(', ')}.`,
    )
  }
}

/** Starts a stack's resources, each behind what it refers to. Adds what the stack exports to `imports`. */
export const deploy = async (stack: Stack, services: Services, imports: Map<string, unknown>): Promise<void> => {
  const { template } = stack
  const { region, accountId } = services
  const stackId = `arn:aws:cloudformation:${region}:${accountId}:stack/${stack.name}/local`
  const pseudo = {
    'AWS::AccountId': accountId,
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::StackId': stackId,
    'AWS::StackName': stack.name,
    'AWS::URLSuffix': 'amazonaws.com',
  }
  const known = new Map<string, Known>()
  const scope: Scope = { template, pseudo, known, imports }
  for (const id of inOrder(template)) {
    const resource = template.Resources[id]
    const starter = resource && starterOf(resource.Type)
    if (!starter || !isWanted(id, scope)) continue
    const properties = resolve(resource.Properties ?? {}, scope) as Record<string, unknown>
    const declared = { id, type: resource.Type, name: `${stack.name}-${id}`, stackId, properties }
    known.set(id, await started(starter, declared, services))
  }
  for (const { Value, Export } of Object.values(template.Outputs ?? {}))
    if (Export) imports.set(String(resolve(Export.Name, scope)), resolve(Value, scope))
}
