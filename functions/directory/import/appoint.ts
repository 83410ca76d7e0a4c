import { sessionKeys } from '../../session/items.ts'
import { personId } from '../identity.ts'
import { directoryKeys, type PersonItem, type SchoolItem } from '../items.ts'
import { ImportRefused } from './feed/finding.ts'
import { type Item, importKeys } from './items.ts'
import { rebuild } from './rebuild.ts'
import type { Table } from './table.ts'

/** A person by their login, their id, or the key they have in their school's feed. */
const personOf = async (table: Table, named: string, source: string): Promise<PersonItem | undefined> => {
  const login = await table.get<Item>(sessionKeys.login(named.toLowerCase()))
  const ids = [login?.person as string | undefined, personId(source, named), named]
  for (const id of ids) {
    const person = id && (await table.get<PersonItem>(directoryKeys.person(id)))
    if (person) return person
  }
  return undefined
}

/**
 * Makes a person an administrator of a school they work in, or ends it. Holds until it is ended here, whatever feeds
 * say, and as long as they are in the school. Throws ImportRefused, with a sentence, where that cannot be.
 */
export const appoint = async (
  table: Table,
  { school: uai, person: named, end = false, now }: { school: string; person: string; end?: boolean; now: Date },
): Promise<PersonItem> => {
  const school = await table.get<SchoolItem>(directoryKeys.school(uai))
  if (!school) throw new ImportRefused(`there is no school ${uai} in this territory`)
  const person = await personOf(table, named, school.source)
  if (!person) throw new ImportRefused(`nobody in this territory has the login or key ${named}`)
  const works = person.roles.some(one => one.uai === uai && one.role !== 'pupil' && one.role !== 'guardian')
  if (person.status !== 'active' || !works)
    throw new ImportRefused(`${person.givenName} ${person.familyName} does not work in the school ${uai}`)
  const key = importKeys.grant(uai, person.id)
  if (end) await table.write([{ remove: key }])
  else await table.put({ ...key, person: person.id, uai, at: now.toISOString() })
  await rebuild(table, person.source, [person.id], now)
  return (await table.get<PersonItem>(directoryKeys.person(person.id))) ?? person
}
