import type { TerritoryRole } from '../../../shared/kernel/role.ts'
import type { Zoned } from '../../../shared/kernel/territory-day.ts'
import { put, remove } from '../../platform/operation.ts'
import type { Table } from '../../platform/table.ts'
import { accountPatterns } from '../../session/accounts.ts'
import type { grantAccess } from '../access.ts'
import { directoryPatterns, type PersonItem, sourcesOf } from '../audiences.ts'
import { grantPatterns } from '../grant-patterns.ts'
import { personId } from '../identity.ts'
import { importPatterns } from '../patterns.ts'
import { ImportRefused } from './feed/finding.ts'
import { isOfStaff } from './people/roles.ts'
import { rebuild } from './rebuild.ts'
import { consistent } from './stored.ts'

/** Roles that the operator grants and ends, whatever feeds say. */
export type GrantPlatform = Zoned & { readonly table: Table<typeof grantAccess>; readonly now: () => Date }

/** Whom a key of a feed means. */
const keyedBy = async ({ table }: GrantPlatform, source: string, key: string): Promise<string> => {
  const first = personId(source, key)
  return (await table.get(importPatterns.handedKey, { source, first }, consistent))?.person ?? first
}

/** A person by their login, their id or, given a feed's `source`, the key they have in that feed. */
export const personOf = async (
  { table, now }: Pick<GrantPlatform, 'table' | 'now'>,
  named: string,
  source: string | undefined,
): Promise<PersonItem | undefined> => {
  const account = await table.get(accountPatterns.login, { login: named.toLowerCase() }, consistent)
  for (const id of [account?.person, source && (await keyedBy({ table, now }, source, named)), named]) {
    const person = id && (await table.get(directoryPatterns.person, { person: id }, consistent))
    if (person) return person
  }
  return undefined
}

const nameOf = ({ givenName, familyName }: PersonItem) => `${givenName} ${familyName}`

/** Writes what was granted into the person's items; gives the person as they are then. */
const rebuilt = async (platform: GrantPlatform, known: PersonItem): Promise<PersonItem> => {
  const { id } = known
  for (const source of sourcesOf(known)) await rebuild(platform, source, [id])
  const person = await platform.table.get(directoryPatterns.person, { person: id }, consistent)
  if (!person) throw new Error('a person who was granted a role is gone')
  return person
}

/**
 * Makes a person an administrator of a school they work in, or ends it. Holds until it is ended here, whatever feeds
 * say, and as long as they are in the school.
 * @throws ImportRefused with a sentence, where that cannot be
 */
export const grantAdministrator = async (
  platform: GrantPlatform,
  { school: uai, person: named, end = false }: { school: string; person: string; end?: boolean },
): Promise<PersonItem> => {
  const { table, now } = platform
  const school = await table.get(directoryPatterns.school, { uai }, consistent)
  if (!school) throw new ImportRefused(`there is no school ${uai} in this territory`)
  const found = await personOf(platform, named, school.source)
  if (!found) throw new ImportRefused(`nobody in this territory has the login or key ${named}`)
  const worksThere = isOfStaff(found.roles.filter(one => one.uai === uai))
  if (found.status !== 'active' || !worksThere)
    throw new ImportRefused(`${nameOf(found)} does not work in the school ${uai}`)
  const { administrator } = grantPatterns
  const person = found.id
  await table.writeMany([
    end
      ? remove('grant', administrator, { uai, person })
      : put('grant', administrator, { uai, person }, { person, uai, at: now().toISOString() }),
  ])
  return rebuilt(platform, found)
}

/**
 * Gives a person a role of the territory, or ends it. Holds until it is ended here, whatever feeds say, and as long as
 * they work in a school of the territory. Their sessions have it once they are renewed.
 * @throws ImportRefused with a sentence, where that cannot be
 */
export const grantTerritoryRole = async (
  platform: GrantPlatform,
  { role, person: named, end = false }: { role: TerritoryRole; person: string; end?: boolean },
): Promise<PersonItem> => {
  const { table, now } = platform
  const found = await personOf(platform, named, undefined)
  if (!found) throw new ImportRefused(`nobody in this territory has the login ${named}`)
  if (!end && found.status !== 'active')
    throw new ImportRefused(`${nameOf(found)} has left the schools of this territory`)
  if (!end && !isOfStaff(found.roles))
    throw new ImportRefused(
      `${nameOf(found)} works in no school of this territory: a pupil or guardian has no such role`,
    )
  const { territoryRole } = grantPatterns
  const person = found.id
  await table.writeMany([
    end
      ? remove('grant', territoryRole, { role, person })
      : put('grant', territoryRole, { role, person }, { person, role, at: now().toISOString() }),
  ])
  return rebuilt(platform, found)
}
