import { describe, expect, it } from 'vitest'
import { askedOf, groupsNamed } from '../../../functions/directory/search-words.ts'

describe('askedOf()', () => {
  it.each([
    ['parents', { role: 'guardian', rest: '' }],
    ['Familles', { role: 'guardian', rest: '' }],
    ['profs', { role: 'teacher', rest: '' }],
    ['ÉLÈVES', { role: 'pupil', rest: '' }],
    ['les parents de la 6e A', { role: 'guardian', rest: '6e a' }],
    ['6e A parents', { role: 'guardian', rest: '6e a' }],
    ['mère d’Inès', { role: 'guardian', rest: 'ines' }],
    ['prof Garnier', { role: 'teacher', rest: 'garnier' }],
    ['CPE', { role: 'pupil-life', rest: '' }],
    ['teachers of 6e B', { role: 'teacher', rest: '6e b' }],
    ['De La Tour', { rest: 'de la tour' }],
    ['6e A', { rest: '6e a' }],
  ])('reads %j', (search, asked) => {
    expect(askedOf(search)).toEqual(asked)
  })
})

describe('groupsNamed()', () => {
  const groups = ['6e A', '6e B', '5e A', 'CM1', 'CM1-CM2', 'Latin'].map(name => ({ name }))
  const named = (text: string) => groupsNamed(groups, text).map(({ name }) => name)
  it('finds a class however it is written, and a level', () => {
    expect([named('6e A'), named('6ea'), named('6E-a')]).toEqual([['6e A'], ['6e A'], ['6e A']])
    expect([named('6e'), named('cm1'), named('lat'), named('6'), named('zoé'), named('')]).toEqual([
      ['6e A', '6e B'],
      ['CM1'],
      ['Latin'],
      [],
      [],
      [],
    ])
  })
})
