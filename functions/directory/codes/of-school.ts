import { randomBytes } from 'node:crypto'
import type { DynamoDBServiceException as ServiceException } from '@aws-sdk/client-dynamodb'
import type { IssuedCode } from '../../../shared/directory/contract.ts'
import { after } from '../../../shared/kernel/dates.ts'
import { sortName } from '../../../shared/kernel/names.ts'
import { type Role, roles } from '../../../shared/kernel/role.ts'
import { chunks } from '../../platform/concurrent.ts'
import type { Table } from '../../platform/table.ts'
import { accountPatterns, activationCode, codeLifetime } from '../../session/accounts.ts'
import type { schoolCodesAccess } from '../access.ts'
import { directoryPatterns, type PersonItem } from '../audiences.ts'
import { foremostFirst } from '../import/people/roles.ts'
import { importPatterns } from '../patterns.ts'
import { freeLogins } from './free-logins.ts'
import { classNameOf, codeOperations, issuedTo } from './giving.ts'

type CodesTable = Table<typeof schoolCodesAccess>

/** A code to be handed to a person, and in which role they are in the school. */
export type Handed = { readonly role: Role; readonly code: IssuedCode }

/** Codes are handed out class by class to pupils, then to those who answer for them, then to the staff. */
const handedFirst = (role: Role): number => roles.indexOf(role)

/** People of one transaction: two items each, and 100 candidates for their logins in one BatchGet. */
const peopleAtOnce = 25

/** A login may be taken by another command between reading and writing: then all is read anew. */
const tries = 5

const consistent = { consistent: true } as const

/** Somebody else goes on giving codes to the same people. */
class Conflict extends Error {
  override readonly name = 'TransactionConflictException'
}

/** A failure that does not say whether what was asked for was done: no answer came, or not the service's own. */
const isUncertain = (error: unknown): boolean => {
  const { httpStatusCode } = (error as Partial<ServiceException>).$metadata ?? {}
  return httpStatusCode === undefined || httpStatusCode >= 500
}

type Giving = {
  /** The school in which the codes are handed out; undefined for wherever a person is. */
  readonly uai: string | undefined
  readonly now: Date
  /** Called with codes, some people's at a time, as soon as these may hold them. */
  readonly gave: (codes: readonly IssuedCode[]) => void
}

/** Gives the people of one transaction their codes. */
const issueSome = async (
  table: CodesTable,
  people: readonly PersonItem[],
  { uai, now, gave }: Giving,
): Promise<void> => {
  const expiresAt = after(now, codeLifetime).toISOString()
  for (let tried = 1; tried <= tries; tried++) {
    const keys = people.map(({ id }) => ({ person: id }))
    const accounts = await table.getMany(accountPatterns.account, keys, consistent)
    const logins = await freeLogins(
      table,
      people.filter((_, at) => !accounts[at]),
      consistent,
    )
    const given = people.map((person, at) => {
      const login = accounts[at]?.login ?? logins.get(person.id) ?? person.id
      return { person, account: accounts[at], code: activationCode(randomBytes(8)), login, expiresAt }
    })
    const codes = given.map(({ person, ...code }) => issuedTo(person, uai, code))
    const operations = given.flatMap(({ person, account, ...code }) => codeOperations(person.id, account, code))
    const done = await table.transact(operations).catch(error => {
      if (isUncertain(error)) gave(codes)
      throw error
    })
    if (done.ok) return gave(codes)
  }
  throw new Conflict('others give codes to the same people at the same time')
}

const issueAll = async (table: CodesTable, people: readonly PersonItem[], giving: Giving): Promise<void> => {
  for (const some of chunks(people, peopleAtOnce)) await issueSome(table, some, giving)
}

/** Gives each of the people a new code, and a login if they have none. Codes given before stop working. */
export const issueTo = async (table: CodesTable, people: readonly PersonItem[], now: Date): Promise<IssuedCode[]> => {
  const codes: IssuedCode[] = []
  await issueAll(table, people, { uai: undefined, now, gave: some => codes.push(...some) })
  return codes
}

/** Who waits for a code in a school, and in which role they are there. */
const waitingIn = async (table: CodesTable, uai: string, missing: boolean, now: Date) => {
  const rows = await table.all(importPatterns.roster, { uai }, consistent)
  const there = Map.groupBy(
    rows.filter(row => !row.suspended),
    row => row.person,
  )
  const keys = [...there.keys()].map(person => ({ person }))
  const accounts = await table.getMany(accountPatterns.account, keys, consistent)
  const waiting = keys.filter((_, at) => {
    const account = accounts[at]
    if (account?.password !== undefined) return false
    return !missing || (account?.codeExpiresAt ?? '') <= now.toISOString()
  })
  const people = await table.getMany(directoryPatterns.person, waiting, consistent)
  return people.flatMap(person => {
    if (!person) return []
    const [role = 'staff'] = foremostFirst((there.get(person.id) ?? []).map(row => row.role))
    return [{ role, person }]
  })
}

/**
 * Gives codes to the people of a school who have no active account; `missing` leaves out those who hold a code that is
 * still good. In the order sheets are handed out in: by role, class and name. `gave` is called with codes as they are
 * given, and how many people wait for theirs then: after a failure, these are all that anybody may hold.
 */
export const issueSchoolCodes = async (
  table: CodesTable,
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
  const order = (person: PersonItem) => `${classNameOf(person, school) ?? ''}#${sortName(person)}#${person.id}`
  waiting.sort(
    (a, b) => handedFirst(a.role) - handedFirst(b.role) || collator.compare(order(a.person), order(b.person)),
  )
  const roleOf = new Map(waiting.map(({ role, person }) => [person.id, role]))
  const handed: Handed[] = []
  const take = (codes: readonly IssuedCode[]) => {
    const some = codes.map((code): Handed => ({ role: roleOf.get(code.person) ?? 'staff', code }))
    handed.push(...some)
    gave(some, waiting.length - handed.length)
  }
  const people = waiting.map(({ person }) => person)
  await issueAll(table, people, { uai: school, now, gave: take })
  return handed
}
