import type { GroupRef, Period, PersonRecord } from '../../record.ts'

/**
 * What a person is on a day. Feeds state from when to when a role or an enrollment counts (OneRoster); the record holds
 * all of them, so that tomorrow's change needs no other import.
 */

/** The first day counts, the last one is the day before `to`: so the OneRoster standard has it. */
export const countsOn = ({ from, to }: Period, day: string): boolean =>
  (from === undefined || from <= day) && (to === undefined || day < to)

/** The period of what counts in both. */
export const within = (a: Period, b: Period): Period => {
  const from = [a.from, b.from]
    .filter(one => one !== undefined)
    .sort()
    .at(-1)
  const to = [a.to, b.to]
    .filter(one => one !== undefined)
    .sort()
    .at(0)
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
}

/** The period of something that never counts: what cannot be read grants nothing. */
export const never: Period = { to: '0001-01-01' }

export const isDated = ({ from, to }: Period): boolean => from !== undefined || to !== undefined

const plain = <Value extends Period & { enrollment?: string | undefined }>({
  from: _,
  to: __,
  enrollment: ___,
  ...rest
}: Value) => rest

/** One of each group: somebody may be enrolled in one twice, also at the same time. */
const eachOnce = (groups: readonly GroupRef[]): GroupRef[] => {
  const found = new Map<string, GroupRef>()
  for (const group of groups.map(plain)) if (!found.get(group.id)?.head) found.set(group.id, group)
  return [...found.values()]
}

/** A record as it counts, of whose dated parts only those are left that `counts` accepts. */
const accepted = (record: PersonRecord, counts: (period: Period) => boolean): PersonRecord => {
  const { pupil, staff, guardianTerms, ...rest } = record
  const next: PersonRecord = { ...rest }
  if (pupil) {
    const { terms = [], ...others } = pupil
    const at = [...new Set([...pupil.at, ...terms.filter(counts).map(({ uai }) => uai)])]
    // Who is a pupil of a school no more, or not yet, is in no class there, whatever their enrollments say.
    const isOver = (uai: string) => terms.some(one => one.uai === uai) && !at.includes(uai)
    const groups = eachOnce(pupil.groups.filter(group => counts(group) && !isOver(group.uai)))
    if (at.length + groups.length > 0) next.pupil = { ...others, at, groups }
  }
  if (staff) {
    const roles = staff.roles.filter(counts).map(plain)
    const teaches = (uai: string) => roles.some(one => one.uai === uai && one.role === 'teacher')
    const isOver = (uai: string) => {
      const over = staff.roles.filter(one => one.uai === uai && isDated(one) && !counts(one))
      const isThere = roles.some(one => one.uai === uai)
      return !teaches(uai) && over.some(one => one.role === 'teacher' || !isThere)
    }
    const groups = eachOnce(staff.groups.filter(group => counts(group) && !isOver(group.uai)))
    if (staff.at.length + roles.length + groups.length + staff.functions.length > 0)
      next.staff = { ...staff, roles, groups }
  }
  if (guardianTerms && !guardianTerms.some(counts)) {
    delete next.guardian
    delete next.pupils
  }
  return next
}

/** What a record says of a person on a day. */
export const recordOn = (record: PersonRecord, day: string): PersonRecord =>
  accepted(record, period => countsOn(period, day))

/** What a record says of a person, whenever that is. */
export const recordEver = (record: PersonRecord): PersonRecord => accepted(record, () => true)

const periodsOf = ({ pupil, staff, guardianTerms }: PersonRecord): (Period & { readonly uai?: string })[] => [
  ...(pupil?.terms ?? []),
  ...(pupil?.groups ?? []),
  ...(staff?.roles ?? []),
  ...(staff?.groups ?? []),
  ...(guardianTerms ?? []),
]

/** The next day after `day` on which something of a record begins or ends; `uai`: a school that it concerns. */
export const nextChange = (record: PersonRecord, day: string): { day: string; uai: string } | undefined =>
  periodsOf(record)
    .flatMap(({ from, to, uai = '' }) =>
      // What ends before it begins never counts.
      from !== undefined && to !== undefined && to <= from ? [] : [from, to].map(one => ({ day: one ?? '', uai })),
    )
    .filter(one => one.day > day)
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.uai < b.uai ? -1 : 1))[0]
