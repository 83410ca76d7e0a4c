import { describe, expect, it } from 'vitest'
import { viewerCode } from '../../lib/platform/viewer-code.ts'
import { territories } from '../../lib/territories.ts'
import { refusals } from './check/engine.ts'
import { strayBucketPolicies, wideGrants } from './check/policies.ts'
import { duplicateRoutes } from './check/routes.ts'
import { writtenSecrets } from './check/secrets.ts'
import { brokenStreams, brokenTtl } from './check/streams.ts'
import { ofType, synthesized, type Template } from './check/template.ts'
import { brokenViewerFunctions, faultsOfCode } from './check/viewer-function.ts'

/** A template of resources given as [type, properties]. */
const template = (resources: Record<string, [type: string, properties: object]>): Template => ({
  Resources: Object.fromEntries(
    Object.entries(resources).map(([id, [Type, Properties]]) => [id, { Type, Properties }]),
  ),
})
const policy = (statement: object) =>
  template({ P: ['AWS::IAM::Policy', { PolicyDocument: { Statement: statement } }] })
const bucketArn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] })

/** Each check, with bad templates and the number of faults it must find in each. */
const checks: Record<string, { check: (of: Template) => string[]; bad: [template: Template, faults: number][] }> = {
  'the engine bundled in aws-cdk-lib': {
    check: refusals,
    bad: [
      [template({ F: ['AWS::Lambda::Function', { Code: { ZipFile: 'x' }, Runtime: 'nodejs24.x' }] }), 1],
      [template({ T: ['AWS::DynamoDB::Nothing', {}] }), 1],
      [
        template({
          F: [
            'AWS::Lambda::Function',
            { Code: { ZipFile: 'x' }, Role: 'arn:aws:iam::111122223333:role/r', Handler: 'i.h', Runtime: 'nodejs99.x' },
          ],
        }),
        1,
      ],
    ],
  },
  'duplicate route keys': {
    check: duplicateRoutes,
    bad: [
      [
        template({
          A: ['AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Api' }, RouteKey: 'GET /api/me' }],
          B: ['AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Other' }, RouteKey: 'GET /api/me' }],
          C: ['AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Api' }, RouteKey: 'GET /api/me' }],
        }),
        1,
      ],
    ],
  },
  'event source mappings': {
    check: brokenStreams,
    bad: [
      [
        template({
          T: ['AWS::DynamoDB::Table', { StreamSpecification: { StreamViewType: 'KEYS_ONLY' } }],
          M: ['AWS::Lambda::EventSourceMapping', { EventSourceArn: { 'Fn::GetAtt': ['T', 'StreamArn'] } }],
        }),
        1,
      ],
      [
        template({
          T: ['AWS::DynamoDB::Table', {}],
          M: [
            'AWS::Lambda::EventSourceMapping',
            { EventSourceArn: { 'Fn::GetAtt': ['T', 'StreamArn'] }, StartingPosition: 'LATEST' },
          ],
        }),
        1,
      ],
    ],
  },
  'TTL without attribute': {
    check: brokenTtl,
    bad: [[template({ T: ['AWS::DynamoDB::Table', { TimeToLiveSpecification: { Enabled: true } }] }), 1]],
  },
  'bucket policies of another bucket': {
    check: strayBucketPolicies,
    bad: [
      [
        template({
          P: [
            'AWS::S3::BucketPolicy',
            {
              Bucket: { Ref: 'Mine' },
              PolicyDocument: {
                Statement: [
                  { Resource: [bucketArn('Mine'), { 'Fn::Join': ['', [bucketArn('Mine'), '/*']] }] },
                  { Resource: { 'Fn::Join': ['', [bucketArn('Yours'), '/*']] } },
                ],
              },
            },
          ],
        }),
        1,
      ],
    ],
  },
  'wide grants': {
    check: wideGrants,
    bad: [
      [policy({ Effect: 'Allow', Action: 'dynamodb:*', Resource: bucketArn('T') }), 1],
      [policy({ Effect: 'Allow', Action: ['s3:GetObject'], Resource: '*' }), 1],
      [
        policy({
          Effect: 'Allow',
          Action: 'dynamodb:Query',
          Resource: { 'Fn::Join': ['', [bucketArn('T'), '/index/*']] },
        }),
        1,
      ],
      [
        policy({ Effect: 'Allow', Action: 's3:PutObjectAcl', Resource: { 'Fn::Join': ['', [bucketArn('B'), '/*']] } }),
        1,
      ],
      [policy({ Effect: 'Allow', NotAction: 's3:GetObject', Resource: bucketArn('B') }), 1],
      [template({ R: ['AWS::IAM::Role', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }] }), 1],
      [
        template({
          R: [
            'AWS::IAM::Role',
            { Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }] },
          ],
        }),
        2,
      ],
    ],
  },
  'secrets written out': {
    check: writtenSecrets,
    bad: [
      [template({ F: ['AWS::Lambda::Function', { Environment: { Variables: { EDGE_SECRET: 'abcdef' } } }] }), 1],
      [template({ F: ['AWS::Lambda::Function', { Environment: { Variables: { A: 'AKIAIOSFODNN7EXAMPLE' } } }] }), 1],
      [
        template({
          D: [
            'AWS::CloudFront::Distribution',
            {
              DistributionConfig: {
                Origins: [{ OriginCustomHeaders: [{ HeaderName: 'x-edge', HeaderValue: 'abc' }] }],
              },
            },
          ],
        }),
        1,
      ],
    ],
  },
  'viewer functions': {
    check: brokenViewerFunctions,
    bad: [
      [
        template({
          V: ['AWS::CloudFront::Function', { FunctionCode: 'function handler(event) { return event.request' }],
        }),
        1,
      ],
      [template({ V: ['AWS::CloudFront::Function', { FunctionCode: { Ref: 'Code' } }] }), 1],
    ],
  },
}

