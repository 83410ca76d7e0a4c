import { argsOf } from '../../platform/pattern.ts'
import type { Entry } from '../../platform/table.ts'
import { grantPatterns } from '../grant-patterns.ts'
import { importPatterns, type SourceItem } from '../patterns.ts'
import { keyOfText } from './keys.ts'
import type { ImportTable, PeopleTable } from './platform.ts'
import type { Staging } from './staging.ts'

/** An import reads what it, or one that was interrupted, may just have written. */
export const consistent = { consistent: true } as const

/** Stages the schools this source has described before: a delta does not describe them again. */
export const loadSchools = async (staging: Staging, table: PeopleTable, source: string): Promise<void> => {
  staging.source = source
  for (const { uai, key, name, town } of await table.all(importPatterns.feedSchools, { source }, consistent))
    staging.addSchool({ uai, key, name, ...(town !== undefined && { town }) }, false)
}

/** Stages the roles that the operator granted: those of the territory, and who administers the staged schools. */
export const loadGrants = async (staging: Staging, table: PeopleTable): Promise<void> => {
  for (const { person, role } of await table.all(grantPatterns.ofTerritory, {}, consistent))
    staging.run('INSERT OR IGNORE INTO territory_role VALUES (?, ?)', person, role)
  for (const { uai } of staging.schools())
    for (const { person } of await table.all(grantPatterns.administrators, { uai }, consistent))
      staging.run('INSERT OR IGNORE INTO administrator VALUES (?, ?)', person, uai)
}

type Member = Entry<typeof importPatterns.roster>

const stageMembers = (staging: Staging, members: readonly Member[], source: string) => {
  for (const { key, item } of members) {
    if (item.source !== source) continue
    const left = key.sk.startsWith('M#suspended#') ? 1 : 0
    const uai = key.pk.slice('S#'.length)
    const pupils = item.pupils ? JSON.stringify(item.pupils) : null
    staging.run(
      'INSERT OR REPLACE INTO stored VALUES (?, ?, ?, ?, ?, ?, ?)',
      item.person,
      uai,
      key.sk,
      item.print,
      left,
      item.classes.length,
      pupils,
    )
    if (item.role === 'pupil' && left === 0)
      for (const { id } of item.classes)
        staging.run('INSERT OR IGNORE INTO former_pupil VALUES (?, ?)', id, item.person)
  }
}

type Kept = Pick<Entry<typeof importPatterns.keptPeople>, 'key' | 'item'>

const stageKept = (staging: Staging, kept: readonly Kept[]) => {
  for (const { key, item } of kept)
    staging.run('INSERT OR REPLACE INTO stored VALUES (?, ?, ?, ?, 1, 0, NULL)', item.person, '', key.sk, item.print)
}

/**
 * Stages the rosters of all the source's schools and those it keeps without access, a page at a time: what a complete
 * feed is compared with.
 */
export const loadRosters = async (staging: Staging, table: ImportTable, source: string): Promise<void> => {
  for (const { uai } of staging.schools())
    for await (const page of table.pages(importPatterns.roster, { uai }, consistent))
      staging.transaction(() => stageMembers(staging, page, source))
  for await (const page of table.pages(importPatterns.keptPeople, { source }, consistent))
    staging.transaction(() => stageKept(staging, page))
}

/** Stages the roster rows of some people, also those an interrupted import left behind: what a delta is compared with. */
export const loadRows = async (staging: Staging, table: PeopleTable, items: readonly SourceItem[]): Promise<void> => {
  const texts = new Set(items.flatMap(({ rows, leaving }) => [...Object.keys(rows), ...leaving]))
  const keys = [...texts].map(keyOfText).flatMap(key => {
    const args = argsOf(importPatterns.member, key)
    return args ? [{ key, args }] : []
  })
  const rows = await table.getMany(
    importPatterns.member,
    keys.map(({ args }) => args),
    consistent,
  )
  const members = keys.flatMap(({ key }, at): Member[] => {
    const item = rows[at]
    return item ? [{ key, item }] : []
  })
  const source = items[0]?.source ?? ''
  const keptKeys = [...texts].map(keyOfText).flatMap(key => {
    const args = argsOf(importPatterns.kept, key)
    return args ? [{ key, args }] : []
  })
  const keptRows = await table.getMany(
    importPatterns.kept,
    keptKeys.map(({ args }) => args),
    consistent,
  )
  const kept = keptKeys.flatMap(({ key }, at) => {
    const item = keptRows[at]
    return item ? [{ key, item }] : []
  })
  staging.transaction(() => {
    stageMembers(staging, members, source)
    stageKept(staging, kept)
  })
}

/** What a source last said of some people, by their ids; of those whom it knows. */
export const loadSources = async (
  table: PeopleTable,
  ids: readonly string[],
  source: string,
): Promise<SourceItem[]> => {
  const first = (
    await table.getMany(
      importPatterns.source,
      ids.map(person => ({ person })),
      consistent,
    )
  ).flatMap(item => item ?? [])
  // Another source may have described them before this one did.
  const others = first.filter(item => item.source !== source).map(({ id }) => ({ person: id, source }))
  const further = (await table.getMany(importPatterns.furtherSource, others, consistent)).flatMap(item => item ?? [])
  return [...first.filter(item => item.source === source), ...further]
}
