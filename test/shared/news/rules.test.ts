import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AudienceItem } from '../../../functions/directory/audiences.ts'
import { type AudienceKind, audienceKinds } from '../../../shared/kernel/audience.ts'
import { roles } from '../../../shared/kernel/role.ts'
import {
  addressProblem,
  childrenConcerned,
  datesOf,
  mayManage,
  mayPublishTo,
  publishesAs,
  stateOf,
} from '../../../shared/news/rules.ts'
import { notices } from '../../../shared/news/shapes.ts'
import { assertProperty } from '../../support/property.ts'

const [here, there] = ['0750001A', '0750002B']
const ownGroup = { id: 'taught', name: '6e A', uai: here, kind: 'class' as const }
const audience = (kind: AudienceKind, uai = here, group = 'taught'): AudienceItem => ({
  id: `${kind} ${uai} ${group}`,
  kind,
  uai,
  label: '',
  ...(kind.startsWith('class') && { group }),
})
const now = new Date('2026-03-16T07:00:00.000Z')
const instant = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
  .map(at => at.toISOString())

describe('mayPublishTo()', () => {
  it.each(roles)('decides for %s in each kind of audience', role => {
    const person = { roles: [{ uai: here, role }], groups: role === 'teacher' || role === 'pupil' ? [ownGroup] : [] }
    for (const kind of audienceKinds) {
      const all = ['head', 'pupil-life', 'administrator'].includes(role)
      const own = role === 'teacher' && (kind === 'class' || kind === 'class-guardians')
      expect(mayPublishTo(person, audience(kind))).toBe(all || own)
      expect(mayPublishTo(person, audience(kind, there))).toBe(false)
      expect(mayPublishTo(person, audience(kind, here, 'another'))).toBe(all)
    }
  })

  it('does not let a teacher publish to a class because their child is in it', () => {
    const person = {
      roles: [
        { uai: here, role: 'teacher' as const },
        { uai: here, role: 'guardian' as const },
      ],
      groups: [],
    }
    expect(mayPublishTo(person, audience('class-guardians'))).toBe(false)
  })
})

describe('publishesAs()', () => {
  it('is the role that reaches furthest', () => {
    const held = [
      { uai: here, role: 'teacher' as const },
      { uai: here, role: 'head' as const },
    ]
    expect(publishesAs(held, here)).toBe('head')
    expect(publishesAs(held, there)).toBeUndefined()
    expect(publishesAs([{ uai: here, role: 'staff' }], here)).toBeUndefined()
  })
})

describe('addressProblem()', () => {
  const head = { roles: [{ uai: here, role: 'head' as const }], groups: [] }

  it('allows a set of audiences if it allows each, all of the draft’s school', () => {
    const some = fc.uniqueArray(
      fc.record({ kind: fc.constantFrom(...audienceKinds), uai: fc.constantFrom(here, there) }),
      { minLength: 1, selector: one => `${one.kind} ${one.uai}` },
    )
    assertProperty(
      fc.property(some, fc.constantFrom(...notices), (of, notice) => {
        const found = of.map(({ kind, uai }) => audience(kind, uai))
        const refused = addressProblem(head, { uai: here, audiences: found.map(one => one.id), notice }, found)
        const foreign = of.filter(one => one.uai === there).length
        const guardians = of.some(one => ['school', 'guardians', 'class-guardians'].includes(one.kind))
        if (foreign > 0) expect(refused?.errors).toHaveLength(foreign)
        else if (notice !== 'none' && !guardians) expect(refused?.type).toBe('notice-without-guardians')
        else expect(refused).toBeUndefined()
      }),
    )
  })
})

describe('datesOf()', () => {
  it('never publishes in the past, nor ends before it begins', () => {
    assertProperty(
      fc.property(
        fc.option(instant, { nil: undefined }),
        fc.option(instant, { nil: undefined }),
        (publishAt, until) => {
          const dates = datesOf({ publishAt, until }, now)
          if (!dates.ok) {
            expect(dates.problem.type).toBe('dates-not-in-order')
            return
          }
          const { publishedAt } = dates.value
          expect(publishedAt >= now.toISOString()).toBe(true)
          if (until !== undefined) expect(until > publishedAt).toBe(true)
        },
      ),
    )
  })
})

describe('stateOf()', () => {
  it.each([
    [{}, 'published'],
    [{ publishedAt: '2026-03-16T07:00:00.001Z' }, 'scheduled'],
    [{ until: '2026-03-16T07:00:00.000Z' }, 'ended'],
    [{ until: '2026-03-16T07:00:00.001Z' }, 'published'],
    [{ publishedAt: '2026-03-17T07:00:00.000Z', withdrawnAt: '2026-03-16T06:00:00.000Z' }, 'withdrawn'],
  ])('of %j is %s', (news, state) => {
    expect(stateOf({ publishedAt: now.toISOString(), ...news }, now)).toBe(state)
  })
})

describe('mayManage()', () => {
  const author = { id: 'me', name: '', role: 'teacher' as const }
  it('ends for an author who no longer works in the school', () => {
    const as = (uai: string) => ({ person: 'me', roles: [{ uai, role: 'teacher' as const }] })
    expect(mayManage({ uai: here, author }, as(here))).toBe(true)
    expect(mayManage({ uai: here, author }, as(there))).toBe(false)
  })
})

describe('childrenConcerned()', () => {
  it('names children by the audiences one is addressed in as a guardian', () => {
    const mine = [
      { ...audience('school'), children: ['lea', 'max'] },
      { ...audience('class-guardians'), children: ['lea'] },
      audience('class-guardians', here, 'taught-only'),
    ]
    const of = (...addressed: AudienceItem[]) => childrenConcerned(addressed, { audiences: mine })
    expect(of(audience('class-guardians'))).toEqual(['lea'])
    expect(of(audience('school'), audience('class-guardians'))).toEqual(['lea', 'max'])
    expect(of(audience('class-guardians', here, 'taught-only'))).toEqual([])
    expect(of(audience('class'))).toEqual([])
  })
})
