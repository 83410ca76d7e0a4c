import { App, Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { describe, expect, it } from 'vitest'
import { boardsAccess } from '../../../functions/platform/access.ts'
import { boardsRebuildAccess } from '../../../lib/features.ts'
import { boardsRebuild, madeBy } from '../../../lib/platform/boards-rebuild.ts'
import { deliveryFunction } from '../../../lib/platform/delivery.ts'
import { itemMigrations } from '../../../lib/platform/item-migrations.ts'
import { territoryTable } from '../../../lib/platform/table.ts'
import { territories } from '../../../lib/territories.ts'
import { contracts } from '../../../shared/features.ts'
import type { Contract } from '../../../shared/kernel/route.ts'

const templateOf = (): Template => {
  const [territory] = territories
  if (!territory) throw new Error('there is no territory')
  const stack = new Stack(new App(), 'test', { env: { region: territory.region } })
  const props = { territory, table: territoryTable(stack, territory) }
  const { fn: delivery } = deliveryFunction(stack, { ...props, accesses: [boardsAccess] })
  itemMigrations(stack, { ...props, delivery, accesses: [] })
  boardsRebuild(stack, { ...props, delivery, contracts, access: boardsRebuildAccess })
  return Template.fromStack(stack)
}

const upgrade = (index: unknown) => index

describe('a deploy', () => {
  it.each(['Custom::PreauBoards', 'Custom::PreauItems'])(
    'gives the order of %s once the function that carries it out has its new code',
    type => {
      const template = templateOf()
      const [delivery] = Object.entries(template.findResources('AWS::Lambda::Function')).flatMap(
        ([id, { Properties }]) => (Properties.FunctionName.endsWith('-delivery') ? [id] : []),
      )
      const [order, ...more] = Object.values(template.findResources(type))
      expect(more).toEqual([])
      expect(delivery).toBeDefined()
      expect(order?.DependsOn).toContain(delivery)
    },
  )

  it('has boards rendered anew when the shape of a board or of the index changes, or the interval of polls', () => {
    const now = madeBy(contracts)
    templateOf().hasResourceProperties('Custom::PreauBoards', { Shapes: now })
    const raised = contracts.map(one => (one.board ? { ...one, board: { ...one.board, shape: 99 } } : one))
    const former = [{ shape: 1, upgrade, downgrade: upgrade }]
    const others = [
      madeBy(raised as readonly Contract[]),
      madeBy(contracts, { current: 2, former }),
      madeBy(contracts, { current: 2, former: [] }),
      madeBy(contracts, undefined, 60),
    ]
    expect(new Set([now, ...others]).size).toBe(5)
  })
})
