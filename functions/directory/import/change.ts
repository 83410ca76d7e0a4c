import { type Key, keyOfText, keyText, kinOf, type SourceItem } from './items.ts'
import type { Composed } from './people/compose.ts'
import type { Write } from './table.ts'

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
}

const keyOf = ({ uai, sk }: StoredRow): Key => ({ pk: `S#${uai}`, sk })

const isMember = (key: Key) => key.pk.startsWith('S#') && key.sk.startsWith('M#')

/** True if the rows are those the person should have, and were written last by an import that was not interrupted. */
export const isUnchanged = (next: Composed, rows: readonly StoredRow[]): boolean => {
  const wanted = new Set(next.members.map(keyText))
  return (
    rows.length === wanted.size && rows.every(row => row.print === next.source.print && wanted.has(keyText(keyOf(row))))
  )
}

/** What differs between a person as stored and as they should be. */
export const changeOf = (next: Composed, old: SourceItem | undefined, rows: readonly StoredRow[]): Change => {
  const memberKeys = Object.keys(old?.rows ?? {}).filter(text => isMember(keyOfText(text)))
  const finished =
    old !== undefined &&
    memberKeys.length === rows.length &&
    rows.every(row => row.print === old.print && memberKeys.includes(keyText(keyOf(row))))
  const known = finished ? old.rows : {}
  const wanted = next.source.rows
  const there = [
    ...Object.keys(old?.rows ?? {}),
    ...(finished ? [] : (old?.leaving ?? [])),
    ...rows.map(row => keyText(keyOf(row))),
  ]
  const stale = [...new Set(there)].filter(text => wanted[text] === undefined).sort()
  const kin = new Set(kinOf(next.source))
  const before = [...(old ? kinOf(old) : []), ...(finished ? [] : (old?.parted ?? []))]
  const parted = [...new Set(before)].filter(id => !kin.has(id)).sort()
  const changed = next.rows.filter(row => known[keyText(row)] !== wanted[keyText(row)])
  const personText = keyText(next.person)
  return {
    source: [{ put: { ...next.source, leaving: stale, parted } }],
    rows: [
      ...changed.map(put => ({ put })),
      ...stale.filter(text => !isMember(keyOfText(text))).map(text => ({ remove: keyOfText(text) })),
    ],
    person: known[personText] === wanted[personText] ? [] : [{ put: { ...next.person } }],
    members: [
      ...next.members.map(put => ({ put })),
      ...stale.filter(text => isMember(keyOfText(text))).map(text => ({ remove: keyOfText(text) })),
    ],
  }
}
