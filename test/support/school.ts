import { audienceId, directoryPatterns, type PersonItem } from '../../functions/directory/audiences.ts'
import { fingerprint, personId, undatedGroupId } from '../../functions/directory/identity.ts'
import { keyOf } from '../../functions/platform/pattern.ts'
import type { Caller } from '../../functions/platform/token.ts'
import { accountPatterns } from '../../functions/session/accounts.ts'
import { sessionPatterns } from '../../functions/session/patterns.ts'
import type { AudienceKind } from '../../shared/kernel/audience.ts'
import { sortName } from '../../shared/kernel/names.ts'
import type { Role } from '../../shared/kernel/role.ts'
import { type Database, putAll } from './dynamodb.ts'

type Group = { id: string; uai: string; name: string; kind: 'class' | 'group' }
type Child = { of: string; uai: string; group: Group }

export const college = '0750001A'
export const ecole = '0750002B'
const schools: Record<string, { uai: string; name: string; town: string }> = {
  [college]: { uai: college, name: 'Collège des Tilleuls', town: 'Valmont' },
  [ecole]: { uai: ecole, name: 'École du Lavoir', town: 'Valmont' },
}
const group = (uai: string, name: string): Group => ({
  id: undatedGroupId({ uai, kind: 'class', key: name }),
  uai,
  name,
  kind: 'class',
})
export const groups = { sixA: group(college, '6e A'), sixB: group(college, '6e B'), cm1: group(ecole, 'CM1') }
export const audience = (kind: AudienceKind, of: string) => audienceId(kind, of)

type Definition = {
  givenName: string
  familyName: string
  role: Role
  uai: string
  groups?: Group[]
  children?: Child[]
  guardians?: string[]
}

const idOf = (name: string) => personId('test', name)

/** Two schools: a collège with two classes, an école with one; a guardian with a child in each. */
const definitions: Record<string, Definition> = {
  lea: {
    givenName: 'Léa',
    familyName: 'Martin',
    role: 'pupil',
    uai: college,
    groups: [groups.sixA],
    guardians: ['sophie', 'karim'],
  },
  tom: {
    givenName: 'Tom',
    familyName: 'Petit',
    role: 'pupil',
    uai: college,
    groups: [groups.sixB],
    guardians: ['ines'],
  },
  jules: {
    givenName: 'Jules',
    familyName: 'Martin',
    role: 'pupil',
    uai: ecole,
    groups: [groups.cm1],
    guardians: ['sophie', 'karim'],
  },
  sophie: {
    givenName: 'Sophie',
    familyName: 'Bernard',
    role: 'guardian',
    uai: college,
    children: [
      { of: 'lea', uai: college, group: groups.sixA },
      { of: 'jules', uai: ecole, group: groups.cm1 },
    ],
  },
  karim: {
    givenName: 'Karim',
    familyName: 'Martin',
    role: 'guardian',
    uai: college,
    children: [
      { of: 'lea', uai: college, group: groups.sixA },
      { of: 'jules', uai: ecole, group: groups.cm1 },
    ],
  },
  ines: {
    givenName: 'Inès',
    familyName: 'Petit',
    role: 'guardian',
    uai: college,
    children: [{ of: 'tom', uai: college, group: groups.sixB }],
  },
  anne: { givenName: 'Anne', familyName: 'Roche', role: 'teacher', uai: college, groups: [groups.sixA] },
  paul: { givenName: 'Paul', familyName: 'Noël', role: 'teacher', uai: college, groups: [groups.sixB] },
  claire: { givenName: 'Claire', familyName: 'Faure', role: 'pupil-life', uai: college },
  marc: { givenName: 'Marc', familyName: 'Élan', role: 'head', uai: college },
  nadia: { givenName: 'Nadia', familyName: 'Sow', role: 'administrator', uai: college },
  remi: { givenName: 'Rémi', familyName: 'Blanc', role: 'staff', uai: college },
  denise: { givenName: 'Denise', familyName: 'Hallier', role: 'head', uai: ecole },
}

const rolesOf = (one: Definition) =>
  one.role === 'guardian'
    ? [...new Set((one.children ?? []).map(child => child.uai))].map(uai => ({ uai, role: one.role }))
    : [{ uai: one.uai, role: one.role }]

const audiencesOf = (one: Definition): PersonItem['audiences'] =>
  rolesOf(one).flatMap(({ uai, role }) => {
    const ofSchool = (kind: AudienceKind) => ({
      id: audienceId(kind, uai),
      kind,
      uai,
      label: schools[uai]?.name ?? uai,
    })
    const ofGroup = (kind: AudienceKind, of: Group, children?: string[]) => ({
      id: audienceId(kind, of.id),
      kind,
      uai,
      label: of.name,
      group: of.id,
      ...(children && { children }),
    })
    const children = (one.children ?? []).filter(child => child.uai === uai)
    switch (role) {
      case 'pupil':
        return [ofSchool('school'), ofSchool('pupils'), ...(one.groups ?? []).map(of => ofGroup('class', of))]
      case 'guardian':
        return [
          { ...ofSchool('school'), children: children.map(child => idOf(child.of)) },
          { ...ofSchool('guardians'), children: children.map(child => idOf(child.of)) },
          ...children.map(child => ofGroup('class-guardians', child.group, [idOf(child.of)])),
        ]
      case 'teacher':
        return [
          ofSchool('school'),
          ofSchool('teachers'),
          ofSchool('adults'),
          ...(one.groups ?? []).flatMap(of => [ofGroup('class', of), ofGroup('class-guardians', of)]),
        ]
      default:
        return [ofSchool('school'), ofSchool('adults')]
    }
  })