for (const [name, { check, bad }] of Object.entries(checks))
  describe(name, () => {
    it.each(bad.map(([of, faults], index) => [index + 1, of, faults] as const))(
      'finds the faults of bad template %i',
      (_, of, faults) => {
        expect(check(of)).toHaveLength(faults)
      },
    )
    it.each(territories.map(one => one.name))('finds nothing in %s', territory => {
      expect(check(synthesized(territory))).toEqual([])
    })
  })

describe('faultsOfCode() finds what the CloudFront runtime does not support:', () => {
  const inHandler = (line: string) => `async function handler(event) { ${line}; return event.request }`
  it.each([
    ['optional chaining', 'event.viewer?.ip'],
    ['nullish coalescing', 'event.a ?? 1'],
    ['destructuring', 'const { request } = event'],
    ['spread', 'f(...event)'],
    ['for…of', 'for (const a of event.b) a()'],
    ['default parameters', 'var f = function (a = 1) { return a }'],
    ['classes', 'class A {}'],
    ['generators and yield', 'var g = function* () { yield 1 }'],
    ['shorthand properties', 'var a = 1; var b = { a }'],
    ['timers', 'setTimeout(handler, 1)'],
    ['eval', 'eval("1")'],
    ['fetch', 'fetch("/")'],
  ])('%s', (_, line) => {
    expect(faultsOfCode(inHandler(line))).not.toEqual([])
  })

  it('other modules', () => {
    expect(faultsOfCode(`import fs from 'fs'\n${inHandler('1')}`)).toEqual(['imports fs'])
  })
  it('too many bytes', () => {
    expect(faultsOfCode(inHandler(`var a = '${'é'.repeat(5_100)}'`))).toEqual([expect.stringMatching(/10,240 at most/)])
  })
  it('no handler', () => {
    expect(faultsOfCode('var a = 1')).toEqual(['has no function handler'])
  })
  it('and accepts what it supports', () => {
    expect(faultsOfCode(inHandler('const a = `x` + event.process; await a; var b = () => a ** 2; b()'))).toEqual([])
  })
})

it('deploys the viewer function that the tests of the edge run', () => {
  const [viewer] = ofType(synthesized('demo'), 'AWS::CloudFront::Function')
  expect(viewer?.[1]).toMatchObject({
    FunctionCode: viewerCode(),
    FunctionConfig: { Runtime: 'cloudfront-js-2.0' },
  })
})
