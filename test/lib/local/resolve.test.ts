// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how CloudFormation writes references in texts
import { describe, expect, it } from 'vitest'
import { refuseUnknownTypes } from '../../../lib/local/deploy.ts'
import { isConditionMet, resolve, type Scope } from '../../../lib/local/resolve.ts'
import { dependencyOrder, type Template } from '../../../lib/local/template.ts'

const scope = (more: Partial<Template> = {}): Scope => ({
  template: { Resources: {}, ...more },
  pseudo: { 'AWS::Region': 'eu-west-3', 'AWS::AccountId': '123456789012' },
  started: new Map([['Table', { ref: 'the-table', attributes: { Arn: 'arn:table', 'Endpoint.Host': 'host' } }]]),
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
  ])('resolve() replaces %j by its value', (given, value) => {
    expect(resolve(given, scope())).toEqual(value)
  })

  it('resolve() evaluates parameters, mappings and conditions of the template', () => {
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
    expect(['A', 'B', 'C'].map(id => isConditionMet(id, own))).toEqual([true, false, true])
  })

  it.each([
    [{ Ref: 'Missing' }, 'Missing'],
    [{ 'Fn::GetAtt': ['Table', 'StreamArn'] }, 'StreamArn'],
    [{ 'Fn::GetAtt': ['Missing', 'Arn'] }, 'Missing'],
    [{ 'Fn::Transform': {} }, 'Fn::Transform'],
    [{ 'Fn::ImportValue': 'unknown' }, 'unknown'],
    ['{{resolve:secretsmanager:x}}', 'secretsmanager'],
  ])('resolve() throws an error that names %j', (given, name) => {
    expect(() => resolve(given, scope())).toThrow(name)
  })
})

describe('dependencyOrder', () => {
  it('dependencyOrder() puts each resource after those it refers to, by any kind of reference', () => {
    const order = dependencyOrder({
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

  it('dependencyOrder() names a cycle', () => {
    const Resources = { A: { Type: 'T', DependsOn: 'B' }, B: { Type: 'T', Properties: { x: { Ref: 'A' } } } }
    expect(() => dependencyOrder({ Resources })).toThrow('A → B → A')
  })
})

describe('refuseUnknownTypes', () => {
  const stack = (Type: string) => ({
    stacks: [{ name: 's', region: 'eu-west-3', template: { Resources: { Thing: { Type } } } }],
  })

  it('refuseUnknownTypes() names an unsupported resource type', () => {
    expect(() => refuseUnknownTypes(stack('AWS::Kinesis::Stream'))).toThrow('AWS::Kinesis::Stream (Thing)')
  })

  it('refuseUnknownTypes() accepts supported types and those without effect', () => {
    for (const type of ['AWS::DynamoDB::Table', 'AWS::IAM::Role', 'Custom::Anything'])
      expect(() => refuseUnknownTypes(stack(type))).not.toThrow()
  })
})
