import { randomBytes } from 'node:crypto'
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import type { IssuedCode } from '../../../shared/directory/contract.ts'
import { directoryKeys, type PersonItem, type RosterItem } from '../../../shared/directory/items.ts'
import { loginOf } from '../../../shared/directory/login.ts'
import { sortName } from '../../../shared/directory/name.ts'
import { after } from '../../../shared/kernel/dates.ts'
import { activationCode, codeHash, codeLifetime } from '../../../shared/session/code.ts'
import { type AccountItem, sessionKeys } from '../../../shared/session/items.ts'
import { foremostFirst } from '../people/roles.ts'
import type { Item } from '../table/items.ts'
import type { Table } from '../table/table.ts'
import { type Handed, placeOf } from './handed.ts'

/** People of one transaction: two items each, and 100 candidates for their logins in one BatchGet. */
const together = 25

/** A login may be taken by another command between reading and writing: then all is read anew. */
const tries = 5

const accountsOf = async (table: Table, people: readonly { id: string }[]): Promise<Map<string, AccountItem>> => {
  const found = await table.getMany<AccountItem>(people.map(({ id }) => sessionKeys.account(id)))
  return new Map(found.map(account => [account.person, account]))
}

/** A login nobody has for each person. */
const freeLogins = async (table: Table, people: readonly PersonItem[]): Promise<Map<string, string>> => {
  const chosen = new Map<string, string>()
  const taken = new Set<string>()
  const step = Math.floor(100 / together)
  for (let from = 1; chosen.size < people.length; from += step) {
    const waiting = people.filter(person => !chosen.has(person.id))
    const numbers = Array.from({ length: step }, (_, place) => from + place)
    const candidates = new Set(waiting.flatMap(person => numbers.map(nth => loginOf(person, nth))))
    const found = await table.getMany<Item>([...candidates].map(sessionKeys.login))
    for (const item of found) taken.add(item.pk.slice('L#'.length))
    for (const person of waiting) {
      const free = numbers.map(nth => loginOf(person, nth)).find(login => !taken.has(login))
      if (free === undefined) continue
      chosen.set(person.id, free)
      taken.add(free)
    }
  }
  return chosen
}

const parts = (name: string, account: AccountItem | undefined, given: IssuedCode) => {
  const { person, login, code, expiresAt } = given
  const update = {
    TableName: name,
    Key: sessionKeys.account(person),
    UpdateExpression: 'SET person = :person, login = :login, codeHash = :hash, codeExpiresAt = :until',
    ConditionExpression: account ? 'login = :login' : 'attribute_not_exists(login)',
    ExpressionAttributeValues: {
      ':person': person,
      ':login': login,
      ':hash': codeHash(person, code),
      ':until': expiresAt,
    },
  }
  const Put = {
    TableName: name,
    Item: { ...sessionKeys.login(login), person },
    ConditionExpression: 'attribute_not_exists(pk)',
  }
  return account ? [{ Update: update }] : [{ Update: update }, { Put }]
}

const issued = (person: PersonItem, uai: string | undefined, login: string, expiresAt: string): IssuedCode => {
  const here = (of: { uai: string }) => uai === undefined || of.uai === uai
  const className =
    person.groups.find(group => here(group) && group.kind === 'class')?.name ?? person.children.find(here)?.className
  const { id, givenName, familyName } = person
  return {
    ...{ person: id, givenName, familyName, login, expiresAt, code: activationCode(randomBytes(8)) },
    ...(className !== undefined && { className }),
  }
}

const isConflict = (error: unknown) =>
  error instanceof TransactionCanceledException ||
  (error instanceof Error && error.name === 'TransactionConflictException')

const issueSome = async (
  table: Table,
  people: readonly PersonItem[],
  uai: string | undefined,
  now: Date,
): Promise<IssuedCode[]> => {
  const expiresAt = after(now, codeLifetime).toISOString()
  for (let tried = 1; ; tried++) {
    const accounts = await accountsOf(table, people)
    const logins = await freeLogins(
      table,
      people.filter(person => !accounts.has(person.id)),
    )
    const codes = people.map(person =>
      issued(person, uai, accounts.get(person.id)?.login ?? logins.get(person.id) ?? person.id, expiresAt),
    )
    try {
      await table.transact(codes.flatMap(code => parts(table.name, accounts.get(code.person), code)))
      return codes
    } catch (error) {
      if (!isConflict(error) || tried === tries) throw error
    }
  }
}

/** Gives each of the people a new code, and a login if they have none. Codes given before stop working. */
export const issueTo = async (
  table: Table,
  people: readonly PersonItem[],
  uai: string | undefined,
  now: Date,
): Promise<IssuedCode[]> => {
  const codes: IssuedCode[] = []
  for (let at = 0; at < people.length; at += together)
    codes.push(...(await issueSome(table, people.slice(at, at + together), uai, now)))
  return codes
}

/**
 * Gives codes to the people of a school who have no active account; `missing` leaves out those who hold a code that is
 * still good. In the order sheets are handed out in: by role, class and name.
 */
export const issueCodes = async (
  table: Table,
  { school, missing = false, now }: { school: string; missing?: boolean; now: Date },
): Promise<Handed[]> => {
  const rows = await table.all<RosterItem>(`S#${school}`, 'M#')
  const there = Map.groupBy(
    rows.filter(row => !row.suspended),
    row => row.person,
  )
  const roles = new Map([...there].map(([id, held]) => [id, foremostFirst(held.map(row => row.role))[0]]))
  const accounts = await accountsOf(
    table,
    [...roles.keys()].map(id => ({ id })),
  )
  const waits = (id: string) => {
    const account = accounts.get(id)
    if (account?.password !== undefined) return false
    return !missing || (account?.codeExpiresAt ?? '') <= now.toISOString()
  }
  const people = await table.getMany<PersonItem>([...roles.keys()].filter(waits).map(directoryKeys.person))
  const codes = await issueTo(
    table,
    people.sort((a, b) => (a.id < b.id ? -1 : 1)),
    school,
    now,
  )
  const collator = new Intl.Collator('fr', { numeric: true })
  const order = ({ code }: Handed) => `${code.className ?? ''}#${sortName(code)}`
  return codes
    .map((code): Handed => ({ role: roles.get(code.person) ?? 'staff', code }))
    .sort((a, b) => placeOf(a.role) - placeOf(b.role) || collator.compare(order(a), order(b)))
}
