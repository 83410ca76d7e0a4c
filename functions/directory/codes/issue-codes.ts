import { createHmac } from 'node:crypto'
import type { IssuedCode } from '../../../shared/directory/contract.ts'
import { after } from '../../../shared/kernel/dates.ts'
import { problem } from '../../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../../shared/kernel/result.ts'
import { type Operation, put, update } from '../../platform/operation.ts'
import { patterns } from '../../platform/patterns.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Table } from '../../platform/table.ts'
import { activationCode, codeHash, codeLifetime } from '../../session/code.ts'
import type { AccountItem } from '../../session/items.ts'
import type { PersonItem } from '../items.ts'
import type { DirectoryRequest } from '../request.ts'
import { freeLogins } from './free-logins.ts'
import { mayIssueCode } from './rules.ts'

/** A login may be taken, or a code given by another, between reading and writing: then all is read anew. */
const tries = 4

type Given = { readonly login: string; readonly code: string; readonly expiresAt: string }

const operationsOf = (person: string, account: AccountItem | undefined, given: Given): Operation[] => [
  update(
    'account',
    patterns.account,
    [person],
    {
      set: { person, login: given.login, codeHash: codeHash(person, given.code), codeExpiresAt: given.expiresAt },
    },
    account ? { is: { login: account.login } } : { lacks: ['login'] },
  ),
  ...(account ? [] : [put('login', patterns.login, [given.login], { person }, { absent: true })]),
]

const issuedTo = (person: PersonItem, uai: string, given: Given): IssuedCode => {
  const className =
    person.groups.find(group => group.uai === uai && group.kind === 'class')?.name ??
    person.children.find(child => child.uai === uai)?.className
  return {
    person: person.id,
    givenName: person.givenName,
    familyName: person.familyName,
    ...(className !== undefined && { className }),
    ...given,
  }
}

const accountsOf = async (table: Table, people: readonly PersonItem[]): Promise<Map<string, AccountItem>> => {
  const found = await table.getMany(
    patterns.account,
    people.map(({ id }): [string] => [id]),
  )
  return new Map(found.map(account => [account.person, account]))
}

/**
 * Gives new activation codes: to all the people asked for or, if one is not the caller's to give, to none. Each
 * person without a login gets one. A code replaces the one given before; an active account keeps its password until
 * the new code is used to choose another.
 *
 * Codes are not remembered but derived from the Idempotency-Key, so that a repeat answers the same ones.
 */
export const issueCodes =
  (platform: Platform) =>
  async (request: DirectoryRequest<'issueCodes'>): Promise<Result<{ items: IssuedCode[] }>> => {
    const { params, body, caller, key, repeat, now, commit } = request
    const { table } = platform
    const ids = [...new Set(body.people)]
    const found = await table.getMany(
      patterns.person,
      [...new Set([...ids, caller.person])].map((id): [string] => [id]),
    )
    const byId = new Map(found.map(person => [person.id, person]))
    const issuer = byId.get(caller.person)
    const people = ids.flatMap(id => byId.get(id) ?? [])
    if (!issuer || people.length < ids.length) return fail(problem('not-allowed'))
    if (!people.every(person => mayIssueCode(issuer, person, params.uai))) return fail(problem('not-allowed'))

    const { refresh } = await platform.keys.current()
    const codeOf = (person: string) =>
      activationCode(createHmac('sha256', refresh).update(`code|${caller.person}|${person}|${key}`).digest())
    /** What is stored now, with the codes of this key. What a BatchGet does not show yet is read consistently. */
    const stored = async () => {
      const accounts = await accountsOf(table, people)
      const late = people.filter(({ id }) => accounts.get(id)?.codeHash !== codeHash(id, codeOf(id)))
      const read = await Promise.all(late.map(({ id }) => table.get(patterns.account, [id], { consistent: true })))
      for (const account of read) if (account) accounts.set(account.person, account)
      const items = people.flatMap(person => {
        const { login, codeExpiresAt: expiresAt } = accounts.get(person.id) ?? {}
        return login && expiresAt ? [issuedTo(person, params.uai, { login, expiresAt, code: codeOf(person.id) })] : []
      })
      return ok({ items })
    }
    if (repeat) return stored()

    const attempt = async () => {
      const accounts = await accountsOf(table, people)
      const logins = await freeLogins(
        table,
        people.filter(person => !accounts.has(person.id)),
      )
      const expiresAt = after(now, codeLifetime).toISOString()
      const operations = people.flatMap(({ id }) => {
        const account = accounts.get(id)
        const login = account?.login ?? logins.get(id) ?? id
        return operationsOf(id, account, { login, expiresAt, code: codeOf(id) })
      })
      return commit(operations, undefined, { remember: false })
    }
    let done = await attempt()
    for (let tried = 1; tried < tries && !done.ok && done.problem.type === 'conflict'; tried++) done = await attempt()
    // Read back, because of two repeats at one moment the other one may have been first.
    return done.ok ? stored() : done
  }
