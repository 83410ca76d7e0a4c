import type { Role } from '../../../shared/kernel/role.ts'
import type { PersonRecord } from '../record.ts'
import { recordOn } from './people/dated.ts'
import { ownRoles } from './people/roles.ts'
import type { StagedPerson, Staging } from './staging.ts'

/** Something people of a school have, how many have it, and how many of them a feed would take it from. */
export type Loss = {
  /**
   * Keys: people whose key is somebody else's. A role: those who stay in the school without it. Links: of guardians to
   * pupils who stay.
   */
  readonly what: 'people' | 'keys' | 'classes' | 'guardian links' | Role
  readonly had: number
  readonly lost: number
}

/** What a person is in a school, or will be. */
export type Standing = { readonly roles: Set<string>; readonly inClass: Set<string> }

const nobody: PersonRecord = { givenName: '', familyName: '' }

const noStanding = (): Standing => ({ roles: new Set(), inClass: new Set() })

/** What a staged person is in which schools. */
export const standingsOf = (id: string, person: StagedPerson | undefined, staging: Staging): Map<string, Standing> => {
  const standings = new Map<string, Standing>()
  const at = (uai: string): Standing => {
    const known = standings.get(uai) ?? noStanding()
    standings.set(uai, known)
    return known
  }
  if (!person) return standings
  const record = recordOn(person.record, staging.day)
  for (const [uai, roles] of ownRoles(record))
    for (const role of roles) {
      const groups = role === 'pupil' ? record.pupil?.groups : record.staff?.groups
      const standing = at(uai)
      standing.roles.add(role)
      if (groups?.some(group => group.uai === uai)) standing.inClass.add(role)
    }
  for (const { pupil } of staging.all<{ pupil: string }>('SELECT pupil FROM link WHERE guardian = ?', id))
    for (const [uai, roles] of ownRoles(recordOn(staging.person(pupil)?.record ?? nobody, staging.day)))
      if (roles.includes('pupil')) at(uai).roles.add('guardian')
  return standings
}
