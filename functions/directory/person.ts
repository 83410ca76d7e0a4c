import type { PersonPage, Relative } from '../../shared/directory/person-page.ts'
import { isPost, looksAfter, schoolsInCharge } from '../../shared/kernel/charge.ts'
import { byName } from '../../shared/kernel/names.ts'
import { ok } from '../../shared/kernel/result.ts'
import { platformPatterns } from '../platform/patterns.ts'
import { type AccountItem, accountPatterns } from '../session/accounts.ts'
import { directoryPatterns, type PersonItem } from './audiences.ts'
import { accountState } from './codes/account-state.ts'
import { erasureOf } from './erase.ts'
import { grantPatterns } from './grant-patterns.ts'
import { importPatterns } from './patterns.ts'
import type { DirectoryPlatform, DirectoryRequest } from './relations.ts'

const mostEvents = 50

/** Whether an app gives them codes, or they have a passkey. */
const hasFactor = (factor: { totp?: unknown; passkeys: readonly unknown[] } | undefined): boolean =>
  factor !== undefined && (factor.totp !== undefined || factor.passkeys.length > 0)

type Accounts = ReadonlyMap<string, AccountItem>

const stateOf = ({ id, status }: PersonItem, accounts: Accounts, now: Date): Relative['account'] =>
  status === 'suspended' ? 'suspended' : accountState(accounts.get(id), now)

const relativeOf = (person: PersonItem, accounts: Accounts, now: Date): Relative => ({
  id: person.id,
  givenName: person.givenName,
  familyName: person.familyName,
  account: stateOf(person, accounts, now),
})

/**
 * A person as those see them who run a school of theirs. What concerns other schools is left out: their roles, classes
 * and children there.
 */
export const person =
  (platform: DirectoryPlatform) =>
  async ({ caller, related, now }: DirectoryRequest<'person'>) => {
    const { table } = platform
    const subject = related.person
    const schools = schoolsInCharge(caller.roles, subject.roles)
    const isHere = (of: { readonly uai: string }) => schools.includes(of.uai)
    const childrenHere = subject.children.filter(isHere)
    const read = async (ids: readonly string[]): Promise<PersonItem[]> => {
      const keys = [...new Set(ids)].map(id => ({ person: id }))
      return (await table.getMany(directoryPatterns.person, keys)).flatMap(one => one ?? [])
    }
    const children = await read(childrenHere.map(child => child.id))
    const all = await table.all(grantPatterns.decisions, {})
    const decided = all.filter(one => isHere(one) && [one.adult, one.child].includes(subject.id))
    const guardians = await read([
      ...decided.flatMap(({ adult, child }) => [adult, child]),
      ...subject.guardians,
      ...children.flatMap(child => child.guardians),
    ])
    const relatives = new Map([...children, ...guardians, subject].map(one => [one.id, one]))
    const keys = [...relatives.keys()].map(id => ({ person: id }))
    const pupils = [...new Set(decided.map(({ child }) => child))]
    const [items, events, frozen, factor, erasure, sources] = await Promise.all([
      table.getMany(accountPatterns.account, keys),
      table.list(accountPatterns.events, { person: subject.id }, { limit: mostEvents, newestFirst: true }),
      table.get(platformPatterns.freeze, { person: subject.id }, { consistent: true }),
      table.get(accountPatterns.factorKinds, { person: subject.id }),
      erasureOf(platform, caller, subject),
      Promise.all(pupils.map(child => table.all(importPatterns.allSources, { person: child }))),
    ])
    const named = new Map(
      sources.map((said, at) => [pupils[at], said.flatMap(({ record }) => record.pupil?.guardians ?? [])] as const),
    )
    if (!events.ok) return events
    const accounts: Accounts = new Map(items.flatMap(item => (item ? [[item.person, item] as const] : [])))
    const listed = (ids: readonly string[]) =>
      ids
        .flatMap(id => relatives.get(id) ?? [])
        .sort(byName)
        .map(one => relativeOf(one, accounts, now))
    const own = accounts.get(subject.id)
    const state = stateOf(subject, accounts, now)
    const caredForIn =
      subject.status === 'active' ? schools.find(uai => looksAfter(caller.roles, subject.roles, uai)) : undefined
    const page: PersonPage = {
      id: subject.id,
      givenName: subject.givenName,
      familyName: subject.familyName,
      ...(subject.suspendedAt !== undefined && { leftAt: subject.suspendedAt }),
      roles: subject.roles.filter(isHere).map(({ uai, role }) => {
        const school = subject.schools.find(one => one.uai === uai)?.name ?? uai
        return { uai, role, school }
      }),
      classes: subject.groups.filter(isHere).map(({ id, uai, name }) => ({ id, uai, name })),
      children: childrenHere.sort(byName).flatMap(({ id, uai, className }) => {
        const child = relatives.get(id)
        if (!child) return []
        return {
          child: relativeOf(child, accounts, now),
          uai,
          ...(className !== undefined && { className }),
          others: listed(child.guardians.filter(guardian => guardian !== subject.id)),
        }
      }),
      guardians: listed(subject.guardians),
      account: {
        state,
        ...(own && { login: own.login }),
        ...(own?.codeGivenAt !== undefined && { codeGivenAt: own.codeGivenAt }),
        ...(own?.codeGivenBy !== undefined && { codeGivenBy: own.codeGivenBy }),
        ...(own?.codeHash !== undefined &&
          own.codeExpiresAt !== undefined &&
          own.codeExpiresAt !== own.activatedAt && { codeExpiresAt: own.codeExpiresAt }),
        ...(own?.activatedAt !== undefined && { activatedAt: own.activatedAt }),
        ...(own?.lastSignIn !== undefined && { lastSignIn: own.lastSignIn }),
        factor: hasFactor(factor),
      },
      ...(caredForIn !== undefined && { caredForIn }),
      ...(frozen && {
        frozen: { at: frozen.at, reason: frozen.reason, ...(frozen.by !== undefined && { by: frozen.by }) },
      }),
      mayFreeze: caredForIn !== undefined && subject.id !== caller.person && subject.roles.some(isPost),
      ...(erasure !== undefined && { erasure }),
      events: events.value.items.map(({ at, kind, by, about, reason }) => ({
        at,
        kind,
        ...(by !== undefined && { by }),
        ...(about !== undefined && { about }),
        ...(reason !== undefined && { reason }),
      })),
      decisions: decided.flatMap(({ adult, child, kind, reason, until, over = false, at, by }) => {
        const [who, whom] = [relatives.get(adult), relatives.get(child)]
        if (!who || !whom) return []
        const parties = { adult: relativeOf(who, accounts, now), child: relativeOf(whom, accounts, now) }
        const inFeed = named.get(child)?.includes(adult) ?? false
        return { ...parties, kind, reason, ...(until !== undefined && { until }), over, at, by, inFeed }
      }),
    }
    return ok(page)
  }
