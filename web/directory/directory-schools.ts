import type { Group } from '../../shared/directory/contract.ts'
import { holds } from '../../shared/kernel/role.ts'
import type { Me } from '../../shared/session/contract.ts'

/** A school whose directory the person may consult, and their rights in it. */
export type DirectorySchool = {
  readonly uai: string
  readonly name: string
  /** True for those who search everybody: its administrators and head. */
  readonly searches: boolean
  /** True for those who may give codes here. */
  readonly issues: boolean
  /** The only classes and groups they may open; absent: all of the school, which the API lists. */
  readonly own?: readonly Pick<Group, 'id' | 'name'>[]
}

/** The schools whose directory `me` may consult; the same rule as in functions/directory. */
export const directorySchoolsOf = (me: Pick<Me, 'roles' | 'schools' | 'audiences'>): DirectorySchool[] =>
  me.schools.flatMap(({ uai, name }) => {
    const searches = holds(me.roles, uai, ['administrator', 'head'])
    const runs = searches || holds(me.roles, uai, ['pupil-life'])
    const teaches = holds(me.roles, uai, ['teacher'])
    if (!runs && !teaches) return []
    const taught = me.audiences.flatMap(({ kind, uai: of, group, label }) =>
      kind === 'class' && of === uai && group !== undefined ? [{ id: group, name: label }] : [],
    )
    return [{ uai, name, searches, issues: searches || teaches, ...(!runs && { own: taught }) }]
  })
