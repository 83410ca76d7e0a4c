import { holds, type Role, type SchoolRole } from '../../../shared/kernel/role.ts'
import type { PersonItem } from '../audiences.ts'

/** What decides who may give a code to whom. */
export type Issuer = Pick<PersonItem, 'roles' | 'groups'>
export type Recipient = Pick<PersonItem, 'status' | 'roles' | 'groups' | 'children'>

/** Those who may give codes to anyone in their school. */
const inCharge = ['administrator', 'head'] as const satisfies readonly Role[]
const isPost = ({ role }: SchoolRole): boolean => role !== 'pupil' && role !== 'guardian'

/** True if the account opens more in other schools than those who run `uai` may look after. */
const reachesFurther = (issuer: Issuer, recipient: Recipient, uai: string): boolean => {
  const worksHere = recipient.roles.some(held => held.uai === uai && isPost(held))
  return recipient.roles
    .filter(held => isPost(held) && !holds(issuer.roles, held.uai, inCharge))
    .some(held => held.uai !== uai && (!worksHere || inCharge.some(role => role === held.role)))
}

/**
 * Whether `issuer` may give `recipient` a new code in the school `uai`. Whoever holds a code may take the account over,
 * and with it what the account may do in every school. So its administrators and head: to anyone who has a role there,
 * but not to who runs another school, nor to a parent or pupil who works in another one: that one looks after them. A
 * teacher: to the pupils they teach and those pupils' guardians, but to no one who works in a school.
 */
export const mayIssueCode = (issuer: Issuer, recipient: Recipient, uai: string): boolean => {
  if (recipient.status !== 'active' || !recipient.roles.some(held => held.uai === uai)) return false
  if (holds(issuer.roles, uai, inCharge)) return !reachesFurther(issuer, recipient, uai)
  if (!holds(issuer.roles, uai, ['teacher'])) return false
  if (recipient.roles.some(isPost)) return false
  const taught = new Set(issuer.groups.filter(group => group.uai === uai).map(group => group.id))
  const own = holds(recipient.roles, uai, ['pupil']) ? recipient.groups.map(group => group.id) : []
  const childrens = recipient.children.flatMap(child => child.groups)
  return [...own, ...childrens].some(group => taught.has(group))
}
