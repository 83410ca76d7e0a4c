import { randomBytes } from 'node:crypto'
import {
  type DynamoDBServiceException as ServiceException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb'
import { type Handed, placeOf } from '../../../bin/directory/codes/handed.ts'
import type { IssuedCode } from '../../../shared/directory/contract.ts'
import { after } from '../../../shared/kernel/dates.ts'
import { activationCode, codeHash, codeLifetime } from '../../session/code.ts'
import { type AccountItem, sessionKeys } from '../../session/items.ts'
import type { Item } from '../import/items.ts'
import { foremostFirst } from '../import/people/roles.ts'
import type { Table } from '../import/table.ts'
import { directoryKeys, type PersonItem, type RosterItem } from '../items.ts'
import { loginOf } from '../login.ts'
import { sortName } from '../name.ts'

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

type Giving = {
  /** The school in which the codes are handed out; undefined for wherever a person is. */
  readonly uai: string | undefined
  readonly now: Date
  /** Told of codes, some people's at a time. */
  readonly gave: (codes: readonly IssuedCode[]) => void
}

/** The class a person is in, or a child of theirs. */
const classOf = ({ groups, children }: PersonItem, uai: string | undefined): string | undefined => {
  const here = (of: { uai: string }) => uai === undefined || of.uai === uai
  return groups.find(group => here(group) && group.kind === 'class')?.name ?? children.find(here)?.className
}

const issued = (person: PersonItem, uai: string | undefined, login: string, expiresAt: string): IssuedCode => {
  const className = classOf(person, uai)
  const { id, givenName, familyName } = person
  return {
    ...{ person: id, givenName, familyName, login, expiresAt, code: activationCode(randomBytes(8)) },
    ...(className !== undefined && { className }),
  }
}

const isConflict = (error: unknown) =>
  error instanceof TransactionCanceledException ||
  (error instanceof Error && error.name === 'TransactionConflictException')

/** A failure that does not tell whether what was asked for was done: no answer came, or not the service's own. */
const isUncertain = (error: unknown): boolean => {
  const { httpStatusCode } = (error as Partial<ServiceException>).$metadata ?? {}
  return httpStatusCode === undefined || httpStatusCode >= 500
}

/** What the people of one transaction are given; `gave` is told as soon as they may hold it. */
const issueSome = async (table: Table, people: readonly PersonItem[], { uai, now, gave }: Giving): Promise<void> => {
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
      return gave(codes)
    } catch (error) {
      if (isConflict(error) && tried < tries) continue
      if (!isConflict(error) && isUncertain(error)) gave(codes)
      throw error
    }
  }
}

const issueTogether = async (table: Table, people: readonly PersonItem[], giving: Giving): Promise<void> => {
  for (let at = 0; at < people.length; at += together) await issueSome(table, people.slice(at, at + together), giving)
}

/** Gives each of the people a new code, and a login if they have none. Codes given before stop working. */
export const issueTo = async (table: Table, people: readonly PersonItem[], now: Date): Promise<IssuedCode[]> => {
  const codes: IssuedCode[] = []
  await issueTogether(table, people, { uai: undefined, now, gave: some => codes.push(...some) })
  return codes
}

/** Who waits for a code in a school, and in which role they are there. */
const waitingIn = async (table: Table, school: string, missing: boolean, now: Date) => {
  const rows = await table.all<RosterItem>(`S#${school}`, 'M#')
  const there = Map.groupBy(
    rows.filter(row => !row.suspended),
    row => row.person,
  )
  const accounts = await accountsOf(
    table,
    [...there.keys()].map(id => ({ id })),
  )
  const waits = (id: string) => {
    const account = accounts.get(id)
    if (account?.password !== undefined) return false
    return !missing || (account?.codeExpiresAt ?? '') <= now.toISOString()
  }
  const people = await table.getMany<PersonItem>([...there.keys()].filter(waits).map(directoryKeys.person))
  return people.map(person => {
    const [role = 'staff'] = foremostFirst((there.get(person.id) ?? []).map(row => row.role))
    return { role, person }
  })
}

/**
 * Gives codes to the people of a school who have no active account; `missing` leaves out those who hold a code that is
 * still good. In the order sheets are handed out in: by role, class and name. `gave` is told of codes as they are given,
 * and how many people wait for theirs then: after a failure, what it was told is all that anybody may hold.
 */
export const issueCodes = async (
  table: Table,
  options: {
    readonly school: string
    readonly missing?: boolean
    readonly now: Date
    readonly gave?: (handed: readonly Handed[], left: number) => void
  },
): Promise<Handed[]> => {
  const { school, missing = false, now, gave = () => {} } = options
  const waiting = await waitingIn(table, school, missing, now)
  const collator = new Intl.Collator('fr', { numeric: true })
  const order = (person: PersonItem) => `${classOf(person, school) ?? ''}#${sortName(person)}#${person.id}`
  waiting.sort((a, b) => placeOf(a.role) - placeOf(b.role) || collator.compare(order(a.person), order(b.person)))
  const roles = new Map(waiting.map(({ role, person }) => [person.id, role]))
  const handed: Handed[] = []
  const take = (codes: readonly IssuedCode[]) => {
    const some = codes.map((code): Handed => ({ role: roles.get(code.person) ?? 'staff', code }))
    handed.push(...some)
    gave(some, waiting.length - handed.length)
  }
  const people = waiting.map(({ person }) => person)
  await issueTogether(table, people, { uai: school, now, gave: take })
  return handed
}
