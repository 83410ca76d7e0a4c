import type { Zoned } from '../../../../shared/kernel/territory-day.ts'
import type { Table } from '../../../platform/table.ts'
import { type AccountItem, accountPatterns } from '../../../session/accounts.ts'
import type { joinAccess } from '../../access.ts'
import { directoryPatterns, type PersonItem } from '../../audiences.ts'
import { accountState } from '../../codes/account-state.ts'
import { ownPersonId } from '../../identity.ts'
import { importPatterns } from '../../patterns.ts'
import { ImportRefused } from '../feed/finding.ts'
import { personOf } from '../grants.ts'
import { isJoinedKey } from '../handed.ts'
import { consistent } from '../stored.ts'
import { copyDecisions, copyRoles, removeDecisions, removeRoles } from './granted.ts'
import { movePart } from './move.ts'

/** Joins two people of several sources who are one, and takes it back, where feeds do not tell it. */
export type JoinPlatform = Zoned & { readonly table: Table<typeof joinAccess>; readonly now: () => Date }

/** A person as they are told to whoever joins them. */
export type Told = PersonItem & { readonly account: ReturnType<typeof accountState>; readonly login?: string }

type Known = {
  readonly person: PersonItem
  readonly account: AccountItem | undefined
  readonly sources: readonly string[]
}

const known = async (platform: JoinPlatform, named: string): Promise<Known> => {
  const { table } = platform
  const person = await personOf(platform, named, undefined)
  if (!person) throw new ImportRefused(`nobody in this territory has the login or id ${named}`)
  const { id } = person
  const [account] = await table.getMany(accountPatterns.account, [{ person: id }], consistent)
  const parts = await table.all(importPatterns.parts, { person: id }, consistent)
  return { person, account, sources: parts.length > 0 ? parts.map(part => part.source) : [person.source] }
}

const toldOf = ({ person, account }: Known, now: Date): Told => ({
  ...person,
  account: accountState(account, now),
  ...(account && { login: account.login }),
})

const ranks = ['none', 'expired', 'code', 'active']

/**
 * The one whose account is in use goes on: an active one rather than a code, the one last signed in to rather than
 * another.
 */
const keptFirst = (one: Known, other: Known, now: Date): [kept: Known, gone: Known] => {
  const rank = ({ account }: Known) => ranks.indexOf(accountState(account, now))
  const last = ({ account }: Known) => account?.lastSignIn ?? ''
  const difference = rank(other) - rank(one) || (last(other) > last(one) ? 1 : 0)
  return difference > 0 ? [other, one] : [one, other]
}

/** The sources in which somebody is described at the moment. */
const describedIn = async ({ table }: JoinPlatform, { person: { id } }: Known): Promise<Set<string>> => {
  const items = await table.all(importPatterns.allSources, { person: id }, consistent)
  return new Set(items.filter(item => !item.left).map(item => item.source))
}

const nameOf = ({ givenName, familyName }: PersonItem) => `${givenName} ${familyName}`

/**
 * The two people of a join: who is kept, with their account, and whose account ends.
 * @throws ImportRefused with a sentence, where they cannot be joined
 */
export const planJoin = async (
  platform: JoinPlatform,
  one: string,
  other: string,
): Promise<{ readonly kept: Told; readonly gone: Told }> => {
  const [first, second] = [await known(platform, one), await known(platform, other)]
  if (first.person.id === second.person.id) throw new ImportRefused(`${one} and ${other} are one person already`)
  const now = platform.now()
  const [kept, gone] = keptFirst(first, second, now)
  const sources = await describedIn(platform, kept)
  const [twice] = (await describedIn(platform, gone)).intersection(sources)
  if (twice !== undefined)
    throw new ImportRefused(
      `${twice} describes both ${nameOf(kept.person)} and ${nameOf(gone.person)}, under two keys: that feed is to be put right where it comes from`,
    )
  return { kept: toldOf(kept, now), gone: toldOf(gone, now) }
}

/** Joins two people, as planJoin() told: holds over imports until it is taken back. */
export const join = async (
  platform: JoinPlatform,
  { kept, gone }: { readonly kept: { readonly id: string }; readonly gone: { readonly id: string } },
): Promise<PersonItem> => {
  const { table } = platform
  const { person: before, sources } = await known(platform, gone.id)
  await copyDecisions(table, gone.id, kept.id)
  await copyRoles(table, before, kept.id)
  for (const source of sources) await movePart(platform, { source, from: gone.id, to: kept.id })
  const person = await table.get(directoryPatterns.person, { person: kept.id }, consistent)
  if (!person) throw new Error('a person who was joined is gone')
  return person
}

type JoinedPart = { readonly source: string; readonly own: string }

const partsJoinedTo = async ({ table }: JoinPlatform, { person: { id }, sources }: Known): Promise<JoinedPart[]> => {
  const parts: JoinedPart[] = []
  for (const source of sources)
    for (const item of await table.all(importPatterns.handedKeys, { source }, consistent))
      if (item.person === id && isJoinedKey(item)) parts.push({ source, own: ownPersonId(item.first, item.nth) })
  return parts
}

/**
 * The person whom several sources describe, and in which of them others were joined to them.
 * @throws ImportRefused with a sentence, where nobody was
 */
export const planSeparate = async (
  platform: JoinPlatform,
  named: string,
): Promise<{ readonly person: Told; readonly parts: readonly JoinedPart[] }> => {
  const found = await known(platform, named)
  const parts = await partsJoinedTo(platform, found)
  if (parts.length === 0) throw new ImportRefused(`nobody was joined to ${nameOf(found.person)}`)
  return { person: toldOf(found, platform.now()), parts }
}

/** Gives those who were joined to somebody back who they were; no import joins them again. */
export const separate = async (
  platform: JoinPlatform,
  { person, parts }: { readonly person: { readonly id: string }; readonly parts: readonly JoinedPart[] },
): Promise<PersonItem[]> => {
  const { table } = platform
  for (const { source, own } of parts) {
    const { person: before } = await known(platform, person.id)
    // Whoever it was decided for: what was stopped stays so for both.
    await copyDecisions(table, person.id, own, 'stopped')
    await removeDecisions(table, person.id, own)
    await removeRoles(table, before, own)
    await movePart(platform, { source, from: person.id, to: own, apart: true })
  }
  const people = await table.getMany(
    directoryPatterns.person,
    [person.id, ...parts.map(({ own }) => own)].map(id => ({ person: id })),
    consistent,
  )
  return people.flatMap(one => one ?? [])
}
