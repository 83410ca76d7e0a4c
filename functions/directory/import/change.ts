import { put, removeByKey } from '../../platform/operation.ts'
import type { Key } from '../../platform/pattern.ts'
import { importPatterns, type SourceItem, searchPatterns } from '../patterns.ts'
import { keyOfText, keyText, kinOf } from './keys.ts'
import type { Composed } from './people/compose.ts'
import type { Put, Write } from './platform.ts'

/** A roster row of the person in a school, as it is stored. */
export type StoredRow = {
  readonly uai: string
  readonly sk: string
  readonly print: string
  readonly suspended: number
}

/** What to write of a person, in this order: each part only after the one before is written whole. */
export type Change = {
  readonly source: Write[]
  readonly rows: Write[]
  readonly person: Write[]
  readonly members: Write[]
  /** Whether the person enters or leaves a roster of a school, or becomes or ceases to be somebody's guardian. */
  readonly moves: boolean
}

const storedKey = ({ uai, sk }: StoredRow): Key => ({ pk: `S#${uai}`, sk })

const isMember = (key: Key) => key.pk.startsWith('S#') && key.sk.startsWith('M#')

/** The patterns of rows that may be left over: not of the person and their source, which are always written. */
const rowPatterns = [
  searchPatterns.searchRow,
  importPatterns.groupMember,
  importPatterns.awaited,
  importPatterns.member,
] as const

const removal = (text: string): Write => removeByKey('left-over', rowPatterns, keyOfText(text))

/** True if the rows are those the person should have, and were written last by an import that was not interrupted. */
export const isUnchanged = (next: Composed, rows: readonly StoredRow[]): boolean => {
  const wanted = new Set(next.members.map(row => keyText(row.key)))
  return (
    rows.length === wanted.size &&
    rows.every(row => row.print === next.source.print && wanted.has(keyText(storedKey(row))))
  )
}

/** The rosters of schools that a person stands in, and whose guardian they are. */
const standingOf = ({ rows, children }: Pick<SourceItem, 'rows' | 'children'>): string => {
  const keys = Object.keys(rows).map(keyOfText).filter(isMember)
  const rosters = keys.map(({ pk, sk }) => `${pk}#${sk.split('#')[1]}`)
  return JSON.stringify([rosters.sort(), [...children].sort()])
}

/** What differs between a person as stored and as they should be. */
export const changeOf = (next: Composed, old: SourceItem | undefined, rows: readonly StoredRow[]): Change => {
  const memberKeys = Object.keys(old?.rows ?? {}).filter(text => isMember(keyOfText(text)))
  const finished =
    old !== undefined &&
    memberKeys.length === rows.length &&
    rows.every(row => row.print === old.print && memberKeys.includes(keyText(storedKey(row))))
  const known = finished ? old.rows : {}
  const wanted = next.source.rows
  const there = [
    ...Object.keys(old?.rows ?? {}),
    ...(finished ? [] : (old?.leaving ?? [])),
    ...rows.map(row => keyText(storedKey(row))),
  ]
  const stale = [...new Set(there)].filter(text => wanted[text] === undefined).sort()
  const kin = new Set(kinOf(next.source))
  const before = [...(old ? kinOf(old) : []), ...(finished ? [] : (old?.parted ?? []))]
  const parted = [...new Set(before)].filter(id => !kin.has(id)).sort()
  const differs = (row: Put) => known[keyText(row.key)] !== wanted[keyText(row.key)]
  const source = { ...next.source, leaving: stale, parted }
  return {
    source: [put('source', importPatterns.source, { person: next.id }, source)],
    rows: [...next.rows.filter(differs), ...stale.filter(text => !isMember(keyOfText(text))).map(removal)],
    person: differs(next.person) ? [next.person] : [],
    moves: !old || standingOf(old) !== standingOf(next.source),
    members: [...next.members, ...stale.filter(text => isMember(keyOfText(text))).map(removal)],
  }
}
