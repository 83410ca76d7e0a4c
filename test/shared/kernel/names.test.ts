import { describe, expect, it } from 'vitest'
import { byLabel, byName, fold, listName } from '../../../shared/kernel/names.ts'

describe('fold()', () => {
  it.each([
    ['Éloïse  D’Hérouville', 'eloise d herouville'],
    ['N\u2019DIAYE', 'n diaye'],
    ['  n diaye', 'n diaye'],
    ['Cœur-Æneas', 'coeur aeneas'],
    ['--', ''],
  ])('makes of %j: %j', (name, folded) => {
    expect(fold(name)).toBe(folded)
  })
})

describe('listName()', () => {
  it.each([
    ['Mélanie', 'Adam', 'ADAM Mélanie'],
    ['Jean-Éric', 'd’Hérouville', 'D’HÉROUVILLE Jean-Éric'],
    ['', 'Ng', 'NG'],
    ['Sukarno', '', 'Sukarno'],
  ])('writes %s %s as schools do: %s', (givenName, familyName, written) => {
    expect(listName({ givenName, familyName })).toBe(written)
  })
})

describe('byName()', () => {
  it('sorts by family name without accents and capitals, then by given name, as the rows of a roster are stored', () => {
    const people = ['Élan Marc', 'Adam Zoé', 'N’Diaye Awa', 'ADAM Mélanie', 'El Amri Sami', 'Zola Emile']
    const named = people.map(name => {
      const at = name.lastIndexOf(' ')
      return { familyName: name.slice(0, at), givenName: name.slice(at + 1) }
    })
    expect(named.sort(byName).map(listName)).toEqual([
      'ADAM Mélanie',
      'ADAM Zoé',
      'EL AMRI Sami',
      'ÉLAN Marc',
      'N’DIAYE Awa',
      'ZOLA Emile',
    ])
  })
})

describe('byLabel()', () => {
  it('counts numbers in names of classes', () => {
    expect(['6e 10', '6e B', '5e A', '6e 2', '6e A'].sort(byLabel)).toEqual(['5e A', '6e 2', '6e 10', '6e A', '6e B'])
  })
})
