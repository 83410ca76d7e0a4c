import type { PersonItem } from '../../audiences.ts'
import { fingerprint } from '../../identity.ts'
import { eachOnce } from './audiences.ts'

/** One of each, by a text that identifies it. */
const distinct = <Value>(values: readonly Value[], textOf: (value: Value) => string): Value[] => [
  ...new Map(values.map(value => [textOf(value), value])).values(),
]

const byText =
  <Value>(textOf: (value: Value) => string) =>
  (a: Value, b: Value): number => {
    const [one, other] = [textOf(a), textOf(b)]
    return one < other ? -1 : one > other ? 1 : 0
  }

/**
 * Somebody as all their sources together have them: what each of them gives, and no more, since a child's guardians are
 * those whom the child's own source names. Where no source gives access any more, they have left.
 * @param parts who they are by each source alone, in the order of their sources; at least one
 */
export const mergeParts = (parts: readonly [PersonItem, ...PersonItem[]]): PersonItem => {
  const active = parts.filter(part => part.status === 'active')
  const counted = active.length > 0 ? active : parts
  const [named = parts[0]] = counted
  const { id, givenName, familyName, status, source } = named
  const uaiOf = ({ uai }: { readonly uai: string }) => uai
  const roles = distinct(
    counted.flatMap(part => part.roles),
    ({ uai, role }) => `${uai} ${role}`,
  ).sort(byText(uaiOf))
  const territoryRoles = [...new Set(counted.flatMap(part => part.territoryRoles ?? []))].sort()
  const audiences = eachOnce(counted.flatMap(part => part.audiences))
  const sources = counted.map(part => part.source)
  const left = counted.flatMap(part => part.suspendedAt ?? []).sort()
  const suspendedAt = left.at(-1)
  return {
    id,
    givenName,
    familyName,
    status,
    ...(suspendedAt !== undefined && { suspendedAt }),
    source,
    ...(sources.length > 1 && { sources }),
    roles,
    ...(territoryRoles.length > 0 && { territoryRoles }),
    schools: distinct(
      counted.flatMap(part => part.schools),
      uaiOf,
    ).sort(byText(uaiOf)),
    audiences,
    children: distinct(
      counted.flatMap(part => part.children),
      child => `${child.id} ${child.uai}`,
    ).sort(byText(child => child.id)),
    guardians: [...new Set(counted.flatMap(part => part.guardians))].sort(),
    groups: distinct(
      counted.flatMap(part => part.groups),
      group => group.id,
    ).sort((a, b) => a.kind.localeCompare(b.kind) || (a.name < b.name ? -1 : 1)),
    access: fingerprint([status, roles, territoryRoles, audiences.map(audience => audience.id)]),
  }
}
