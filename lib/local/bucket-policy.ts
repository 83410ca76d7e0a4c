import * as z from 'zod/mini'
import type { OriginAccess } from './s3/origin.ts'

const texts = z.union([z.string(), z.array(z.string())])

const Statement = z.strictObject({
  Sid: z.optional(z.string()),
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts,
  Principal: z.union([z.string(), z.record(z.string(), texts)]),
  Resource: texts,
  Condition: z.optional(z.record(z.string(), z.record(z.string(), z.unknown()))),
})
type Statement = z.infer<typeof Statement>

export const BucketPolicyProperties = z.strictObject({
  Bucket: z.string(),
  PolicyDocument: z.strictObject({ Version: z.string(), Statement: z.array(Statement) }),
})

const list = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value)

/** Conditions of denials without effect on this machine, where all is asked by HTTP on the loopback interface. */
const transport = ['aws:SecureTransport', 's3:TlsVersion']

const conditionKeys = ({ Condition }: Statement): string[] =>
  Object.values(Condition ?? {}).flatMap(keys => Object.keys(keys))

const isForEdge = ({ Principal }: Statement): boolean =>
  typeof Principal === 'object' && list(Principal.Service ?? []).includes('cloudfront.amazonaws.com')

/** The resource on which each action that the edge may have takes effect, from the bucket's ARN. */
const resources: Readonly<Record<string, (bucketArn: string) => string>> = {
  's3:GetObject': arn => `${arn}/*`,
  's3:ListBucket': arn => arn,
}

const onTag = 's3:ExistingObjectTag/'

/** The tags without which a statement denies the edge to read, by `StringNotEquals`; undefined if it denies anything else. */
const tagsDenied = (bucketArn: string, statement: Statement): Readonly<Record<string, string>> | undefined => {
  const { StringNotEquals = {}, ...others } = statement.Condition ?? {}
  const tags = Object.entries(StringNotEquals)
  const isRead = isForEdge(statement) && list(statement.Action).join() === 's3:GetObject'
  const isTags = tags.length === 1 && tags.every(([key, value]) => key.startsWith(onTag) && typeof value === 'string')
  if (!isRead || !isTags || Object.keys(others).length > 0) return undefined
  if (list(statement.Resource).join() !== `${bucketArn}/*`) return undefined
  return Object.fromEntries(tags.map(([key, value]) => [key.slice(onTag.length), String(value)]))
}

/**
 * What a bucket's policy allows the distribution to do. Statements for others than the edge have no effect: functions
 * have the rights of their roles, which this machine does not check. Throws an error for a statement that would have to
 * be evaluated here and is not: one for the edge with another condition, action or resource, or another denial.
 */
export const edgeAccess = (bucketArn: string, statements: readonly Statement[]): OriginAccess => {
  const allowed = new Set<string>()
  let tagged: OriginAccess['tagged']
  for (const statement of statements) {
    const keys = conditionKeys(statement)
    if (statement.Effect === 'Deny') {
      const tags = tagsDenied(bucketArn, statement)
      if (tags) tagged = { ...tagged, ...tags }
      else if (keys.length === 0 || !keys.every(key => transport.includes(key)))
        throw new Error(`The policy of ${bucketArn} denies by ${keys.join(', ') || 'no condition'}`)
      continue
    }
    if (!isForEdge(statement)) continue
    if (keys.some(key => key !== 'AWS:SourceArn'))
      throw new Error(`The policy of ${bucketArn} allows the edge by ${keys.join(', ')}`)
    const odd = list(statement.Resource).filter(one => one !== bucketArn && one !== `${bucketArn}/*`)
    if (odd.length > 0) throw new Error(`The policy of ${bucketArn} allows the edge ${odd.join(', ')}`)
    for (const action of list(statement.Action)) {
      const resource = resources[action]
      if (!resource) throw new Error(`The policy of ${bucketArn} allows the edge ${action}`)
      if (list(statement.Resource).includes(resource(bucketArn))) allowed.add(action)
    }
  }
  return {
    read: allowed.has('s3:GetObject'),
    list: allowed.has('s3:ListBucket'),
    ...(tagged && { tagged }),
  }
}
