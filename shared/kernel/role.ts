/** What a person is in one school. `staff` is any other adult of the school (nurse, secretary, counsellor). */
export const roles = ['pupil', 'guardian', 'teacher', 'pupil-life', 'staff', 'head', 'administrator'] as const

export type Role = (typeof roles)[number]

/**
 * What a person is in the whole territory, whatever their schools. `operator`: deploys it and watches it scale.
 * `authority`: an officer of the local authority or the rectorat, who sees aggregates and never a name.
 */
export const territoryRoles = ['operator', 'authority'] as const

export type TerritoryRole = (typeof territoryRoles)[number]

/** A role held in a school, by its UAI. */
export type SchoolRole = { readonly uai: string; readonly role: Role }

/** True if one of `held` is one of `wanted` in the school `uai`. */
export const holds = (held: readonly SchoolRole[], uai: string, wanted: readonly Role[]): boolean =>
  held.some(one => one.uai === uai && wanted.includes(one.role))
