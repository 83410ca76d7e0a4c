import { at, list, ofType, type Template, texts } from './template.ts'

const statements = (policy: unknown) => list(at(policy, 'PolicyDocument', 'Statement'))

/** Bucket policies with a statement about another bucket than the one they are attached to: it has no effect. */
export const strayBucketPolicies = (template: Template): string[] =>
  ofType(template, 'AWS::S3::BucketPolicy').flatMap(([id, policy]) => {
    const bucket = at(policy, 'Bucket', 'Ref')
    const named = statements(policy).flatMap(statement =>
      texts(at(statement, 'Resource'))
        .filter(([path]) => path.endsWith('Fn::GetAtt.0'))
        .map(([, name]) => name),
    )
    return named.filter(name => name !== bucket).map(name => `${id}: is attached to ${bucket} and refers to ${name}`)
  })

/** Actions on objects only. For these, a wildcard may stand for all objects of a bucket, or of one feature in it. */
const objectActions = new Set(
  [
    ...['GetObject', 'PutObject', 'DeleteObject', 'AbortMultipartUpload', 'ListMultipartUploadParts'],
    ...['GetObjectTagging', 'PutObjectTagging'],
    ...['GetObjectVersion', 'GetObjectVersionTagging', 'PutObjectVersionTagging'],
  ].map(action => `s3:${action}`),
)
const isObjectsOfOneBucket = (resource: unknown) => {
  const join = list(at(resource, 'Fn::Join', 1))
  return join.length === 2 && at(join[0], 'Fn::GetAtt', 1) === 'Arn' && /^\/([a-z-]+\/)?\*$/.test(String(join[1]))
}

/** The rule by which GuardDuty learns of objects, whose name it chooses itself. */
const isRuleOfScan = (resource: unknown) =>
  texts(resource).some(([, text]) => /:rule\/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3\*$/.test(text))

/** Permissions that are too wide: any other `*` in an allowed action or resource of a role. */
export const wideGrants = (template: Template): string[] => {
  const policies = [
    ...ofType(template, 'AWS::IAM::Policy'),
    ...ofType(template, 'AWS::IAM::ManagedPolicy'),
    ...ofType(template, 'AWS::IAM::Role').flatMap(([id, role]) =>
      list(at(role, 'Policies')).map((policy): [string, unknown] => [id, policy]),
    ),
  ]
  const inPolicies = policies.flatMap(([id, policy]) =>
    statements(policy)
      .filter(statement => at(statement, 'Effect') === 'Allow')
      .flatMap(statement => {
        const actions = list(at(statement, 'Action')) as string[]
        const resources = list(at(statement, 'Resource'))
        const objects = actions.every(action => objectActions.has(action))
        const rules = actions.every(action => action.startsWith('events:'))
        return [
          ...(at(statement, 'NotAction') || at(statement, 'NotResource') ? [`${id}: allows all but something`] : []),
          ...actions.filter(action => action.includes('*')).map(action => `${id}: allows the actions ${action}`),
          ...resources
            .filter(resource => !(objects && isObjectsOfOneBucket(resource)) && !(rules && isRuleOfScan(resource)))
            .filter(resource => texts(resource).some(([, text]) => text.includes('*')))
            .map(resource => `${id}: allows ${actions.join(', ')} on ${JSON.stringify(resource)}`),
        ]
      }),
  )
  const managed = ofType(template, 'AWS::IAM::Role').flatMap(([id, role]) =>
    list(at(role, 'ManagedPolicyArns')).map(arn => `${id}: has the managed policy ${JSON.stringify(arn)}`),
  )
  return [...inPolicies, ...managed]
}
