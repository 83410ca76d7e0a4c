import { groupId } from '../../identity.ts'
import type { GroupRef } from '../../patterns.ts'
import { tidy } from '../feed/tidy.ts'

/** Schools of a feed by its own key. */
export type SchoolsByKey = ReadonlyMap<string, { readonly uai: string }>

export type Referenced = {
  readonly groups: GroupRef[]
  /** References to schools the feed does not describe. */
  readonly unknown: string[]
}

/**
 * Classes or groups of values such as `school$class`, `school$class$subject`, or the five parts of 1D, of which the
 * second is the class and the third, if it has letters where the second has none, its name.
 */
export const groupsOf = (
  values: readonly string[],
  kind: GroupRef['kind'],
  schools: SchoolsByKey,
  parts: 'school$name' | '1D' = 'school$name',
): Referenced => {
  const groups = new Map<string, GroupRef>()
  const unknown = new Set<string>()
  for (const value of values) {
    const [school = '', code = '', label = ''] = value.split('$').map(tidy)
    if (code === '') continue
    const at = schools.get(school)
    if (!at) {
      unknown.add(school)
      continue
    }
    const named = parts === '1D' && /\p{L}/u.test(label) && !/\p{L}/u.test(code)
    const group = { id: groupId(at.uai, kind, code), uai: at.uai, name: named ? label : code, kind }
    groups.set(group.id, group)
  }
  return { groups: [...groups.values()], unknown: [...unknown] }
}
