import { put, remove } from '../../../platform/operation.ts'
import type { Table } from '../../../platform/table.ts'
import type { joinAccess } from '../../access.ts'
import type { PersonItem } from '../../audiences.ts'
import { type Decision, grantPatterns } from '../../grant-patterns.ts'
import { consistent } from '../stored.ts'

/**
 * What was granted to people, and decided of them, by hand: who is joined to somebody takes it along, and keeps it for
 * the day on which they are separated again. A copy is known by its time.
 */

type GrantTable = Table<typeof joinAccess>

const decisionsOf = async (table: GrantTable, id: string): Promise<Decision[]> =>
  (await table.all(grantPatterns.decisions, {}, consistent)).filter(({ adult, child }) => adult === id || child === id)

const meaning = ({ adult, child }: Pick<Decision, 'adult' | 'child'>, from: string, to: string) => ({
  adult: adult === from ? to : adult,
  child: child === from ? to : child,
})

const textOf = ({ adult, child }: Pick<Decision, 'adult' | 'child'>) => `${adult} ${child}`

/** What was decided of the one holds for the other, too, unless something was decided of that one already. */
export const copyDecisions = async (
  table: GrantTable,
  from: string,
  to: string,
  only?: Decision['kind'],
): Promise<void> => {
  const own = new Set((await decisionsOf(table, to)).map(textOf))
  const copies = (await decisionsOf(table, from))
    .filter(({ kind }) => only === undefined || kind === only)
    .map(decision => ({ ...decision, ...meaning(decision, from, to) }))
    .filter(copy => !own.has(textOf(copy)))
  await table.writeMany(
    copies.map(copy => put('decision', grantPatterns.decision, { adult: copy.adult, child: copy.child }, copy)),
  )
}

/** Takes away what was decided of somebody only by being joined to the other. */
export const removeDecisions = async (table: GrantTable, from: string, other: string): Promise<void> => {
  const originals = new Map((await decisionsOf(table, other)).map(one => [textOf(meaning(one, other, from)), one.at]))
  const copies = (await decisionsOf(table, from)).filter(
    ({ kind, at, ...one }) => kind === 'granted' && originals.get(textOf(one)) === at,
  )
  await table.writeMany(copies.map(({ adult, child }) => remove('decision', grantPatterns.decision, { adult, child })))
}

const administrated = ({ roles }: PersonItem): string[] =>
  roles.flatMap(({ uai, role }) => (role === 'administrator' ? uai : []))

/** The roles that somebody was granted, in schools and in the territory. */
const rolesOf = async (table: GrantTable, id: string, uais: readonly string[]) => {
  const schools = await Promise.all(uais.map(uai => table.all(grantPatterns.administrators, { uai }, consistent)))
  const territory = await table.all(grantPatterns.ofTerritory, {}, consistent)
  return {
    schools: schools.flat().filter(grant => grant.person === id),
    territory: territory.filter(grant => grant.person === id),
  }
}

/** Grants the one what was granted to the other. */
export const copyRoles = async (table: GrantTable, from: PersonItem, person: string): Promise<void> => {
  const uais = administrated(from)
  const { schools, territory } = await rolesOf(table, from.id, uais)
  const own = await rolesOf(table, person, uais)
  await table.writeMany([
    ...schools
      .filter(({ uai }) => !own.schools.some(grant => grant.uai === uai))
      .map(grant => put('grant', grantPatterns.administrator, { uai: grant.uai, person }, { ...grant, person })),
    ...territory
      .filter(({ role }) => !own.territory.some(grant => grant.role === role))
      .map(grant => put('grant', grantPatterns.territoryRole, { role: grant.role, person }, { ...grant, person })),
  ])
}

/** Ends what was granted to somebody only by being joined to the other. */
export const removeRoles = async (table: GrantTable, from: PersonItem, other: string): Promise<void> => {
  const uais = administrated(from)
  const { id: person } = from
  const [own, originals] = [await rolesOf(table, person, uais), await rolesOf(table, other, uais)]
  await table.writeMany([
    ...own.schools
      .filter(({ uai, at }) => originals.schools.some(grant => grant.uai === uai && grant.at === at))
      .map(({ uai }) => remove('grant', grantPatterns.administrator, { uai, person })),
    ...own.territory
      .filter(({ role, at }) => originals.territory.some(grant => grant.role === role && grant.at === at))
      .map(({ role }) => remove('grant', grantPatterns.territoryRole, { role, person })),
  ])
}
