import type { PersonItem } from '../../shared/directory/items.ts'
import { holds } from '../../shared/kernel/role.ts'

/** What decides who may give a code to whom. */
export type Issuer = Pick<PersonItem, 'roles' | 'groups'>
export type Recipient = Pick<PersonItem, 'status' | 'roles' | 'groups' | 'children'>

/**
 * Whether `issuer` may give `recipient` a new code in the school `uai`. Its administrators and head: to anyone who has
 * a role there. A teacher: to the pupils they teach and those pupils' guardians, but to no one who works in a school,
 * since whoever holds a code may take the account over, and with it what the account may do.
 */
export const mayIssueCode = (issuer: Issuer, recipient: Recipient, uai: string): boolean => {
  if (recipient.status !== 'active' || !recipient.roles.some(held => held.uai === uai)) return false
  if (holds(issuer.roles, uai, ['administrator', 'head'])) return true
  if (!holds(issuer.roles, uai, ['teacher'])) return false
  if (recipient.roles.some(({ role }) => role !== 'pupil' && role !== 'guardian')) return false
  const taught = new Set(issuer.groups.filter(group => group.uai === uai).map(group => group.id))
  const own = holds(recipient.roles, uai, ['pupil']) ? recipient.groups.map(group => group.id) : []
  const childrens = recipient.children.flatMap(child => child.groups)
  return [...own, ...childrens].some(group => taught.has(group))
}
