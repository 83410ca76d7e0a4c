import { randomBytes } from 'node:crypto'
import type { IssuedCode } from '../../../shared/directory/contract.ts'
import { byHanding } from '../../../shared/directory/sheet.ts'
import { after } from '../../../shared/kernel/dates.ts'
import { chunks } from '../../platform/concurrent.ts'
import type { Table } from '../../platform/table.ts'
import { type AccountItem, accountPatterns, activationCode, codeHash, codeLifetime } from '../../session/accounts.ts'
import type { schoolCodesAccess } from '../access.ts'
import { directoryPatterns, type PersonItem } from '../audiences.ts'
import { importPatterns } from '../patterns.ts'
import { accountState } from './account-state.ts'
import { freeLogins } from './free-logins.ts'
import { codeOperations, type Given, issuedTo } from './giving.ts'

type CodesTable = Table<typeof schoolCodesAccess>

/** A code as it is noted before it is stored. */
export type Noted = Given & { readonly person: string }

/** People of one transaction: two items each, and 100 candidates for their logins in one BatchGet. */
const peopleAtOnce = 25

/** A login may be taken by another command between reading and writing: then all is read anew. */
const tries = 5

const consistent = { consistent: true } as const

/** Somebody else goes on giving codes to the same people. */
class Conflict extends Error {
  override readonly name = 'TransactionConflictException'
}

type Giving = {
  readonly now: Date
  /** Whether an account in this state gets a code; asked again where it was written meanwhile. */
  readonly gets: (state: ReturnType<typeof accountState>) => boolean
  /**
   * Called with codes before they are stored, and waited for. A code that is stored was noted, so that whoever notes
   * them durably loses none by dying; one that is noted may not be stored.
   */
  readonly note: (codes: readonly Noted[]) => Promise<void>
}

/** Gives the people of one transaction their codes: those who by now wait for one. */
const issueSome = async (
  table: CodesTable,
  people: readonly PersonItem[],
  { now, gets, note }: Giving,
): Promise<Noted[]> => {
  const expiresAt = after(now, codeLifetime).toISOString()
  for (let tried = 1; tried <= tries; tried++) {
    const keys = people.map(({ id }) => ({ person: id }))
    const accounts = await table.getMany(accountPatterns.account, keys, consistent)
    const waiting = people.flatMap((person, at) =>
      gets(accountState(accounts[at], now)) ? [{ person, account: accounts[at] }] : [],
    )
    const logins = await freeLogins(
      table,
      waiting.flatMap(({ person, account }) => (account ? [] : person)),
      consistent,
    )
    const codes = waiting.map(({ person: { id }, account }): Noted => {
      const login = account?.login ?? logins.get(id) ?? id
      return { person: id, login, code: activationCode(randomBytes(8)), expiresAt }
    })
    if (codes.length === 0) return []
    await note(codes)
    const operations = codes.flatMap((code, at) => codeOperations(code.person, waiting[at]?.account, code, { now }))
    const done = await table.transact(operations)
    if (done.ok) return codes
  }
  throw new Conflict('others give codes to the same people at the same time')
}

/** Gives each of the people a new code, also for an active account, and a login if they have none. */
export const issueTo = async (table: CodesTable, people: readonly PersonItem[], now: Date): Promise<IssuedCode[]> => {
  const codes: IssuedCode[] = []
  for (const some of chunks(people, peopleAtOnce)) {
    const given = await issueSome(table, some, { now, gets: () => true, note: async () => {} })
    const byPerson = new Map(some.map(person => [person.id, person]))
    for (const code of given) {
      const person = byPerson.get(code.person)
      if (person) codes.push(issuedTo(person, undefined, code))
    }
  }
  return codes
}

const isStored = (account: AccountItem | undefined, { person, code }: Noted, now: Date): boolean =>
  account?.codeHash === codeHash(person, code) && (account.codeExpiresAt ?? '') > now.toISOString()

/** Who has no active account in a school. */
export type Waiting = {
  /** Those who hold no code that is still good. */
  readonly without: readonly PersonItem[]
  /** Those who hold one. */
  readonly holding: readonly PersonItem[]
  /** Those whose code is among what a run that did not end has noted, and on no sheet yet. */
  readonly unprinted: readonly IssuedCode[]
}

/**
 * Who has no active account in the school `uai`.
 * @param noted what a run that did not end has noted
 */
export const waitingIn = async (
  table: CodesTable,
  uai: string,
  noted: readonly Noted[],
  now: Date,
): Promise<Waiting> => {
  const rows = await table.all(importPatterns.roster, { uai }, consistent)
  const keys = [...new Set(rows.filter(row => !row.suspended).map(row => row.person))].map(person => ({ person }))
  const accounts = await table.getMany(accountPatterns.account, keys, consistent)
  const notes = Map.groupBy(noted, one => one.person)
  const inactive = keys.flatMap(({ person }, at) => {
    const state = accountState(accounts[at], now)
    const mine = state === 'code' ? notes.get(person)?.find(one => isStored(accounts[at], one, now)) : undefined
    return state === 'active' ? [] : [{ person, state, noted: mine }]
  })
  const people = await table.getMany(
    directoryPatterns.person,
    inactive.map(({ person }) => ({ person })),
    consistent,
  )
  const without: PersonItem[] = []
  const holding: PersonItem[] = []
  const unprinted: IssuedCode[] = []
  for (const [at, one] of inactive.entries()) {
    const person = people[at]
    if (!person) continue
    if (one.noted) unprinted.push(issuedTo(person, uai, one.noted))
    else if (one.state === 'code') holding.push(person)
    else without.push(person)
  }
  return { without, holding, unprinted }
}

/**
 * Gives codes to those in a school who wait for one and, with `renew`, to those who hold one that is still good: their
 * sheets are void then. Gives these codes and those that are not printed yet, in the order sheets are handed out in. A
 * run that stops may be repeated with what it noted.
 * @param gave called with how many have theirs, of how many
 */
export const issueSchoolCodes = async (
  table: CodesTable,
  { without, holding, unprinted }: Waiting,
  options: Pick<Giving, 'now' | 'note'> & {
    readonly school: string
    readonly renew: boolean
    readonly gave?: (done: number, of: number) => void
  },
): Promise<IssuedCode[]> => {
  const { school: uai, renew, now, note, gave = () => {} } = options
  const giving: Giving = { now, note, gets: state => state !== 'active' && (renew || state !== 'code') }
  const people = [...without, ...(renew ? holding : [])]
  const byPerson = new Map(people.map(person => [person.id, person]))
  const issued = [...unprinted]
  for (const some of chunks(people, peopleAtOnce)) {
    for (const code of await issueSome(table, some, giving)) {
      const person = byPerson.get(code.person)
      if (person) issued.push(issuedTo(person, uai, code))
    }
    gave(issued.length, unprinted.length + people.length)
  }
  return issued.sort(byHanding)
}
