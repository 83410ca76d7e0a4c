import { describe, expect, it } from 'vitest'
import { CannotStart } from '../../../lib/local/cannot-start.ts'
import { deploy, refuseUnknown } from '../../../lib/local/deploy.ts'
import type { Services } from '../../../lib/local/services.ts'
import type { Resource } from '../../../lib/local/template.ts'

const stack = (Resources: Record<string, Resource>) => ({ name: 'demo', region: 'eu-west-3', template: { Resources } })

describe('refuseUnknown', () => {
  it('refuseUnknown() names each resource type that this machine does not know, with what it is called', () => {
    const known = stack({ Table: { Type: 'AWS::DynamoDB::Table' }, Role: { Type: 'AWS::IAM::Role' } })
    const other = stack({
      Rooms: { Type: 'AWS::ElastiCache::ServerlessCache' },
      Site: { Type: 'Custom::PreauSite' },
      Mail: { Type: 'AWS::SES::EmailIdentity' },
    })
    expect(() => refuseUnknown({ stacks: [known] })).not.toThrow()
    const refused = () => refuseUnknown({ stacks: [known, other] })
    expect(refused).toThrow(CannotStart)
    expect(refused).toThrow('AWS::ElastiCache::ServerlessCache (Rooms), AWS::SES::EmailIdentity (Mail)')
  })
})

describe('deploy', () => {
  it('deploy() throws, naming it, for a setting of a known resource that it does not know', async () => {
    const odd = stack({
      Route: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: { ApiId: 'a', RouteKey: 'GET /', Target: 'x', ApiKeyRequired: true },
      },
    })
    await expect(deploy(odd, {} as Services, new Map())).rejects.toThrow(
      'settings of Route (AWS::ApiGatewayV2::Route): ApiKeyRequired',
    )
  })
})
