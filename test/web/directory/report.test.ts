import { i18n } from '@lingui/core'
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ChangedPerson, ImportPage, ImportRow } from '../../../shared/directory/imports.ts'
import '../../../web/directory/import/reason-texts.ts'
import { inTime } from '../../../web/directory/import/import-list.tsx'
import { reportOf } from '../../../web/directory/import/report.ts'
import { dateWords } from '../../../web/platform/dates.ts'

beforeAll(() => {
  i18n.setMessagesCompiler(compileMessageOrThrow)
  i18n.activate('fr')
})

const person = (familyName: string, from: string[], to: string[]): ChangedPerson => ({
  id: familyName,
  givenName: 'Zoé',
  familyName,
  role: 'pupil',
  from,
  to,
})
const row = (at: string): ImportRow => ({
  id: '20261124T021200000Z-aaaaaaaa',
  at,
  mode: 'complete',
  arrived: 1,
  changed: 1,
  left: 0,
  refused: 1,
  confirmed: false,
})

const report = (page: Partial<ImportPage>, all: Record<string, ChangedPerson[]> = {}) =>
  reportOf((key, values) => i18n.t(key, values), dateWords('fr'), {
    school: 'Collège des Saules',
    page: { ...row('2026-11-24T02:12:00.000Z'), changes: [], classes: [], findings: [], moved: false, ...page },
    everybody: new Map(Object.entries(all)) as never,
  }).split('\n')

describe('reportOf()', () => {
  test('tells in words what was done, everybody by name, and what was refused and why', () => {
    const arrived = [person('Amrani', [], ['6e C'])]
    const moved = [person('Dubois', ['5e A'], ['5e D'])]
    const lines = report(
      {
        changes: [
          { kind: 'arrived', count: 2, people: [] },
          { kind: 'moved', count: 1, people: [] },
        ],
        findings: [
          { kind: 'refused', reason: 'it has no name', file: 'Eleve.xml', line: 12, key: '100' },
          { kind: 'refused', reason: 'something nobody knows', person: person('Picard', [], []) },
        ],
      },
      { arrived, moved },
    )
    expect(lines).toEqual([
      'Collège des Saules',
      expect.stringMatching(/^Compte rendu de l’import du fichier arrivé le 24 novembre 2026 à \d/),
      'fichier complet',
      'fait, tout est en place',
      '',
      '2 arrivés',
      '- AMRANI Zoé, élève, 6e C',
      'Une personne effacée depuis n’a plus de nom.',
      '',
      '1 changé de classe',
      '- DUBOIS Zoé, 5e A vers 5e D',
      '',
      '2 refusés ou à corriger dans l’annuaire',
      expect.stringMatching(/^- fiche 100\u00a0: la fiche n’a ni nom ni prénom \(Eleve\.xml, ligne 12\)$/),
      expect.stringMatching(/^- PICARD Zoé\u00a0: .+ something nobody knows$/),
      expect.stringMatching(/^À corriger dans le logiciel/),
      '',
    ])
  })

  test('tells of a held import what it would take, and of an answered one who answered', () => {
    const losses = [
      { what: 'people', had: 612, lost: 214 },
      { what: 'classes', had: 600, lost: 200 },
      { what: 'head', had: 1, lost: 1 },
    ]
    const lines = report({
      held: { state: 'refused', reason: 'loses-access', losses },
      classes: [{ name: '2de 1', had: 30, lost: 30 }],
      answer: { kind: 'refused', by: 'Nadia Sow', at: '2026-11-24T08:00:00.000Z', ended: true },
    })
    expect(lines).toContain('Le fichier ferait partir 214 personnes sur 612')
    expect(lines).toContain('200 personnes sur 600 n’auraient plus de classe.')
    expect(lines).toContain('Une personne sur 1 perdrait son rôle dans l’établissement.')
    expect(lines).toContain('La classe 2de 1 y manque entièrement.')
    expect(lines.join('\n')).toMatch(/Refusé par Nadia Sow/)
    expect(lines.join('\n')).not.toMatch(/fait,/)
  })
})

test('inTime() shows a missed night among imports by its time, once the imports around it are read', () => {
  const rows = [row('2026-11-24T02:00:00.000Z'), row('2026-11-22T02:00:00.000Z')]
  const missed = [
    { since: '2026-11-22T02:00:00.000Z', at: '2026-11-23T14:00:00.000Z' },
    { since: '2026-11-01T02:00:00.000Z', at: '2026-11-02T14:00:00.000Z' },
  ]
  const days = (whole: boolean) => inTime(rows, missed, whole).map(one => one.at.slice(8, 10))
  expect(days(false)).toEqual(['24', '23', '22'])
  expect(days(true)).toEqual(['24', '23', '22', '02'])
})
