import { describe, expect, it } from 'vitest'
import { edgeAccess } from '../../../lib/local/bucket-policy.ts'

const arn = 'arn:aws:s3:::preau-site'
const insecure = {
  Effect: 'Deny' as const,
  Action: 's3:*',
  Principal: { AWS: '*' },
  Resource: [arn, `${arn}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
}
const ofDistribution = { StringEquals: { 'AWS:SourceArn': 'arn:aws:cloudfront::123456789012:distribution/E1' } }
const edge = (
  Action: string,
  Resource: string,
  Condition: Record<string, Record<string, string>> = ofDistribution,
) => ({
  Effect: 'Allow' as const,
  Action,
  Principal: { Service: 'cloudfront.amazonaws.com' },
  Resource,
  Condition,
})

describe('edgeAccess()', () => {
  it('is what the policy allows CloudFront, and not what it allows others', () => {
    const logs = { ...edge('s3:PutObject', `${arn}/*`), Principal: { Service: 'logging.s3.amazonaws.com' } }
    const read = edge('s3:GetObject', `${arn}/*`)
    expect(edgeAccess(arn, [insecure, logs])).toEqual({ read: false, list: false })
    expect(edgeAccess(arn, [insecure, read])).toEqual({ read: true, list: false })
    expect(edgeAccess(arn, [read, edge('s3:ListBucket', arn)])).toEqual({ read: true, list: true })
    const both = { ...read, Action: ['s3:GetObject', 's3:ListBucket'] }
    expect(edgeAccess(arn, [{ ...both, Resource: [arn, `${arn}/*`] }])).toEqual({ read: true, list: true })
    expect(edgeAccess(arn, [both])).toEqual({ read: true, list: false })
  })

  it('is less by what the policy denies CloudFront: objects without a tag', () => {
    const untagged = {
      ...edge('s3:GetObject', `${arn}/*`, { StringNotEquals: { 's3:ExistingObjectTag/Scan': 'CLEAN' } }),
      Effect: 'Deny' as const,
    }
    const read = edge('s3:GetObject', `${arn}/*`)
    expect(edgeAccess(arn, [read, untagged])).toEqual({ read: true, list: false, tagged: { Scan: 'CLEAN' } })
    const others = [
      { ...untagged, Action: 's3:*' },
      { ...untagged, Resource: `${arn}/a/*` },
    ]
    for (const one of others) expect(() => edgeAccess(arn, [read, one])).toThrow(arn)
  })

  it.each([
    ['another condition', edge('s3:GetObject', `${arn}/*`, { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
    ['another action', edge('s3:PutObject', `${arn}/*`)],
    ['a part of the bucket', edge('s3:GetObject', `${arn}/public/*`)],
    ['a denial by another condition', { ...insecure, Condition: { Null: { 's3:x-amz-acl': 'false' } } }],
    ['a denial without a condition', { ...insecure, Condition: {} }],
  ])('throws for %s, which would not be evaluated', (_, statement) => {
    expect(() => edgeAccess(arn, [statement])).toThrow(arn)
  })
})
