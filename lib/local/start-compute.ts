import { join } from 'node:path'
import * as z from 'zod/mini'
import { CannotStart } from './cannot-start.ts'
import { type CustomResource, provision, returnValuesOf } from './custom-resource.ts'
import { readJson, writeJson } from './json-file.ts'
import { allowedBy, RolePolicyProperties, s3Statements } from './role-policy.ts'
import { runSchedule } from './schedule.ts'
import { getOrThrow, type Services, type Starter } from './services.ts'
import { mapping } from './start-mapping.ts'

const ignored = z.optional(z.unknown())

const FunctionProperties = z.strictObject({
  FunctionName: z.optional(z.string()),
  Handler: z.string(),
  Runtime: z.literal(['nodejs24.x']),
  Code: z.object({ S3Key: z.string() }),
  Environment: z.optional(z.object({ Variables: z.record(z.string(), z.string()) })),
  MemorySize: z._default(z.number(), 128),
  Timeout: z._default(z.number(), 3),
  ReservedConcurrentExecutions: z.optional(z.number()),
  Architectures: ignored,
  Description: ignored,
  // Room in /tmp is that of this machine, and nothing here stops a function that causes its own invocations.
  EphemeralStorage: ignored,
  RecursiveLoop: ignored,
  LoggingConfig: ignored,
  Role: z.string(),
  Tags: ignored,
  TracingConfig: ignored,
})

/** Environment variables by which the SDK in the functions reaches the services of this machine. */
const endpoints = ({ database, storage, keyValues, sqs, region }: Services): Record<string, string> => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
  AWS_ENDPOINT_URL_DYNAMODB_STREAMS: database.endpoint,
  AWS_ENDPOINT_URL_S3: storage.endpoint,
  AWS_ENDPOINT_URL_SQS: sqs,
  AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE: keyValues.endpoint,
})

const lambda: Starter = ({ name, properties }, services) => {
  const declared = z.parse(FunctionProperties, properties)
  const ref = declared.FunctionName ?? name
  const may = allowedBy(() => services.roles.get(declared.Role) ?? [])
  const fn = services.account.declare({
    name: ref,
    code: services.assetOf(declared.Code.S3Key),
    handler: declared.Handler,
    variables: {
      ...endpoints(services),
      ...services.storage.credentialsOf(ref, may),
      ...declared.Environment?.Variables,
    },
    memory: declared.MemorySize,
    timeout: declared.Timeout * 1_000,
    reserved: declared.ReservedConcurrentExecutions,
  })
  const Arn = `arn:aws:lambda:${services.region}:${services.accountId}:function:${ref}`
  services.functions.set(ref, fn).set(Arn, fn)
  return { ref, attributes: { Arn } }
}

const RoleProperties = z.strictObject({
  RoleName: z.optional(z.string()),
  AssumeRolePolicyDocument: ignored,
  Description: ignored,
  Tags: ignored,
})

const roleArn = (accountId: string, role: string) => `arn:aws:iam::${accountId}:role/${role}`

/** A role: who may assume it is not checked. */
const role: Starter = ({ name, properties }, { accountId }) => {
  const ref = z.parse(RoleProperties, properties).RoleName ?? name
  return { ref, attributes: { Arn: roleArn(accountId, ref), RoleId: ref } }
}

/** A policy of roles: what it allows on S3 takes effect; the other services of this machine check no permission. */
const rolePolicy: Starter = ({ name, properties }, { roles, accountId }) => {
  const { PolicyDocument, Roles } = z.parse(RolePolicyProperties, properties)
  const statements = s3Statements(PolicyDocument.Statement)
  for (const one of Roles) {
    const arn = roleArn(accountId, one)
    roles.set(arn, [...(roles.get(arn) ?? []), ...statements])
  }
  return { ref: name, attributes: {} }
}

const RuleProperties = z.strictObject({
  ScheduleExpression: z.string(),
  State: z._default(z.enum(['ENABLED', 'DISABLED']), 'ENABLED'),
  Targets: z.array(
    z.strictObject({ Id: z.string(), Arn: z.string(), Input: z.optional(z.string()), RetryPolicy: ignored }),
  ),
  Name: z.optional(z.string()),
  Description: ignored,
  Tags: ignored,
})

const rule: Starter = ({ name, properties }, services) => {
  const { ScheduleExpression, State, Targets, Name } = z.parse(RuleProperties, properties)
  const ref = Name ?? name
  const Arn = `arn:aws:events:${services.region}:${services.accountId}:rule/${ref}`
  const event = (time: Date) => ({
    version: '0',
    id: ref,
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: services.accountId,
    time: time.toISOString(),
    region: services.region,
    resources: [Arn],
    detail: {},
  })
  for (const { Arn: target, Input } of State === 'ENABLED' ? Targets : []) {
    const fn = getOrThrow(services.functions, target, 'function')
    services.afterwards.push(() => {
      const { stop } = runSchedule(ScheduleExpression, at => fn.invoke(Input ? JSON.parse(Input) : event(at)))
      services.endings.push(stop)
    })
  }
  return { ref, attributes: { Arn } }
}

/** A custom resource: one of the assembly's functions provides it, as at a deploy by CloudFormation. */
export const customResource: Starter = async ({ id, type, stackId, properties: given }, services) => {
  const { ServiceToken, ServiceTimeout: _, ...properties } = given
  const fn = getOrThrow(services.functions, ServiceToken, 'function')
  const file = join(services.folder, 'custom-resources.json')
  const key = `${stackId} ${id}`
  const before = readJson<Record<string, CustomResource>>(file, {})[key]
  try {
    const after = await provision({ fn, type, id, stackId, properties, before })
    if (after !== before) writeJson(file, { ...readJson<Record<string, CustomResource>>(file, {}), [key]: after })
    return returnValuesOf(after)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CannotStart(`The territory could not be set up: ${why}. See ${join(services.folder, 'logs')}.`)
  }
}

/** Starters of functions, their roles, and of what invokes them. */
export const computeStarters: Readonly<Record<string, Starter>> = {
  'AWS::IAM::Role': role,
  'AWS::IAM::Policy': rolePolicy,
  'AWS::Lambda::Function': lambda,
  'AWS::Lambda::EventSourceMapping': mapping,
  'AWS::Events::Rule': rule,
  'AWS::CloudFormation::CustomResource': customResource,
}
