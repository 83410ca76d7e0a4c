import { sortName } from '../../../../shared/kernel/names.ts'
import type { PersonItem } from '../../audiences.ts'
import { fingerprint } from '../../identity.ts'
import type { SourceItem } from '../../patterns.ts'
import type { PersonRecord } from '../../record.ts'
import { contactRows } from '../joined/contacts.ts'
import type { Put } from '../platform.ts'
import type { StagedSchool } from '../staging.ts'
import { type Composed, composed, type Member } from './compose.ts'
import { formerSearchRows } from './former-search-rows.ts'
import { foremostFirst } from './roles.ts'

/**
 * The items of a person who left: they keep their account, their names and what they were, and belong to no audience.
 * Their sessions end, since the fingerprint of their access changes. Of what the feed said only their names are stored,
 * and by what another source finds them, unless the feed describes them still (`kept`): then a delta may refer to what
 * it says, or a day may come on which it counts again.
 * @param elsewhere whether another source gives them access: then they are in no list of those who left
 */
export const suspended = (
  stored: Pick<SourceItem, 'id' | 'source' | 'record'>,
  left: NonNullable<SourceItem['left']>,
  school: (uai: string) => StagedSchool | undefined,
  kept?: { readonly record: PersonRecord; readonly changing: readonly Put[] },
  elsewhere = false,
): Composed => {
  const { id, source } = stored
  const { givenName, familyName, contacts } = kept?.record ?? stored.record
  const record = kept?.record ?? { givenName, familyName, ...(contacts && { contacts }) }
  const roles = left.roles.map(({ uai, role }) => ({ uai, role }))
  const uais = [...new Set(roles.map(one => one.uai))].sort()
  const person: PersonItem = {
    id,
    givenName,
    familyName,
    status: 'suspended',
    suspendedAt: left.at,
    source,
    roles,
    schools: uais.map(uai => {
      const { name = uai, town } = school(uai) ?? {}
      return { uai, name, ...(town && { town }) }
    }),
    audiences: [],
    children: [],
    guardians: [],
    groups: [],
    access: fingerprint(['suspended', roles, []]),
  }
  const rowIn = (uai: string) => {
    const [role = 'staff'] = foremostFirst(roles.filter(one => one.uai === uai).map(one => one.role))
    return { person: id, givenName, familyName, role, classes: [], suspended: true }
  }
  const name = sortName(record)
  const listed = elsewhere ? [] : uais
  return composed(
    { id, source, record },
    person,
    [...contactRows(id, source, record), ...(kept?.changing ?? [])],
    listed.map((uai): Member => ({ args: { uai, role: 'suspended', name, person: id }, fields: rowIn(uai) })),
    {
      children: [],
      left: { at: left.at, roles },
      former: () => listed.flatMap(uai => formerSearchRows(uai, rowIn(uai))),
    },
    kept !== undefined,
  )
}
