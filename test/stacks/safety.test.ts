import { describe, expect, it } from 'vitest'
import { deployedTerritories } from '../../bin/deploy/place.ts'
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

  it('tells a later deploy its name and Region, by the store', () => {
    const [[, store] = []] = ofType(template(), 'AWS::CloudFront::KeyValueStore')
    const given = { Name: String(at(store, 'Name')), Comment: String(at(store, 'Comment')) }
    expect(deployedTerritories([given])).toEqual([{ name: territory.name, region: territory.region }])
  })

  it('begins with what CloudFront names once an account, so that a second stack elsewhere fails before all that is kept', () => {
    const [[store = ''] = []] = ofType(template(), 'AWS::CloudFront::KeyValueStore')
    const kept = Object.entries(template().Resources).filter(([, one]) => one.DeletionPolicy === 'Retain')
    expect(kept.length).toBeGreaterThanOrEqual(6)
    expect(kept.filter(([, { DependsOn }]) => ![DependsOn].flat().includes(store)).map(([id]) => id)).toEqual([])
  })

  it('has encrypted, private buckets that require TLS, and versions of people’s files', () => {
    const buckets = ofType(template(), 'AWS::S3::Bucket')
    const policies = ofType(template(), 'AWS::S3::BucketPolicy')
    // Logs, documents, site, boards, feeds.
    expect(buckets).toHaveLength(5)
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

  it('reads the stream twice at most, within a second, with limited retries and encrypted dead-letter queues', () => {
    const mappings = ofType(template(), 'AWS::Lambda::EventSourceMapping').filter(
      ([id]) => !/^(Imports|Due|Arrivals)/.test(id),
    )
    // A shard of a stream serves two readers (Amazon DynamoDB Developer Guide, "Change data capture").
    expect(mappings).toHaveLength(2)
    for (const [, mapping] of mappings) {
      expect(mapping).toMatchObject({
        StartingPosition: 'TRIM_HORIZON',
        MaximumBatchingWindowInSeconds: 1,
        MaximumRetryAttempts: expect.any(Number),
        MaximumRecordAgeInSeconds: 3600,
      })
      const queue = String(at(mapping, 'DestinationConfig', 'OnFailure', 'Destination', 'Fn::GetAtt', 0))
      expect(at(template().Resources[queue], 'Properties', 'SqsManagedSseEnabled')).toBe(true)
    }
  })

  it('wakes the clock by an encrypted queue, which delivery alone fills, and holds no message for a run of its own', () => {
    const all = template()
    const [id = '', queue] = ofType(all, 'AWS::SQS::Queue').find(([one]) => one.startsWith('Due')) ?? ['']
    const [, mapping] = ofType(all, 'AWS::Lambda::EventSourceMapping').find(([one]) => one.startsWith('Due')) ?? []
    const [, clock] = ofType(all, 'AWS::Lambda::Function').find(([one]) => one.startsWith('Clock')) ?? []
    expect(at(queue, 'SqsManagedSseEnabled')).toBe(true)
    expect(Number(at(queue, 'VisibilityTimeout'))).toBeGreaterThanOrEqual(Number(at(clock, 'Timeout')))
    expect(at(mapping, 'EventSourceArn', 'Fn::GetAtt', 0)).toBe(id)
    const told = ofType(all, 'AWS::Lambda::Function').filter(
      ([, fn]) => at(fn, 'Environment', 'Variables', 'DUE_QUEUE_URL', 'Ref') === id,
    )
    expect(told.map(([name]) => name.replace(/[0-9A-F]{8}$/, ''))).toEqual(['Delivery'])
  })

  it('imports what is dropped into a private bucket whose objects go by themselves, by a queue with one for failures', () => {
    const all = template()
    const [id = '', feeds] = ofType(all, 'AWS::S3::Bucket').find(([one]) => one.startsWith('Feeds')) ?? []
    const rules = list(at(feeds, 'LifecycleConfiguration', 'Rules'))
    expect(rules).toContainEqual({ Prefix: 'deliveries/', ExpirationInDays: 30, Status: 'Enabled' })
    expect(rules).toContainEqual({ Prefix: 'staged/', ExpirationInDays: 3, Status: 'Enabled' })
    const [notified] = list(at(feeds, 'NotificationConfiguration', 'QueueConfigurations'))
    const name = String(at(notified, 'Queue', 'Fn::GetAtt', 0))
    expect(at(notified, 'Filter', 'S3Key', 'Rules')).toEqual([{ Name: 'prefix', Value: 'deliveries/' }])
    // S3 tries the queue when the bucket is made: what lets it send is there before.
    const [policyId, policy] =
      ofType(all, 'AWS::SQS::QueuePolicy').find(([, one]) => at(one, 'Queues', 0, 'Ref') === name) ?? []
    expect(all.Resources[id]?.DependsOn).toContain(policyId)
    expect(list(at(policy, 'PolicyDocument', 'Statement'))).toContainEqual(
      expect.objectContaining({
        Action: 'sqs:SendMessage',
        Principal: { Service: 's3.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    )
    const queue = all.Resources[name]?.Properties
    const [, fn] = ofType(all, 'AWS::Lambda::Function').find(([one]) => one.startsWith('Imports')) ?? []
    expect(queue).toMatchObject({ SqsManagedSseEnabled: true, RedrivePolicy: { maxReceiveCount: 5 } })
    expect(Number(at(queue, 'VisibilityTimeout'))).toBeGreaterThanOrEqual(Number(at(fn, 'Timeout')))
    // Each step has the next one done by the queue.
    expect(fn).toMatchObject({ RecursiveLoop: 'Allow', EphemeralStorage: { Size: 10_240 } })
  })

  it('isolates what delivery cannot process, and retries what losses cannot publish as a whole', () => {
    const mappings = ofType(template(), 'AWS::Lambda::EventSourceMapping')
    const of = (name: string) => mappings.find(([id]) => id.startsWith(name))?.[1]
    const isolated = { BisectBatchOnFunctionError: true, FunctionResponseTypes: ['ReportBatchItemFailures'] }
    expect(of('DeliveryStream')).toMatchObject({ ...isolated, MaximumRetryAttempts: 10 })
    expect(of('LossesStream')).toMatchObject({ MaximumRetryAttempts: 30 })
    expect(of('LossesStream')).not.toHaveProperty('BisectBatchOnFunctionError')
  })

  it('publishes losses of access on rows of losses and marks only, and again every ten minutes', () => {
    const [, mapping] =
      ofType(template(), 'AWS::Lambda::EventSourceMapping').find(([id]) => id.startsWith('LossesStream')) ?? []
    const patterns = list(at(mapping, 'FilterCriteria', 'Filters')).map(one => JSON.parse(String(at(one, 'Pattern'))))
    expect(patterns).toEqual([
      { dynamodb: { Keys: { pk: { S: [{ prefix: 'LOST' }] } }, NewImage: { kind: { S: ['lost'] } } } },
    ])
    const rules = ofType(template(), 'AWS::Events::Rule').filter(([id]) => id.startsWith('Losses'))
    expect(rules.map(([, rule]) => at(rule, 'ScheduleExpression')).sort()).toEqual([
      'cron(43 3 * * ? *)',
      'rate(10 minutes)',
    ])
  })

  it('keeps boards in a bucket of their own, without versions, which delivery, the clock and the edge may use', () => {
    const all = template()
    const [id = '', boards] = ofType(all, 'AWS::S3::Bucket').find(([one]) => one.startsWith('Boards')) ?? []
    expect(all.Resources[id]?.DeletionPolicy).toBe('Retain')
    expect(at(boards, 'VersioningConfiguration')).toBeUndefined()
    const granted = ofType(all, 'AWS::IAM::Policy').flatMap(([, policy]) =>
      list(at(policy, 'PolicyDocument', 'Statement'))
        .filter(statement => JSON.stringify(at(statement, 'Resource')).includes(id))
        .map(statement => ({ role: at(policy, 'Roles', 0, 'Ref'), statement })),
    )
    const users = ['Clock', 'Delivery'].map(
      name => ofType(all, 'AWS::Lambda::Function').find(([one]) => one.startsWith(name))?.[1],
    )
    const expected = users.flatMap(fn => {
      const role = at(fn, 'Role', 'Fn::GetAtt', 0)
      return [
        {
          role,
          statement: {
            Effect: 'Allow',
            Action: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
            Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [id, 'Arn'] }, '/boards/*']] },
          },
        },
        {
          role,
          statement: { Effect: 'Allow', Action: 's3:ListBucket', Resource: { 'Fn::GetAtt': [id, 'Arn'] } },
        },
      ]
    })
    expect(granted).toHaveLength(expected.length)
    expect(granted).toEqual(expect.arrayContaining(expected))
    for (const fn of users) expect(at(fn, 'Environment', 'Variables', 'BOARDS_BUCKET')).toEqual({ Ref: id })
    expect(at(all.Outputs, 'BoardsBucketName', 'Value')).toEqual({ Ref: id })
  })

  it('says when a change is not on its board after 60 seconds, and counts invocations that render boards', () => {
    const all = template()
    const [, alarm] =
      ofType(all, 'AWS::CloudWatch::Alarm').find(
        ([, one]) => at(one, 'AlarmName') === `preau-${territory.name}-BoardsLate`,
      ) ?? []
    // Twice the age of the oldest record, in seconds: a change passes the stream two times.
    expect(alarm).toMatchObject({
      Threshold: 60,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      DatapointsToAlarm: 1,
      EvaluationPeriods: 1,
      AlarmDescription: expect.stringContaining('boards'),
    })
    const [expression, age] = list(at(alarm, 'Metrics'))
    expect(at(expression, 'Expression')).toBe('2 * age / 1000')
    const [delivery] = ofType(all, 'AWS::Lambda::Function').find(([one]) => one.startsWith('Delivery')) ?? []
    expect(at(age, 'MetricStat')).toMatchObject({
      Stat: 'Maximum',
      Period: 60,
      Metric: { MetricName: 'IteratorAge', Dimensions: [{ Name: 'FunctionName', Value: { Ref: delivery } }] },
    })
    const [, dashboard] = ofType(all, 'AWS::CloudWatch::Dashboard')[0] ?? []
    expect(JSON.stringify(at(dashboard, 'DashboardBody'))).toContain('RenderingInvocations')
  })

  it('runs each function on arm64 and Node 24, with a role and a log group of its own', () => {
    const all = template()
    const functions = ofType(all, 'AWS::Lambda::Function')
    const roles = functions.map(([, fn]) => String(at(fn, 'Role', 'Fn::GetAtt', 0)))
    // Beside those of the contracts: arrivals, boards, clock, delivery, imports, keys, losses, migrations, site.
    expect(functions).toHaveLength(contracts.length + 9)
    expect(new Set(roles).size).toBe(functions.length)
    for (const [, fn] of functions) {
      expect(fn).toMatchObject({ Architectures: ['arm64'], Runtime: 'nodejs24.x' })
      const log = String(at(fn, 'LoggingConfig', 'LogGroup', 'Ref'))
      expect(at(all.Resources[log], 'Properties', 'RetentionInDays')).toBe(180)
    }
  })

  it('says when no request comes in school hours, and when most sign-ins are refused', () => {
    const all = template()
    const alarmOf = (name: string) =>
      ofType(all, 'AWS::CloudWatch::Alarm').find(
        ([, one]) => at(one, 'AlarmName') === `preau-${territory.name}-${name}`,
      )?.[1]
    const silence = alarmOf('NoRequests')
    expect(silence).toMatchObject({
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      DatapointsToAlarm: 2,
      EvaluationPeriods: 2,
      TreatMissingData: 'breaching',
    })
    const [inSchoolHours, requests, runs] = list(at(silence, 'Metrics'))
    // 8 to 17 in Paris, all year round. Hour and day are of a metric that always has values.
    expect(at(inSchoolHours, 'Expression')).toBe(
      'IF((DAY(runs) < 6 AND (HOUR(runs) >= 7 AND HOUR(runs) < 15)), FILL(requests, 0), 1)',
    )
    expect(at(requests, 'MetricStat')).toMatchObject({
      Period: 900,
      Metric: { Namespace: 'AWS/ApiGateway', MetricName: 'Count' },
    })
    const [clock] = ofType(all, 'AWS::Lambda::Function').find(([one]) => one.startsWith('Clock')) ?? []
    expect(at(runs, 'MetricStat')).toMatchObject({
      Period: 900,
      Metric: { MetricName: 'Invocations', Dimensions: [{ Name: 'FunctionName', Value: { Ref: clock } }] },
    })
    const refused = list(at(alarmOf('SignInRefused'), 'Metrics'))
    for (const one of refused.slice(1))
      expect(at(one, 'MetricStat', 'Metric', 'Dimensions')).toEqual(
        expect.arrayContaining([
          { Name: 'Method', Value: 'POST' },
          { Name: 'Resource', Value: '/api/session' },
          { Name: 'Stage', Value: '$default' },
        ]),
      )
    expect(refused.slice(1).map(one => at(one, 'MetricStat', 'Metric', 'MetricName'))).toEqual(['Count', '4xx'])
  })

  it('describes in every alarm who is hurt and what to do, and has alarms for every function', () => {
    const alarms = ofType(template(), 'AWS::CloudWatch::Alarm')
    for (const [id, alarm] of alarms) {
      expect([id, at(alarm, 'AlarmDescription')]).toEqual([id, expect.stringMatching(/^Hurt: .+\. Do: .+\.$/)])
      expect([id, list(at(alarm, 'AlarmActions')).length]).toEqual([id, 1])
    }
    const names = alarms.map(([, alarm]) => at(alarm, 'AlarmName'))
    for (const name of [...contracts.map(one => one.function), 'delivery', 'losses'])
      for (const what of ['Failures', 'Throttles']) {
        const fn = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
        // The function of documents stands beside their bucket, which is called Documents.
        const called = fn === 'Documents' ? 'DocumentsApi' : fn
        expect(names).toContain(`preau-${territory.name}-${called}${what}`)
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
