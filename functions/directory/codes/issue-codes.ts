import { createHmac } from 'node:crypto'
import { codeProblem } from '../../../shared/directory/problems.ts'
import { after } from '../../../shared/kernel/dates.ts'
import { problem } from '../../../shared/kernel/problem.ts'
import { fail, ok } from '../../../shared/kernel/result.ts'
import { accountPatterns, activationCode, codeHash, codeLifetime } from '../../session/accounts.ts'
import type { DirectoryPlatform, DirectoryRequest } from '../relations.ts'
import { holdsCode } from './account-state.ts'
import { freeLogins } from './free-logins.ts'
import { codeOperations, issuedTo } from './giving.ts'
import { mayIssueCode } from './rules.ts'

/** A login may be taken, or a code given by another, between reading and writing: then all is read anew. */
const tries = 4

/**
 * Gives new activation codes to all the people asked for. Each person without a login gets one. A code replaces the one
 * given before, which nobody is told who holds its sheet: more of them than the caller was shown are not replaced. An
 * active account keeps its password until the new code is used to choose another.
 *
 * Codes are not remembered but derived from the Idempotency-Key, so that a repeat answers the same ones.
 */
export const issueCodes = (platform: DirectoryPlatform) => async (request: DirectoryRequest<'issueCodes'>) => {
  const { params, body, caller, key, repeat, now, commit, related } = request
  const { table } = platform
  const { issuer, people } = related.recipients
  const by = { id: issuer.id, name: `${issuer.givenName} ${issuer.familyName}` }
  const keys = people.map(({ id }) => ({ person: id }))

  const { refresh } = await platform.keys.current()
  const codeOf = (person: string) =>
    activationCode(createHmac('sha256', refresh).update(`code|${caller.person}|${person}|${key}`).digest())
  /** What is stored now, with the codes of this key. What a BatchGet does not show yet is read consistently. */
  const stored = async () => {
    const accounts = await table.getMany(accountPatterns.account, keys)
    const items = await Promise.all(
      people.map(async (person, at) => {
        const { id } = person
        const code = codeOf(id)
        const isLate = accounts[at]?.codeHash !== codeHash(id, code)
        const late = isLate ? await table.get(accountPatterns.account, { person: id }, { consistent: true }) : undefined
        const { login, codeExpiresAt: expiresAt } = late ?? accounts[at] ?? {}
        return login && expiresAt ? [issuedTo(person, params.uai, { login, expiresAt, code })] : []
      }),
    )
    return ok({ items: items.flat() })
  }
  if (repeat) return stored()

  const attempt = async () => {
    const accounts = await table.getMany(accountPatterns.account, keys)
    // An account may have been activated since the relation was proved.
    const allowed = people.every((person, at) =>
      mayIssueCode(issuer, person, params.uai, accounts[at]?.password !== undefined),
    )
    if (!allowed) return fail(problem('not-allowed'))
    // Not those that this very request gave, of which a concurrent repeat was first.
    const voided = people.filter(
      ({ id }, at) => holdsCode(accounts[at], now) && accounts[at]?.codeHash !== codeHash(id, codeOf(id)),
    )
    if (body.voids !== undefined && voided.length > body.voids) return fail(codeProblem('codes-still-good'))
    const logins = await freeLogins(
      table,
      people.filter((_, at) => !accounts[at]),
    )
    const expiresAt = after(now, codeLifetime).toISOString()
    const operations = people.flatMap(({ id }, at) => {
      const login = accounts[at]?.login ?? logins.get(id) ?? id
      return codeOperations(id, accounts[at], { login, expiresAt, code: codeOf(id) }, { now, by })
    })
    return commit(operations, undefined, { remember: false })
  }
  let done = await attempt()
  for (let tried = 1; tried < tries && !done.ok && done.problem.type === 'conflict'; tried++) done = await attempt()
  // Read back, because of two repeats at one moment the other one may have been first.
  return done.ok ? stored() : done
}
