import * as z from 'zod/mini'
import type { Assembly, Stack } from './assembly.ts'
import { CannotStart } from './cannot-start.ts'
import { isConditionMet, type ReturnValues, resolve, type Scope } from './resolve.ts'
import type { Declared, Services, Starter } from './services.ts'
import { computeStarters, customResource } from './start-compute.ts'
import { storageStarters } from './start-storage.ts'
import { webStarters } from './start-web.ts'
import { dependencyOrder } from './template.ts'

const starters: Readonly<Record<string, Starter>> = { ...storageStarters, ...computeStarters, ...webStarters }

/**
 * Resource types that have no effect on one machine, each with the reason. They get a name and an ARN, so that other
 * resources can refer to them.
 */
const withoutEffect: Readonly<Record<string, string>> = {
  'AWS::CDK::Metadata': 'tells AWS which constructs are used',
  'AWS::CloudFront::OriginAccessControl': 'the edge reads the buckets as their owner',
  'AWS::CloudWatch::Alarm': 'no alarm is sent from one machine',
  'AWS::CloudWatch::CompositeAlarm': 'no alarm is sent from one machine',
  'AWS::CloudWatch::Dashboard': 'metrics are in memory and in figures.json',
  'AWS::IAM::ManagedPolicy': 'permissions of roles are those of their own policies',
  'AWS::Lambda::EventInvokeConfig': 'only schedules invoke functions asynchronously here',
  'AWS::Lambda::Permission': 'the services of this machine check no permission',
  'AWS::Logs::LogGroup': 'a log file is created at the first line',
  'AWS::Logs::MetricFilter': 'metrics are read from embedded-metric lines',
  'AWS::SNS::Subscription': 'no alarm is sent from one machine',
  'AWS::SNS::Topic': 'no alarm is sent from one machine',
  'AWS::SNS::TopicPolicy': 'the services of this machine check no permission',
  'AWS::SQS::QueuePolicy': 'the services of this machine check no permission',
}

const nameProperties = ['LogGroupName', 'TopicName', 'AlarmName', 'DashboardName']

const startWithoutEffect: Starter = ({ type, name, properties }, { region, accountId }) => {
  const given = nameProperties.map(property => properties[property]).find(value => typeof value === 'string')
  const ref = typeof given === 'string' ? given : name
  const service = type.split('::')[1]?.toLowerCase()
  const Arn = `arn:aws:${service}:${region}:${accountId}:${ref}`
  return { ref: type === 'AWS::SNS::Topic' ? Arn : ref, attributes: { Arn, Id: ref, TopicName: ref } }
}

const starterOf = (type: string): Starter | undefined => {
  if (type.startsWith('Custom::')) return customResource
  return starters[type] ?? (type in withoutEffect ? startWithoutEffect : undefined)
}

const unknownTypes = ({ template }: Stack): string[] => [
  ...new Set(
    Object.entries(template.Resources).flatMap(([id, { Type }]) => (starterOf(Type) ? [] : [`${Type} (${id})`])),
  ),
]

/** Throws if the assembly has a resource type that is not supported here, and names it: it would be silently absent. */
export const refuseUnknownTypes = ({ stacks }: Pick<Assembly, 'stacks'>): void => {
  const unknown = stacks.flatMap(unknownTypes)
  if (unknown.length > 0)
    throw new CannotStart(`The territory on one machine does not know these resource types: ${unknown.join(', ')}.`)
}

/** A resolved value in which addresses at AWS are replaced by those on this machine. */
const onThisMachine = <Value>(value: Value, addresses: ReadonlyMap<string, string>): Value => {
  if (addresses.size === 0) return value
  // None of the addresses has a character that JSON escapes.
  const text = [...addresses].reduce((json, [there, here]) => json.replaceAll(there, here), JSON.stringify(value))
  return JSON.parse(text) as Value
}

/** Starts one resource. Throws if it has a property that is not supported here, and names it: it would be ignored. */
const startResource = async (starter: Starter, declared: Declared, services: Services): Promise<ReturnValues> => {
  try {
    return await starter(declared, services)
  } catch (error) {
    if (!(error instanceof z.core.$ZodError)) throw error
    const properties = error.issues.flatMap(issue => {
      const keys = issue.code === 'unrecognized_keys' ? issue.keys : ['']
      return keys.map(key => [...issue.path, key].filter(part => part !== '').join('.'))
    })
    const { id, type } = declared
    throw new CannotStart(
      `The territory on one machine does not know these settings of ${id} (${type}): ${properties.join(', ')}.`,
    )
  }
}

/**
 * Starts a stack's resources, each after those it refers to. Adds the stack's exports to `imports`.
 * @returns its outputs.
 */
export const deploy = async (
  stack: Stack,
  services: Services,
  imports: Map<string, unknown>,
): Promise<Record<string, string>> => {
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
  const started = new Map<string, ReturnValues>()
  const scope: Scope = { template, pseudo, started, imports }
  for (const id of dependencyOrder(template)) {
    const resource = template.Resources[id]
    const starter = resource && starterOf(resource.Type)
    if (!starter || !isConditionMet(id, scope)) continue
    const properties = onThisMachine(
      resolve(resource.Properties ?? {}, scope) as Record<string, unknown>,
      services.addresses,
    )
    const declared = { id, type: resource.Type, name: `${stack.name}-${id}`, stackId, properties }
    started.set(id, await startResource(starter, declared, services))
  }
  const outputs: Record<string, string> = {}
  for (const [name, { Value, Export }] of Object.entries(template.Outputs ?? {})) {
    const value = resolve(Value, scope)
    if (Export) imports.set(String(resolve(Export.Name, scope)), value)
    if (typeof value === 'string') outputs[name] = value
  }
  return outputs
}
