// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how CloudFormation writes references in texts
import { describe, expect, it } from 'vitest'
import { refuseUnknown } from '../../../lib/local/deploy.ts'
import { isWanted, resolve, type Scope } from '../../../lib/local/resolve.ts'
import { inOrder, type Template } from '../../../lib/local/template.ts'

const scope = (more: Partial<Template> = {}): Scope => ({
  template: { Resources: {}, ...more },
  pseudo: { 'AWS::Region': 'eu-west-3', 'AWS::AccountId': '123456789012' },
  known: new Map([['Table', { ref: 'the-table', attributes: { Arn: 'arn:table', 'Endpoint.Host': 'host' } }]]),
  imports: new Map([['shared', 'from another stack']]),
})

describe('resolve', () => {
  it.each([
    [{ Ref: 'Table' }, 'the-table'],
    [{ Ref: 'AWS::Region' }, 'eu-west-3'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:table'],
    [{ 'Fn::GetAtt': 'Table.Endpoint.Host' }, 'host'],
    [
      { 'Fn::Sub': 'a-${AWS::AccountId}-${Table}-${Table.Arn}-${!Table}' },
      'a-123456789012-the-table-arn:table-${Table}',
    ],
    [{ 'Fn::Sub': ['${own}/${Table}', { own: { Ref: 'AWS::Region' } }] }, 'eu-west-3/the-table'],
    [{ 'Fn::Join': ['/', ['a', { Ref: 'Table' }, 'b']] }, 'a/the-table/b'],
    [{ 'Fn::Select': [2, { 'Fn::Split': ['/', 'https://host'] }] }, 'host'],
    [{ 'Fn::ImportValue': 'shared' }, 'from another stack'],
    [{ 'Fn::Base64': 'é' }, 'w6k='],
    [{ list: [{ Ref: 'AWS::NoValue' }, 1], gone: { Ref: 'AWS::NoValue' } }, { list: [1] }],
    [
      { deep: [{ er: { Ref: 'Table' } }], n: 3, yes: true },
      { deep: [{ er: 'the-table' }], n: 3, yes: true },
    ],
  ])('resolve() gives %j its value', (given, value) => {
    expect(resolve(given, scope())).toEqual(value)
  })

  it('resolve() reads parameters, mappings and conditions of the template', () => {
    const own = scope({
      Parameters: { Size: { Default: 'large' } },
      Mappings: { Sizes: { large: { units: 12 } } },
      Conditions: {
        Large: { 'Fn::Equals': [{ Ref: 'Size' }, 'large'] },
        Small: { 'Fn::Not': [{ Condition: 'Large' }] },
        Any: { 'Fn::Or': [{ Condition: 'Large' }, { Condition: 'Small' }] },
        Both: { 'Fn::And': [{ Condition: 'Large' }, { Condition: 'Small' }] },
      },
      Resources: { A: { Type: 'T', Condition: 'Any' }, B: { Type: 'T', Condition: 'Both' }, C: { Type: 'T' } },
    })
    expect(resolve({ 'Fn::FindInMap': ['Sizes', { Ref: 'Size' }, 'units'] }, own)).toBe(12)
    expect(resolve({ 'Fn::If': ['Large', 'yes', { Ref: 'Missing' }] }, own)).toBe('yes')
    expect(['A', 'B', 'C'].map(id => isWanted(id, own))).toEqual([true, false, true])
  })

  it.each([
    [{ Ref: 'Missing' }, 'Missing'],
    [{ 'Fn::GetAtt': ['Table', 'StreamArn'] }, 'StreamArn'],
    [{ 'Fn::GetAtt': ['Missing', 'Arn'] }, 'Missing'],
    [{ 'Fn::Transform': {} }, 'Fn::Transform'],
    [{ 'Fn::ImportValue': 'unknown' }, 'unknown'],
    ['{{resolve:secretsmanager:x}}', 'secretsmanager'],
  ])('resolve() refuses %j by its name', (given, name) => {
    expect(() => resolve(given, scope())).toThrow(name)
  })
})

describe('inOrder', () => {
  it('inOrder() puts each resource behind what it refers to, in whatever way', () => {
    const order = inOrder({
      Resources: {
        A: { Type: 'T', Properties: { of: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['B', 'Arn'] }]] } } },
        B: { Type: 'T', Properties: { of: { 'Fn::Sub': '${C}-${D.Arn}-${AWS::Region}-${!E}' } } },
        C: { Type: 'T', DependsOn: ['D'] },
        D: { Type: 'T', DependsOn: 'E' },
        E: { Type: 'T', Properties: { of: { Ref: 'F' } } },
        F: { Type: 'T' },
      },
    })
    expect(order).toEqual(['F', 'E', 'D', 'C', 'B', 'A'])
  })

  it('inOrder() names a circle', () => {
    const Resources = { A: { Type: 'T', DependsOn: 'B' }, B: { Type: 'T', Properties: { x: { Ref: 'A' } } } }
    expect(() => inOrder({ Resources })).toThrow('A → B → A')
  })
})

describe('refuseUnknown', () => {
  const stack = (Type: string) => ({
    stacks: [{ name: 's', region: 'eu-west-3', template: { Resources: { Thing: { Type } } } }],
  })

  it('refuseUnknown() names a resource type that is not run here', () => {
    expect(() => refuseUnknown(stack('AWS::Kinesis::Stream'))).toThrow('AWS::Kinesis::Stream (Thing)')
  })

  it('refuseUnknown() takes what is run here and what has no effect here', () => {
    for (const type of ['AWS::DynamoDB::Table', 'AWS::IAM::Role', 'Custom::Anything'])
      expect(() => refuseUnknown(stack(type))).not.toThrow()
  })
})
