import { describe, expect, it } from 'vitest'
import type { Me } from '../../../shared/session/contract.ts'
import { directorySchoolsOf } from '../../../web/directory/directory-schools.ts'

const schools = [
  { uai: '0750001A', name: 'Collège des Tilleuls' },
  { uai: '0750002B', name: 'École du Lavoir' },
]
const audiences: Me['audiences'] = [
  { id: 'aaaaaaaaaaaa', kind: 'school', uai: '0750001A', label: 'Collège des Tilleuls' },
  { id: 'bbbbbbbbbbbb', kind: 'class', uai: '0750001A', label: '6e A', group: 'gggggggggggg' },
  { id: 'cccccccccccc', kind: 'class-guardians', uai: '0750001A', label: '6e A', group: 'gggggggggggg' },
]
const schoolsOf = (roles: Me['roles']) => directorySchoolsOf({ roles, schools, audiences })

describe('directorySchoolsOf()', () => {
  it('includes a school for those who run it, with search for its administrators and head', () => {
    expect(schoolsOf([{ uai: '0750001A', role: 'head' }])).toEqual([
      { uai: '0750001A', name: 'Collège des Tilleuls', searches: true, issues: true },
    ])
    expect(schoolsOf([{ uai: '0750002B', role: 'pupil-life' }])).toEqual([
      { uai: '0750002B', name: 'École du Lavoir', searches: false, issues: false },
    ])
  })

  it('includes a teacher’s own classes, each once', () => {
    expect(schoolsOf([{ uai: '0750001A', role: 'teacher' }])).toEqual([
      {
        uai: '0750001A',
        name: 'Collège des Tilleuls',
        searches: false,
        issues: true,
        own: [{ id: 'gggggggggggg', name: '6e A' }],
      },
    ])
  })

  it('is empty for pupils and guardians', () => {
    expect(
      schoolsOf([
        { uai: '0750001A', role: 'guardian' },
        { uai: '0750002B', role: 'pupil' },
      ]),
    ).toEqual([])
  })
})
