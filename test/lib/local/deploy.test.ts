import { describe, expect, it } from 'vitest'
import { CannotStart } from '../../../lib/local/cannot-start.ts'
import { deploy, refuseUnknownTypes } from '../../../lib/local/deploy.ts'
import type { Services } from '../../../lib/local/services.ts'
import type { Resource } from '../../../lib/local/template.ts'

const stack = (Resources: Record<string, Resource>) => ({ name: 'demo', region: 'eu-west-3', template: { Resources } })

describe('refuseUnknownTypes', () => {
  it('refuseUnknownTypes() names each unsupported resource type and its logical id', () => {
    const known = stack({ Table: { Type: 'AWS::DynamoDB::Table' }, Role: { Type: 'AWS::IAM::Role' } })
    const other = stack({
      Rooms: { Type: 'AWS::ElastiCache::ServerlessCache' },
      Site: { Type: 'Custom::PreauSite' },
      Mail: { Type: 'AWS::SES::EmailIdentity' },
    })
    expect(() => refuseUnknownTypes({ stacks: [known] })).not.toThrow()
    const refused = () => refuseUnknownTypes({ stacks: [known, other] })
    expect(refused).toThrow(CannotStart)
    expect(refused).toThrow('AWS::ElastiCache::ServerlessCache (Rooms), AWS::SES::EmailIdentity (Mail)')
  })
})

describe('deploy', () => {
  const services = { addresses: new Map() } as unknown as Services

  it('deploy() throws an error that names an unsupported property of a supported resource', async () => {
    const odd = stack({
      Route: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: { ApiId: 'a', RouteKey: 'GET /', Target: 'x', ApiKeyRequired: true },
      },
    })
    await expect(deploy(odd, services, new Map())).rejects.toThrow(
      'settings of Route (AWS::ApiGatewayV2::Route): ApiKeyRequired',
    )
  })

  it('deploy() throws an error that names a property of a bucket that is not supported', async () => {
    const website = stack({ Site: { Type: 'AWS::S3::Bucket', Properties: { WebsiteConfiguration: {} } } })
    await expect(deploy(website, services, new Map())).rejects.toThrow(
      'settings of Site (AWS::S3::Bucket): WebsiteConfiguration',
    )
  })
})
