import { describe, expect, it } from 'vitest'
import { territories } from '../../lib/territories.ts'
import { contracts } from '../../shared/features.ts'
import { at, list, ofType, synthesized } from './check/template.ts'

describe.each(territories)('$name', territory => {
  const template = () => synthesized(territory.name)

  it('has a table that is retained with its stack deleted, with point-in-time recovery, TTL and a stream', () => {
    const [table, ...others] = ofType(template(), 'AWS::DynamoDB::Table')
    const [id = '', properties] = table ?? []
    expect(others).toEqual([])
    expect(properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    })
    expect(template().Resources[id]?.DeletionPolicy).toBe('Retain')
    const { warmThroughput } = territory
    expect(at(properties, 'WarmThroughput')).toEqual(
      warmThroughput && { ReadUnitsPerSecond: warmThroughput.reads, WriteUnitsPerSecond: warmThroughput.writes },
    )
  })

  it('has encrypted, private buckets that require TLS, and versions of people’s files', () => {
    const buckets = ofType(template(), 'AWS::S3::Bucket')
    const policies = ofType(template(), 'AWS::S3::BucketPolicy')
    expect(buckets).toHaveLength(3)
    for (const [id, bucket] of buckets) {
      expect(bucket).toMatchObject({
        BucketEncryption: { ServerSideEncryptionConfiguration: [{}] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      })
      const policy = policies.find(([, one]) => at(one, 'Bucket', 'Ref') === id)?.[1]
      const statements = list(at(policy, 'PolicyDocument', 'Statement'))
      expect(statements).toContainEqual(
        expect.objectContaining({
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: 's3:*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      )
      // Access is only allowed to services of AWS, with a condition that they act for this account.
      for (const statement of statements.filter(one => at(one, 'Effect') === 'Allow'))
        expect([Object.keys(at(statement, 'Principal') as object), at(statement, 'Condition')]).toEqual([
          ['Service'],
          expect.anything(),
        ])
    }
    const documents = buckets.find(([id]) => id.startsWith('Documents'))
    expect(at(documents?.[1], 'VersioningConfiguration', 'Status')).toBe('Enabled')
  })

  it('delivers the stream with bisected, limited retries and an encrypted dead-letter queue', () => {
    const [mapping] = ofType(template(), 'AWS::Lambda::EventSourceMapping')
    expect(mapping?.[1]).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      MaximumBatchingWindowInSeconds: 1,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 10,
      MaximumRecordAgeInSeconds: 3600,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    })
    const queue = String(at(mapping?.[1], 'DestinationConfig', 'OnFailure', 'Destination', 'Fn::GetAtt', 0))
    expect(at(template().Resources[queue], 'Properties', 'SqsManagedSseEnabled')).toBe(true)
  })

  it('runs each function on arm64 and Node 24, with a role and a log group of its own', () => {
    const all = template()
    const functions = ofType(all, 'AWS::Lambda::Function')
    const roles = functions.map(([, fn]) => String(at(fn, 'Role', 'Fn::GetAtt', 0)))
    // Beside those of the contracts: delivery, keys, site.
    expect(functions).toHaveLength(contracts.length + 3)
    expect(new Set(roles).size).toBe(functions.length)
    for (const [, fn] of functions) {
      expect(fn).toMatchObject({ Architectures: ['arm64'], Runtime: 'nodejs24.x' })
      const log = String(at(fn, 'LoggingConfig', 'LogGroup', 'Ref'))
      expect(at(all.Resources[log], 'Properties', 'RetentionInDays')).toBe(180)
    }
  })

  it('describes in every alarm who is hurt and what to do, and has alarms for every function', () => {
    const alarms = ofType(template(), 'AWS::CloudWatch::Alarm')
    for (const [id, alarm] of alarms) {
      expect([id, at(alarm, 'AlarmDescription')]).toEqual([id, expect.stringMatching(/^Hurt: .+\. Do: .+\.$/)])
      expect([id, list(at(alarm, 'AlarmActions')).length]).toEqual([id, 1])
    }
    const names = alarms.map(([, alarm]) => at(alarm, 'AlarmName'))
    for (const name of [...contracts.map(one => one.function), 'delivery'])
      for (const what of ['Failures', 'Throttles']) {
        const fn = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
        expect(names).toContain(`preau-${territory.name}-${fn}${what}`)
      }
  })

  it('mails alarms to its contacts', () => {
    const subscribed = ofType(template(), 'AWS::SNS::Subscription').map(([, one]) => at(one, 'Endpoint'))
    expect(subscribed).toEqual(territory.contacts)
  })

  it('has the alias and certificate of its domain', () => {
    const [edge] = ofType(template(), 'AWS::CloudFront::Distribution')
    const config = at(edge?.[1], 'DistributionConfig')
    expect(at(config, 'Aliases')).toEqual(territory.domain && [territory.domain.name])
    expect(at(config, 'ViewerCertificate', 'AcmCertificateArn')).toBe(territory.domain?.certificate)
    if (territory.domain) expect(at(config, 'ViewerCertificate', 'MinimumProtocolVersion')).toBe('TLSv1.2_2021')
  })
})