const personOf = (name: string, one: Definition): PersonItem => {
  const roles = rolesOf(one)
  const audiences = audiencesOf(one)
  const { givenName, familyName } = one
  return {
    id: idOf(name),
    givenName,
    familyName,
    status: 'active',
    source: 'test',
    roles,
    schools: roles.flatMap(({ uai }) => schools[uai] ?? []),
    audiences,
    children: (one.children ?? []).map(child => ({
      id: idOf(child.of),
      givenName: definitions[child.of]?.givenName ?? '',
      familyName: definitions[child.of]?.familyName ?? '',
      uai: child.uai,
      className: child.group.name,
      groups: [child.group.id],
    })),
    guardians: (one.guardians ?? []).map(idOf),
    groups: (one.groups ?? []).map(({ id, name, kind, uai }) => ({ id, name, kind, uai })),
    access: fingerprint(['active', roles, audiences.map(of => of.id)]),
  }
}

const rosterOf = (name: string, one: Definition): Record<string, unknown>[] => {
  const { givenName, familyName } = one
  const person = idOf(name)
  const named = { person, givenName, familyName, role: one.role }
  const sorted = sortName(one)
  const classes = (of: Group[]) => of.map(({ id, name: label, kind }) => ({ id, name: label, kind }))
  const inSchools = rolesOf(one).flatMap(({ uai }) => {
    const children = (one.children ?? []).filter(child => child.uai === uai)
    const row = {
      ...named,
      classes: classes(one.role === 'guardian' ? children.map(child => child.group) : (one.groups ?? [])),
      ...(one.children && { pupils: children.map(child => idOf(child.of)) }),
    }
    return [{ pk: `S#${uai}`, sk: `M#${one.role}#${sorted}#${person}`, ...row }]
  })
  const inGroups = [
    ...(one.groups ?? []).map(of => ({ of, pupils: undefined as string[] | undefined })),
    ...(one.children ?? []).map(child => ({ of: child.group, pupils: [idOf(child.of)] })),
  ].map(({ of, pupils }) => ({
    pk: `G#${of.id}`,
    sk: `M#${one.role}#${sorted}#${person}`,
    ...named,
    classes: classes([of]),
    ...(pupils && { pupils }),
  }))
  return [...inSchools, ...inGroups]
}

const audienceItems = (): Record<string, unknown>[] => [
  ...Object.values(schools).flatMap(({ uai, name }) =>
    (['school', 'pupils', 'guardians', 'teachers', 'adults'] as const).map(kind => {
      const id = audienceId(kind, uai)
      return { ...keyOf(directoryPatterns.audience, { audience: id }), id, kind, uai, label: name }
    }),
  ),
  ...Object.values(groups).flatMap(of =>
    (['class', 'class-guardians'] as const).map(kind => {
      const id = audienceId(kind, of.id)
      return {
        ...keyOf(directoryPatterns.audience, { audience: id }),
        id,
        kind,
        uai: of.uai,
        label: of.name,
        group: of.id,
      }
    }),
  ),
]

export type School = {
  readonly people: Record<string, PersonItem>
  /** Callers as in a token, each with a session in the table. */
  readonly callers: Record<string, Caller>
}

/** Seeds the two schools, and a session for each person; with `accounts`, also a login `<name>.test` without a password. */
export const seedSchool = async (database: Database, now = new Date(), { accounts = false } = {}): Promise<School> => {
  const people = Object.fromEntries(Object.entries(definitions).map(([name, one]) => [name, personOf(name, one)]))
  const session = `session-of-test`
  const items: Record<string, unknown>[] = [
    ...Object.values(schools).map(one => ({
      ...keyOf(directoryPatterns.school, { uai: one.uai }),
      ...one,
      source: 'test',
    })),
    ...Object.values(schools).map(({ uai }) => ({ ...keyOf(directoryPatterns.territorySchool, { uai }), uai })),
    ...Object.values(groups).flatMap(({ id, ...of }) => [
      { ...keyOf(directoryPatterns.group, { group: id }), ...of, group: id },
      { pk: `S#${of.uai}`, sk: `G#${id}`, ...of, group: id },
    ]),
    ...audienceItems(),
    ...Object.values(people).map(person => ({ ...keyOf(directoryPatterns.person, { person: person.id }), ...person })),
    ...Object.entries(definitions).flatMap(([name, one]) => rosterOf(name, one)),
    ...Object.entries(accounts ? people : {}).flatMap(([name, { id }]) => [
      { ...keyOf(accountPatterns.account, { person: id }), person: id, login: `${name}.test` },
      { ...keyOf(accountPatterns.login, { login: `${name}.test` }), person: id },
    ]),
    ...Object.values(people).map(person => ({
      ...keyOf(sessionPatterns.session, { person: person.id, session }),
      session,
      device: 'Firefox, Linux',
      since: now.toISOString(),
      lastSeen: now.toISOString(),
      refreshHash: '-',
      rotation: 0,
      personalDevice: false,
      expiresAt: Math.floor(now.getTime() / 1000) + 86_400 * 30,
    })),
  ]
  await putAll(database, items)
  const callers = Object.fromEntries(
    Object.entries(people).map(([name, { id, roles, audiences, access }]) => [
      name,
      { person: id, session, roles, audiences: audiences.map(of => of.id), access } satisfies Caller,
    ]),
  )
  return { people, callers }
}
