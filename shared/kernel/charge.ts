import { holds, type Role, type SchoolRole } from './role.ts'

/** Those who look after everybody's account in their school. */
export const inCharge = ['administrator', 'head'] as const satisfies readonly Role[]

/** True for a role of those who work in a school. */
export const isPost = ({ role }: Pick<SchoolRole, 'role'>): boolean => role !== 'pupil' && role !== 'guardian'

/** The schools in which `by` is in charge and `of` has a role. */
export const schoolsInCharge = (by: readonly SchoolRole[], of: readonly SchoolRole[]): string[] =>
  [...new Set(of.map(({ uai }) => uai))].filter(uai => holds(by, uai, inCharge))

/**
 * Whether `by`, who is in charge of the school `uai`, looks after the account of `of` there: of anyone who has a role in
 * it, but not of who runs another school, nor of a parent or pupil who works in another one: that one looks after them.
 */
export const looksAfter = (by: readonly SchoolRole[], of: readonly SchoolRole[], uai: string): boolean => {
  if (!holds(by, uai, inCharge) || !of.some(held => held.uai === uai)) return false
  const worksHere = of.some(held => held.uai === uai && isPost(held))
  return !of
    .filter(held => isPost(held) && !holds(by, held.uai, inCharge))
    .some(held => held.uai !== uai && (!worksHere || inCharge.some(role => role === held.role)))
}
