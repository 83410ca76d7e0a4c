import { App, Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { describe, expect, it } from 'vitest'
import { type Access, uses } from '../../functions/platform/access.ts'
import { platformPatterns } from '../../functions/platform/patterns.ts'
import { deliveryFunction } from '../../lib/platform/delivery.ts'
import { itemMigrations } from '../../lib/platform/item-migrations.ts'
import { territoryTable } from '../../lib/platform/table.ts'
import { territories } from '../../lib/territories.ts'
import { itemGenerations } from '../../shared/kernel/item-generation.ts'

/** The template of a table, the stream's function and migrations with these accesses. */
const templateOf = (accesses: readonly Access[]): Template => {
  const [territory] = territories
  if (!territory) throw new Error('there is no territory')
  const stack = new Stack(new App(), 'test', { env: { region: territory.region } })
  const table = territoryTable(stack, territory)
  const delivery = deliveryFunction(stack, { territory, table, accesses: [] })
  itemMigrations(stack, { territory, table, delivery: delivery.fn, accesses })
  return Template.fromStack(stack)
}
/** The roles that may scan a table, by their logical ids. */
const scanning = (template: Template): string[] =>
  Object.values(template.findResources('AWS::IAM::Policy')).flatMap(({ Properties }) => {
    const allowed = Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: string | string[] }) => Action)
    return allowed.includes('dynamodb:Scan') ? Properties.Roles.map(({ Ref }: { Ref: string }) => Ref) : []
  })

describe('itemMigrations()', () => {
  it('lets the stream’s function alone scan the table, and only while a release has migrations', () => {
    expect(scanning(templateOf([]))).toEqual([])
    const roles = scanning(templateOf([uses({ get: [platformPatterns.keys] })]))
    expect(roles).toEqual([expect.stringMatching(/^DeliveryRole/)])
  })

  it('orders migrations at each deploy that changes the generation of items', () => {
    templateOf([]).hasResourceProperties('Custom::PreauItems', { Generation: String(itemGenerations.current) })
  })
})
