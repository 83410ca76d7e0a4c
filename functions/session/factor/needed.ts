import { inCharge, isPost } from '../../../shared/kernel/charge.ts'
import type { PersonItem } from '../../directory/audiences.ts'
import { uses } from '../../platform/access.ts'
import type { Config } from '../../platform/platform.ts'
import type { Table } from '../../platform/table.ts'
import { type FactorItem, factorPatterns } from '../factor-patterns.ts'

type Roles = Pick<PersonItem, 'roles' | 'territoryRoles'>

/** Whether somebody needs a second factor: those in charge of a school, and operators, where the territory requires it. */
export const needsFactor = ({ roles, territoryRoles = [] }: Roles, { secondFactor }: Config): boolean =>
  secondFactor === 'required' &&
  (roles.some(({ role }) => inCharge.some(one => one === role)) || territoryRoles.includes('operator'))

/** Whether a second factor is offered to somebody: to all who work in a school. */
export const mayHaveFactor = ({ roles, territoryRoles = [] }: Roles): boolean =>
  roles.some(isPost) || territoryRoles.length > 0

const factorAccess = uses({ get: [factorPatterns.factor] })

/** A person's second factor, asked for only where one is offered. */
export const readFactor = async (
  table: Table<typeof factorAccess>,
  person: Roles & Pick<PersonItem, 'id'>,
): Promise<FactorItem | undefined> =>
  mayHaveFactor(person) ? table.get(factorPatterns.factor, { person: person.id }, { consistent: true }) : undefined
