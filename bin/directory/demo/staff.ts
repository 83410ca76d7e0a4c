import { bigCollege, county, type DemoSchool, ecole, known } from './county.ts'
import { men, surnames, women } from './names.ts'
import type { Numbers } from './random.ts'

export type DemoStaff = {
  readonly key: string
  readonly givenName: string
  readonly familyName: string
  readonly school: DemoSchool
  /** `code$label$disciplineCode$discipline` of the feed. */
  readonly function: string
  readonly subject?: { readonly code: string; readonly name: string }
  readonly classes: readonly string[]
  readonly groups: readonly string[]
  /** The class they are head teacher of. */
  readonly headOf?: string
}

/** Subjects of secondary schools, with the classes one teacher takes. */
export const subjects = [
  { code: '020700', name: 'FRANCAIS', classes: 4 },
  { code: '061300', name: 'MATHEMATIQUES', classes: 4 },
  { code: '043700', name: 'HISTOIRE-GEOGRAPHIE', classes: 5 },
  { code: '030200', name: 'ANGLAIS LV1', classes: 5 },
  { code: '030600', name: 'ESPAGNOL LV2', classes: 7 },
  { code: '062900', name: 'SCIENCES DE LA VIE ET DE LA TERRE', classes: 8 },
  { code: '062300', name: 'PHYSIQUE-CHIMIE', classes: 8 },
  { code: '100100', name: 'EDUCATION PHYSIQUE ET SPORTIVE', classes: 5 },
  { code: '080000', name: 'EDUCATION MUSICALE', classes: 16 },
  { code: '090100', name: 'ARTS PLASTIQUES', classes: 16 },
] as const

const people = (numbers: Numbers) => {
  let key = 800_000
  return () => ({
    key: `${++key}`,
    givenName: numbers.pick(numbers.chance(0.64) ? women : men),
    familyName: numbers.pick(surnames),
  })
}

const offices = (school: DemoSchool): string[] => [
  'DIR$DIRECTION$D0010$DIRECTION',
  'DIR$DIRECTION ADJOINTE$D0011$DIRECTION ADJOINTE',
  ...Array.from({ length: Math.ceil(school.classes.length / 7) }, () => 'EDU$EDUCATION$E0030$VIE SCOLAIRE'),
  'DOC$DOCUMENTATION$L0080$DOCUMENTATION',
  'ADF$PERSONNELS ADMINISTRATIFS$A0030$SECRETARIAT',
  'MDS$PERSONNELS MEDICO-SOCIAUX$I0010$INFIRMERIE',
  'ORI$ORIENTATION$O0040$ORIENTATION',
]

const groupOf = (school: DemoSchool, subject: string): string[] => {
  if (school.key === '9301' || school.degree === '1D') return []
  if (subject === 'EDUCATION MUSICALE') return ['6e CHORALE']
  return []
}

const secondary = (
  school: DemoSchool,
  person: () => Pick<DemoStaff, 'key' | 'givenName' | 'familyName'>,
): DemoStaff[] => {
  const staff: DemoStaff[] = offices(school).map(office => ({
    ...person(),
    school,
    function: office,
    classes: [],
    groups: [],
  }))
  const headed = new Set<string>()
  for (const { code, name, classes: load } of subjects)
    for (let at = 0; at < school.classes.length; at += load) {
      const classes = school.classes.slice(at, at + load)
      const headOf = classes.find(one => !headed.has(one))
      if (headOf !== undefined) headed.add(headOf)
      staff.push({
        ...person(),
        school,
        classes,
        groups: at === 0 ? groupOf(school, name) : [],
        subject: { code, name },
        function: `ENS$ENSEIGNEMENT$L${code.slice(0, 4)}$${name}`,
        ...(headOf !== undefined && { headOf }),
      })
    }
  return staff
}

const primary = (school: DemoSchool, person: () => Pick<DemoStaff, 'key' | 'givenName' | 'familyName'>): DemoStaff[] =>
  school.classes.map((className, at) => ({
    ...person(),
    school,
    classes: [className],
    groups: [],
    headOf: className,
    function: at === school.classes.length - 1 ? 'DIR$DIRECTION$$' : 'ENS$ENSEIGNEMENT$$',
  }))

const named = (
  staff: DemoStaff[],
  which: (one: DemoStaff) => boolean,
  key: string,
  givenName: string,
  familyName: string,
) => {
  const at = staff.findIndex(which)
  const found = staff[at]
  if (!found) throw new Error(`the demo county lacks a post for ${givenName} ${familyName}`)
  staff[at] = { ...found, key, givenName, familyName }
}

/** Those who work in the county's schools. Some have names that visitors meet. */
export const workforce = (numbers: Numbers): DemoStaff[] => {
  const person = people(numbers)
  const staff = county.flatMap(school => (school.degree === '1D' ? primary(school, person) : secondary(school, person)))
  const at = (school: DemoSchool, code: string) => (one: DemoStaff) =>
    one.school === school && one.function.startsWith(`${code}$`) && !one.key.startsWith('9')
  named(staff, at(bigCollege, 'DIR'), known.head, 'Marc', 'Vasseur')
  named(staff, at(bigCollege, 'EDU'), known.pupilLife, 'Nadia', 'Benali')
  named(staff, at(bigCollege, 'ADF'), known.administrator, 'Thomas', 'Leroux')
  const mathematics = at(bigCollege, 'ENS')
  named(staff, one => mathematics(one) && one.subject?.name === 'MATHEMATIQUES', known.teacher, 'Hélène', 'Garnier')
  named(staff, at(ecole, 'DIR'), known.director, 'Claire', 'Aubry')
  const cm1 = at(ecole, 'ENS')
  named(staff, one => cm1(one) && one.headOf === 'CM1', known.schoolTeacher, 'Élodie', 'Perrin')
  return staff
}
