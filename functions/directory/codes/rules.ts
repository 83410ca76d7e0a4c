import { inCharge, isPost, looksAfter } from '../../../shared/kernel/charge.ts'
import { holds } from '../../../shared/kernel/role.ts'
import type { PersonItem } from '../audiences.ts'

/** What decides who may give a code to whom. */
export type Issuer = Pick<PersonItem, 'roles' | 'groups'>
export type Recipient = Pick<PersonItem, 'status' | 'roles' | 'groups' | 'children'>

/**
 * Whether `issuer` may give `recipient` a new code in the school `uai`. Whoever holds a code may take the account over,
 * and with it what the account may do in every school. So its administrators and head: to those whose account they look
 * after. A teacher: to the pupils they teach, and to those pupils' guardians while these have no active account, but to
 * no one who works in a school.
 * @param active whether the recipient's account is activated
 */
export const mayIssueCode = (issuer: Issuer, recipient: Recipient, uai: string, active: boolean): boolean => {
  if (recipient.status !== 'active' || !recipient.roles.some(held => held.uai === uai)) return false
  if (holds(issuer.roles, uai, inCharge)) return looksAfter(issuer.roles, recipient.roles, uai)
  if (!holds(issuer.roles, uai, ['teacher'])) return false
  if (recipient.roles.some(isPost)) return false
  const taught = new Set(issuer.groups.filter(group => group.uai === uai).map(group => group.id))
  if (holds(recipient.roles, uai, ['pupil']) && recipient.groups.some(group => taught.has(group.id))) return true
  return !active && recipient.children.some(child => child.groups.some(group => taught.has(group)))
}
