import { put, remove, removeByKey } from '../../platform/operation.ts'
import type { Key } from '../../platform/pattern.ts'
import { importPatterns, type SourceItem, searchPatterns } from '../patterns.ts'
import type { Several } from './joined/parts.ts'
import { isCompared, isMember, keyOfText, keyText, kinOf } from './keys.ts'
import type { Composed } from './people/compose.ts'
import type { Put, Write } from './platform.ts'

/** A roster row of the person in a school, as it is stored; without a school, their row among those kept without access. */
export type StoredRow = {
  readonly uai: string
  readonly sk: string
  readonly print: string
  readonly suspended: number
}

/** What to write of a person, in this order: each part only after the one before is written whole. */
export type Change = {
  readonly id: string
  readonly source: Write[]
  readonly rows: Write[]
  readonly person: Write[]
  readonly members: Write[]
  /** Whether the person enters or leaves a roster of a school, or becomes or ceases to be somebody's guardian. */
  readonly moves: boolean
  /** Of somebody whom several sources describe: their item as a person is made of what all of them give. */
  readonly several?: true
}

const storedKey = ({ uai, sk }: StoredRow, source: string): Key => ({ pk: uai === '' ? `D#${source}` : `S#${uai}`, sk })

/** The patterns of rows that may be left over: not of the person and their source, which are always written. */
const rowPatterns = [
  searchPatterns.searchRow,
  importPatterns.groupMember,
  importPatterns.awaited,
  importPatterns.contact,
  importPatterns.kept,
  importPatterns.changingOn,
  importPatterns.member,
] as const

const removal = (text: string): Write => removeByKey('left-over', rowPatterns, keyOfText(text))

/** Letters of the prints of rows that are stored: 40 bits tell whether one of a few rows has changed. */
const printLength = 8

/** A row's print as it is stored; those of earlier releases are longer. Each letter counts in a table of a million people. */
const shortPrint = (print: string | undefined): string | undefined => print?.slice(0, printLength)

/** True if the rows are those the person should have, and were written last by an import that was not interrupted. */
export const isUnchanged = (next: Composed, rows: readonly StoredRow[]): boolean => {
  const wanted = new Set(next.members.map(row => keyText(row.key)))
  if (rows.length !== wanted.size || !rows.every(row => wanted.has(keyText(storedKey(row, next.source.source)))))
    return false
  const havePrint = (print: string) => rows.every(row => row.print === print)
  return havePrint(next.source.print) || havePrint(next.formerPrint())
}

/** The rosters of schools that a person stands in, and whose guardian they are. */
const standingOf = ({ rows, children }: Pick<SourceItem, 'rows' | 'children'>): string => {
  const keys = Object.keys(rows).map(keyOfText).filter(isMember)
  const rosters = keys.map(({ pk, sk }) => `${pk}#${sk.split('#')[1]}`)
  return JSON.stringify([rosters.sort(), [...children].sort()])
}

/** True if another source has described the person before this one. */
const isFurther = (several: Several | undefined, source: string): boolean =>
  several !== undefined && several.first !== source

/** What differs between a person as stored and as they should be. */
export const changeOf = (
  next: Composed,
  old: SourceItem | undefined,
  rows: readonly StoredRow[],
  several?: Several,
): Change => {
  const keyOfRow = (row: StoredRow) => keyText(storedKey(row, next.source.source))
  const compared = Object.keys(old?.rows ?? {}).filter(text => isCompared(keyOfText(text)))
  const finished =
    old !== undefined &&
    compared.length === rows.length &&
    rows.every(row => row.print === old.print && compared.includes(keyOfRow(row)))
  const known = finished ? old.rows : {}
  const wanted = next.source.rows
  const there = [...Object.keys(old?.rows ?? {}), ...(finished ? [] : (old?.leaving ?? [])), ...rows.map(keyOfRow)]
  const stale = [...new Set(there)].filter(text => wanted[text] === undefined).sort()
  const kin = new Set(kinOf(next.source))
  const before = [...(old ? kinOf(old) : []), ...(finished ? [] : (old?.parted ?? []))]
  const parted = [...new Set(before)].filter(id => !kin.has(id)).sort()
  const differs = (row: Put) => shortPrint(known[keyText(row.key)]) !== shortPrint(wanted[keyText(row.key)])
  const stored = Object.fromEntries(Object.entries(wanted).map(([key, print]) => [key, print.slice(0, printLength)]))
  const item = { ...next.source, rows: stored, leaving: stale, parted }
  const { id } = next
  const { source } = item
  const person = next.person && differs(next.person) ? next.person : undefined
  const part = several && person && next.item && put('part', importPatterns.part, { person: id, source }, next.item)
  return {
    id,
    source: [
      isFurther(several, source)
        ? put('source', importPatterns.furtherSource, { person: id, source }, item)
        : put('source', importPatterns.source, { person: id }, item),
      ...(part ? [part] : []),
    ],
    ...(several && { several: true }),
    rows: [...next.rows.filter(differs), ...stale.filter(text => !isCompared(keyOfText(text))).map(removal)],
    person: person ? [person] : [],
    moves: !old || standingOf(old) !== standingOf(next.source),
    members: [...next.members, ...stale.filter(text => isCompared(keyOfText(text))).map(removal)],
  }
}

/** Takes away all that is stored of somebody who was kept without access. */
export const forgetting = (id: string, source: string, several?: Several): Change => ({
  id,
  source: [
    isFurther(several, source)
      ? remove('source', importPatterns.furtherSource, { person: id, source })
      : remove('source', importPatterns.source, { person: id }),
  ],
  rows: [],
  person: [],
  members: [remove('kept', importPatterns.kept, { source, person: id })],
  moves: false,
})
