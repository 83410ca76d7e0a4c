import { byName } from '../../shared/kernel/names.ts'
import { ok } from '../../shared/kernel/result.ts'
import { directoryPatterns } from './audiences.ts'
import { readClosedAudiences } from './closed-groups.ts'
import type { DirectoryPlatform, DirectoryRequest } from './relations.ts'

/** The classes and groups of past years that the caller reads. */
export const closedGroups =
  ({ table }: DirectoryPlatform) =>
  async ({ caller }: DirectoryRequest<'closedGroups'>) => {
    const audiences = await readClosedAudiences(table, caller.person)
    const ids = [...new Set(audiences.flatMap(({ children }) => children))]
    const people = await table.getMany(
      directoryPatterns.person,
      ids.map(person => ({ person })),
    )
    const items = audiences.map(({ audience, audienceKind, year, uai, school, name, children }) => ({
      year,
      audience,
      kind: audienceKind,
      uai,
      school,
      label: name,
      children: people
        .flatMap(one => (one && children.includes(one.id) ? one : []))
        .sort(byName)
        .map(({ id, givenName, familyName }) => ({ id, givenName, familyName })),
    }))
    return ok({ items })
  }
