import { bigCollege, county, type DemoSchool, known } from './county.ts'
import { boys, girls, men, surnames, women } from './names.ts'
import type { Numbers } from './random.ts'

export type DemoPupil = {
  readonly key: string
  readonly givenName: string
  readonly familyName: string
  readonly school: DemoSchool
  readonly className: string
  readonly groups: readonly string[]
  readonly guardians: readonly string[]
}
export type DemoGuardian = { readonly key: string; readonly givenName: string; readonly familyName: string }

type Seat = { readonly school: DemoSchool; readonly className: string }

/** One family in the county is the one visitors meet: a guardian with a child at the école and one at the collège. */
const firstFamily = (guardians: DemoGuardian[], pupils: DemoPupil[], seats: Seat[]) => {
  const take = (school: string, className: string): Seat => {
    const at = seats.findIndex(seat => seat.school.key === school && seat.className === className)
    const [seat] = seats.splice(at, 1)
    if (!seat) throw new Error('the demo county lacks a seat')
    return seat
  }
  const guardian = { key: known.guardian, givenName: 'Sophie', familyName: 'Marchand' }
  guardians.push(guardian)
  pupils.push(
    {
      key: known.youngerChild,
      givenName: 'Jules',
      familyName: 'Marchand',
      ...take('9101', 'CM1'),
      groups: [],
      guardians: [guardian.key],
    },
    {
      key: known.pupil,
      givenName: 'Inès',
      familyName: 'Marchand',
      ...take(bigCollege.key, '6e A'),
      groups: ['6e CHORALE'],
      guardians: [guardian.key],
    },
  )
}

/** Groups across classes that a pupil may be in, by their level. */
const groupsOf = ({ school, className }: Seat, numbers: Numbers): string[] => {
  const level = className.split(/ /)[0] ?? ''
  if (school.degree === '1D' || !numbers.chance(0.22)) return []
  return school.key === '9301'
    ? [`${level} ITALIEN`]
    : [level.startsWith('6') ? `${level.slice(0, 2)} CHORALE` : `${level.slice(0, 2)} LATIN`]
}

/** Fills every seat of the county, family by family: one to three children, one or two guardians. */
export const families = (numbers: Numbers): { pupils: DemoPupil[]; guardians: DemoGuardian[] } => {
  const pupils: DemoPupil[] = []
  const guardians: DemoGuardian[] = []
  const seats: Seat[] = county.flatMap(school =>
    school.classes.flatMap(className => Array.from({ length: school.pupilsPerClass }, () => ({ school, className }))),
  )
  firstFamily(guardians, pupils, seats)
  let key = 100_000
  while (seats.length > 0) {
    const familyName = numbers.pick(surnames)
    const parents: DemoGuardian[] = []
    const parent = (from: readonly string[], name: string) =>
      parents.push({ key: `${++key}`, givenName: numbers.pick(from), familyName: name })
    parent(women, numbers.chance(0.35) ? numbers.pick(surnames) : familyName)
    if (numbers.chance(0.82)) parent(numbers.chance(0.97) ? men : women, familyName)
    guardians.push(...parents)
    const children = numbers.chance(0.52) ? 1 : numbers.chance(0.75) ? 2 : 3
    const levels = new Set<string>()
    for (let child = 0; child < children && seats.length > 0; child++) {
      const at = Math.floor(numbers.next() * seats.length)
      const seat = seats[at]
      // No siblings of the same level: they are rare.
      if (!seat || levels.has(seat.className.slice(0, 2))) continue
      seats[at] = seats[seats.length - 1] ?? seat
      seats.pop()
      levels.add(seat.className.slice(0, 2))
      const givenName = numbers.pick(numbers.chance(0.5) ? girls : boys)
      const groups = groupsOf(seat, numbers)
      pupils.push({ key: `${++key}`, givenName, familyName, ...seat, groups, guardians: parents.map(one => one.key) })
    }
  }
  return { pupils, guardians }
}
