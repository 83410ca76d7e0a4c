import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addressees,
  isAlong,
  pupilsConcerned,
  type Roster,
  rostersOf,
} from '../../../functions/directory/addressees.ts'
import type { RosterItem } from '../../../functions/directory/audiences.ts'
import { countsOf, inState, readership, toRemind } from '../../../functions/news/following/readership.ts'
import { signersOf } from '../../../functions/news/publishing/address.ts'
import { type AudienceKind, audienceKinds } from '../../../shared/kernel/audience.ts'
import type { Role } from '../../../shared/kernel/role.ts'
import { notices } from '../../../shared/news/shapes.ts'
import { assertProperty } from '../../support/property.ts'

const uai = '0750001A'
const groups = ['a', 'b', 'c'] as const

type Someone = { id: string; role: Role; groups: string[]; children: { id: string; group: string }[] }

/** A small school: pupils in classes, guardians of some of them, teachers of some classes. */
const school = fc
  .record({
    pupils: fc.array(fc.constantFrom(...groups), { maxLength: 8 }),
    guardians: fc.array(fc.array(fc.nat(7), { minLength: 1, maxLength: 3 }), { maxLength: 6 }),
    teachers: fc.array(fc.subarray([...groups]), { maxLength: 4 }),
  })
  .map(({ pupils, guardians, teachers }): Someone[] => [
    ...pupils.map((group, at) => ({ id: `pupil${at}`, role: 'pupil' as const, groups: [group], children: [] })),
    ...guardians.flatMap((of, at) => {
      const children = [...new Set(of)].flatMap(child => {
        const group = pupils[child]
        return group ? [{ id: `pupil${child}`, group }] : []
      })
      return children.length ? [{ id: `guardian${at}`, role: 'guardian' as const, groups: [], children }] : []
    }),
    ...teachers.map((of, at) => ({ id: `teacher${at}`, role: 'teacher' as const, groups: of, children: [] })),
    { id: 'head', role: 'head' as const, groups: [], children: [] },
  ])

const audiences = fc.uniqueArray(
  fc
    .record({ kind: fc.constantFrom(...audienceKinds), of: fc.constantFrom(...groups) })
    .map(({ kind, of }) => ({ kind, ...(kind.startsWith('class') && { group: of as string }) })),
  { minLength: 1, maxLength: 5, selector: one => `${one.kind} ${one.group}` },
)

const isMember = (one: Someone, { kind, group }: { kind: AudienceKind; group?: string }): boolean => {
  switch (kind) {
    case 'school':
      return true
    case 'pupils':
      return one.role === 'pupil'
    case 'guardians':
      return one.role === 'guardian'
    case 'teachers':
      return one.role === 'teacher'
    case 'adults':
      return one.role === 'teacher' || one.role === 'head'
    case 'class':
      return one.groups.includes(group ?? '')
    case 'class-guardians':
      return (
        one.children.some(child => child.group === group) ||
        (one.role === 'teacher' && one.groups.includes(group ?? ''))
      )
  }
}

const rowsOf = (people: Someone[], { of, id, role }: Roster): RosterItem[] =>
  people
    .filter(one => one.role === role)
    .flatMap(one => {
      const children = one.children.filter(child => of === 'school' || child.group === id)
      if (of === 'group' && !one.groups.includes(id) && children.length === 0) return []
      const classes = [...one.groups, ...children.map(child => child.group)]
      return [
        {
          pk: '',
          sk: '',
          person: one.id,
          givenName: one.id,
          familyName: '',
          role: one.role,
          classes: [...new Set(classes)].map(group => ({ id: group, name: group, kind: 'class' as const })),
          ...(one.role === 'guardian' && { pupils: children.map(child => child.id) }),
        },
      ]
    })

const addressedBy = (people: Someone[], to: { kind: AudienceKind; group?: string }[]) => {
  const rosters = rostersOf(uai, to)
  const rows = rosters.people.flatMap(roster => rowsOf(people, roster).map(row => ({ ...row, along: isAlong(roster) })))
  const found = addressees(rows)
  return {
    people: found.filter(one => !one.follows),
    followers: found.filter(one => one.follows),
    pupils: pupilsConcerned(rosters.concerned, [...rows, ...rosters.pupils.flatMap(of => rowsOf(people, of))]),
  }
}

const ids = (of: readonly { id: string }[]) => of.map(one => one.id).sort()

describe('addressees()', () => {
  it('holds exactly the members of the audiences, each once; apart those who teach an addressed class', () => {
    assertProperty(
      fc.property(school, audiences, (people, to) => {
        const members = people.filter(one => to.some(audience => isMember(one, audience)))
        const ofWhole = to.filter(({ group }) => group === undefined)
        const along = members.filter(
          one => one.role === 'teacher' && !ofWhole.some(audience => isMember(one, audience)),
        )
        const addressed = addressedBy(people, to)
        expect(ids(addressed.followers)).toEqual(ids(along))
        expect(ids(addressed.people)).toEqual(ids(members.filter(one => !along.includes(one))))
      }),
    )
  })

  it('asks a signature for each pupil whose guardians are addressed, named or not, and for no other', () => {
    assertProperty(
      fc.property(school, audiences, (people, to) => {
        const expected = new Set<string>()
        for (const audience of to)
          for (const { id, role, groups } of people)
            if (
              role === 'pupil' &&
              (audience.kind === 'school' ||
                audience.kind === 'guardians' ||
                (audience.kind === 'class-guardians' && groups.includes(audience.group ?? '')))
            )
              expected.add(id)
        const addressed = addressedBy(people, to)
        expect(ids(addressed.pupils)).toEqual([...expected].sort())
        expect(signersOf(addressed, 'pupil')).toBe(expected.size)
      }),
    )
  })
})

describe('rostersOf()', () => {
  it('reads no roster twice', () => {
    assertProperty(
      fc.property(audiences, to => {
        const { people, pupils } = rostersOf(uai, to)
        const keys = [...people, ...pupils].map(one => JSON.stringify(one))
        expect(new Set(keys).size).toBe(keys.length)
      }),
    )
  })
})

describe('readership()', () => {
  const facts = fc.record({ seen: fc.array(fc.nat(7)), signed: fc.array(fc.nat(7)) })

  it('puts each reader in one of two states, and reminds those who have not', () => {
    assertProperty(
      fc.property(school, audiences, facts, fc.constantFrom(...notices), (people, to, done, notice) => {
        const addressed = addressedBy(people, to)
        const at = (prefix: string, of: number[]) =>
          new Map(
            of.map((one, nth) => [`${prefix}${one}`, { at: '2026-03-16T07:00:00.000Z', isFormer: nth % 3 === 2 }]),
          )
        const known = {
          seen: at('guardian', done.seen),
          signed: at(notice === 'pupil' ? 'pupil' : 'guardian', done.signed),
        }
        const of = readership(notice, addressed, known)
        const counts = countsOf(of)
        expect(inState(of, 'unseen').length).toBe(counts.people - counts.seen)
        expect(inState(of, 'unsigned').length).toBe(counts.signers - counts.signed)
        expect(counts.signers).toBe(signersOf(addressed, notice))
        expect(toRemind(notice, addressed, known, 'unseen').sort()).toEqual(ids(inState(of, 'unseen')))
        const unsigned = new Set(ids(inState(of, 'unsigned')))
        for (const id of toRemind(notice, addressed, known, 'unsigned')) {
          const person = addressed.people.find(one => one.id === id)
          expect(notice === 'pupil' ? person?.pupils.some(pupil => unsigned.has(pupil)) : unsigned.has(id)).toBe(true)
        }
      }),
    )
  })
})
