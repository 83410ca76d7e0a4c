import type { GroupRef } from '../../record.ts'
import { tidy } from '../feed/tidy.ts'
import type { Groups } from '../years/groups.ts'

/** Schools of a feed by its own key. */
export type SchoolsByKey = ReadonlyMap<string, { readonly uai: string }>

export type Referenced = {
  readonly groups: GroupRef[]
  /** References to schools the feed does not describe. */
  readonly unknown: string[]
}

/** The key and name of a group: of `school$class` and `school$class$subject` both are the second part. */
const named = (parts: readonly string[], form: 'school$name' | '1D') => {
  const [, code = '', , id = '', name = ''] = parts
  // 1D: the second and third part are the kind of class, ordinary or not, which all classes of a school share.
  return form === '1D' && id !== '' ? { key: id, name: name || id } : { key: code, name: code }
}

/**
 * Classes or groups of values such as `school$class`, `school$class$subject`, or the five parts of 1D:
 * `school$kind$label$id$name` as in `392$11$ORDINAIRE$70125$CM2`.
 */
export const groupsOf = (
  values: readonly string[],
  kind: GroupRef['kind'],
  { schools, groups: all }: { readonly schools: SchoolsByKey; readonly groups: Pick<Groups, 'ref'> },
  form: 'school$name' | '1D' = 'school$name',
): Referenced => {
  const groups = new Map<string, GroupRef>()
  const unknown = new Set<string>()
  for (const value of values) {
    const parts = value.split('$').map(tidy)
    const [school = ''] = parts
    const { key, name } = named(parts, form)
    if (key === '') continue
    const at = schools.get(school)
    if (!at) {
      unknown.add(school)
      continue
    }
    const group = all.ref({ uai: at.uai, kind, key, name })
    groups.set(group.id, group)
  }
  return { groups: [...groups.values()], unknown: [...unknown] }
}
