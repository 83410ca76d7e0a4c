import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { importPatterns } from '../../../functions/directory/patterns.ts'
import { searchSchool } from '../../../functions/directory/search.ts'
import { keyOf } from '../../../functions/platform/pattern.ts'
import { sortName } from '../../../shared/kernel/names.ts'
import { assertProperty } from '../../support/property.ts'
import { type OpenSchool, openSchool } from './open-school.ts'

/** Names are made of signs, each of which is written in several ways, by whoever keeps the records and by who searches. */

let s: OpenSchool
beforeAll(async () => {
  s = await openSchool()
})
afterAll(() => s.close())

const between = ['', ' ', '  ', '-', '\u2011', "'", '’', '\u02BC', '. '] as const
const spellings: Readonly<Record<string, readonly string[]>> = {
  n: ['n', 'N', 'ñ', 'n\u0303'],
  d: ['d', 'D', 'đ', 'Đ'],
  i: ['i', 'I', 'ï', 'İ', 'ı'],
  y: ['y', 'Y', 'ÿ'],
  a: ['a', 'A', 'à', 'A\u0300'],
  e: ['e', 'é', 'É', 'e\u0301', 'ë'],
  o: ['o', 'O', 'ø', 'Ø', 'ô'],
  l: ['l', 'L', 'ł', 'Ł'],
  oe: ['oe', 'œ', 'Œ', 'OE'],
  ss: ['ss', 'ß', 'SS', 'ẞ'],
}
const signs = Object.keys(spellings)

const sign = fc.constantFrom(...signs)
/** Signs and gaps; the first is a sign. */
const name = fc.tuple(
  sign,
  fc.array(fc.oneof({ weight: 4, arbitrary: sign }, { weight: 1, arbitrary: fc.constant('') }), { maxLength: 5 }),
)
type Parts = readonly string[]
const flat = ([first, rest]: readonly [string, readonly string[]]): Parts => [first, ...rest]

const written = (parts: Parts, choices: readonly number[]) =>
  parts
    .map((part, at) => {
      const all = part === '' ? between : (spellings[part] ?? [])
      return all[(choices[at % choices.length] ?? 0) % all.length]
    })
    .join('')

/** What of a name begins at a word, as it was written: gaps may be written as nothing, or by what is a letter. */
const fromWords = (parts: Parts, chosen: readonly number[]): Parts[] => [
  parts,
  ...parts.flatMap((part, at) => {
    const gap = part === '' ? (between[(chosen[at % chosen.length] ?? 0) % between.length] ?? '') : ''
    return gap === '' || gap === '\u02BC' ? [] : [parts.slice(at + 1)]
  }),
]

const choices = fc.array(fc.nat(1_000), { minLength: 5, maxLength: 12 })
const person = fc.record({ given: name.map(flat), family: name.map(flat), choices })

let schools = 0

type Row = { readonly person: string; readonly givenName: string; readonly familyName: string; readonly role: 'pupil' }

/** A row of a roster as imports write it. */
const memberOf = (uai: string, row: Row) => ({
  ...keyOf(importPatterns.member, { uai, role: row.role, name: sortName(row), person: row.person }),
  ...row,
})

/** Stores people as imports do, in a school of their own. */
const stored = async (
  people: readonly { readonly given: Parts; readonly family: Parts; readonly choices: readonly number[] }[],
) => {
  const uai = `0${String(++schools).padStart(6, '0')}A`
  const rows = people.map((one, at) => ({
    person: String(at).padStart(16, '0'),
    givenName: written(one.given, one.choices),
    familyName: written(one.family, one.choices.toReversed()),
    role: 'pupil' as const,
    classes: [],
  }))
  await s.write(rows.map(row => memberOf(uai, row)))
  return { uai, rows }
}

it('finds whoever is called so once, and nobody else, however the name is stored and typed', () =>
  assertProperty(
    fc.asyncProperty(
      fc.array(person, { minLength: 1, maxLength: 5 }),
      fc.record({ who: fc.nat(), familyFirst: fc.boolean(), length: fc.nat(12), choices }),
      fc.constantFrom(2, 50),
      async (people, asked, limit) => {
        const { uai, rows } = await stored(people)
        const meant = people[asked.who % people.length]
        if (!meant) return
        const gap = ['']
        const whole = asked.familyFirst
          ? [...meant.family, ...gap, ...meant.given]
          : [...meant.given, ...gap, ...meant.family]
        const typed = whole.slice(0, 1 + asked.length)
        const plain = (parts: Parts) => parts.join('')
        const isMeant = ({ given, family, choices: of }: (typeof people)[number]) =>
          [[...given, ...family], ...fromWords(family, of.toReversed()).map(rest => [...rest, ...given])].some(one =>
            plain(one).startsWith(plain(typed)),
          )
        const expected = rows.filter((_, at) => isMeant(people[at] as never)).map(row => row.person)
        const found: string[] = []
        let cursor: string | undefined
        do {
          const search = written(typed, asked.choices)
          const page = await searchSchool(s.platform.table, { uai, search, role: undefined, cursor, limit })
          if (!page.ok) throw new Error(page.problem.type)
          found.push(...page.value.items.map(row => row.person))
          cursor = page.value.next
        } while (cursor !== undefined)
        expect(found.toSorted(), JSON.stringify(rows)).toEqual(expected)
      },
    ),
    { short: 60, long: 3_000 },
  ))

it.each([
  ['N’Diaye', 'Awa', ['  n diaye', "N'DIAYE", 'ndiayé', 'awa ndiaye', 'NDIAYE-AWA']],
  ['Weiß-Łukasz', 'İbrahim', ['weiss', 'WEIß lukasz', 'ibrahim', 'ıbrahim weiss']],
  ['Østergård', 'Maëlle', ['ostergard', 'østergard maelle', 'OSTER', 'maelle ost']],
  ['Le Gœff', 'Anne Lise', ['legoeff', 'le-goeff', 'anne-lise', 'annelise le g']],
  ['Da\u0300 Silva', 'Noé', ['dasilva', 'DÀ SILVA', 'noe da']],
  ['de La Tour d’Auvergne', 'Louis', ['la tour', 'latour', 'Tour', 'auvergne louis', 'TOUR D’AUV', 'louis de la']],
  ['Martin-Lopez', 'Inès', ['lopez', 'Lopez Inès', 'martin l', 'martinlopez']],
])('finds %s %s as people type them', async (familyName, givenName, searches) => {
  const uai = `0${String(++schools).padStart(6, '0')}A`
  const row = { person: '1'.repeat(16), familyName, givenName, role: 'pupil' as const, classes: [] }
  await s.write([memberOf(uai, row)])
  for (const search of searches) {
    const page = await searchSchool(s.platform.table, { uai, search, role: undefined, cursor: undefined, limit: 50 })
    expect(page.ok && page.value.items.map(one => one.person), search).toEqual([row.person])
  }
})
