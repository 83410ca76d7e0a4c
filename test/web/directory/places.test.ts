import { describe, expect, it } from 'vitest'
import type { Me } from '../../../shared/session/contract.ts'
import { placesOf } from '../../../web/directory/places.ts'

const schools = [
  { uai: '0750001A', name: 'Collège des Tilleuls' },
  { uai: '0750002B', name: 'École du Lavoir' },
]
const audiences: Me['audiences'] = [
  { id: 'aaaaaaaaaaaa', kind: 'school', uai: '0750001A', label: 'Collège des Tilleuls' },
  { id: 'bbbbbbbbbbbb', kind: 'class', uai: '0750001A', label: '6e A', group: 'gggggggggggg' },
  { id: 'cccccccccccc', kind: 'class-guardians', uai: '0750001A', label: '6e A', group: 'gggggggggggg' },
]
const places = (roles: Me['roles']) => placesOf({ roles, schools, audiences })

describe('placesOf()', () => {
  it('opens a school to those who run it, and search to its administrators and head', () => {
    expect(places([{ uai: '0750001A', role: 'head' }])).toEqual([
      { uai: '0750001A', name: 'Collège des Tilleuls', searches: true, issues: true },
    ])
    expect(places([{ uai: '0750002B', role: 'pupil-life' }])).toEqual([
      { uai: '0750002B', name: 'École du Lavoir', searches: false, issues: false },
    ])
  })

  it('opens to a teacher their own classes, each once', () => {
    expect(places([{ uai: '0750001A', role: 'teacher' }])).toEqual([
      {
        uai: '0750001A',
        name: 'Collège des Tilleuls',
        searches: false,
        issues: true,
        own: [{ id: 'gggggggggggg', name: '6e A' }],
      },
    ])
  })

  it('opens nothing to pupils and guardians', () => {
    expect(
      places([
        { uai: '0750001A', role: 'guardian' },
        { uai: '0750002B', role: 'pupil' },
      ]),
    ).toEqual([])
  })
})
