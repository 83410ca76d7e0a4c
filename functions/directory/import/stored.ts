import { type FeedSchoolItem, type GrantItem, type Item, importKeys, keyOfText, type SourceItem } from './items.ts'
import type { GroupRef } from './people/record.ts'
import type { Staging } from './staging.ts'
import type { Table } from './table.ts'

type MemberItem = Item & { readonly person: string; readonly source?: string; readonly print?: string }

/** Stages the schools this source has described before: a delta does not describe them again. */
export const loadSchools = async (staging: Staging, table: Table, source: string): Promise<void> => {
  const prefix = importKeys.feedSchool(source, '')
  for (const { uai, key, name, town } of await table.all<FeedSchoolItem>(prefix.pk, prefix.sk))
    staging.addSchool({ uai, key, name, ...(town !== undefined && { town }) })
}

/** Stages who administers the staged schools by the operator's word. */
export const loadGrants = async (staging: Staging, table: Table): Promise<void> => {
  for (const { uai } of staging.schools())
    for (const grant of await table.all<GrantItem>(`S#${uai}`, 'GRANT#administrator#'))
      staging.run('INSERT OR IGNORE INTO granted VALUES (?, ?)', grant.person, uai)
}

const stageMembers = (staging: Staging, rows: readonly MemberItem[], source: string) => {
  for (const { pk, sk, person, source: of, print } of rows) {
    if (of !== source) continue
    const left = sk.startsWith('M#suspended#') ? 1 : 0
    const uai = pk.slice('S#'.length)
    staging.run('INSERT OR REPLACE INTO stored VALUES (?, ?, ?, ?, ?)', person, uai, sk, print ?? '', left)
  }
}

/** Stages the rosters of all the source's schools, a page at a time: what a complete feed is compared with. */
export const loadRosters = async (staging: Staging, table: Table, source: string): Promise<void> => {
  for (const { uai } of staging.schools())
    for await (const page of table.list<MemberItem>(`S#${uai}`, 'M#'))
      staging.transaction(() => stageMembers(staging, page, source))
}

/** Stages the roster rows of some people, also those an interrupted import left behind: what a delta is compared with. */
export const loadRows = async (staging: Staging, table: Table, items: readonly SourceItem[]): Promise<void> => {
  const texts = new Set(items.flatMap(({ rows, leaving }) => [...Object.keys(rows), ...leaving]))
  const keys = [...texts].map(keyOfText).filter(key => key.pk.startsWith('S#') && key.sk.startsWith('M#'))
  const rows = await table.getMany<MemberItem>(keys)
  const source = items[0]?.source ?? ''
  staging.transaction(() => stageMembers(staging, rows, source))
}

type StoredGroup = Item & {
  readonly group: string
  readonly uai: string
  readonly name: string
  readonly kind: GroupRef['kind']
}

/** The stored groups of the staged schools, which a OneRoster delta names without describing them. */
export const storedGroups = async (
  staging: Staging,
  table: Table,
  delta: boolean,
): Promise<(id: string) => GroupRef | undefined> => {
  const groups = new Map<string, GroupRef>()
  for (const { uai } of delta ? staging.schools() : [])
    for (const { group: id, name, kind } of await table.all<StoredGroup>(`S#${uai}`, 'G#'))
      groups.set(id, { id, uai, name, kind })
  return id => groups.get(id)
}
