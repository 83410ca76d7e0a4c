import { audienceId, fingerprint } from '../identity.ts'
import { directoryKeys } from '../items.ts'
import { type Item, importKeys } from './items.ts'
import type { GroupRef } from './people/record.ts'
import type { noCounts } from './report.ts'
import type { StagedSchool, Staging } from './staging.ts'
import { spread, type Table, type Write } from './table.ts'

type Counts = ReturnType<typeof noCounts>

/** The items of a school or of a group: `last` holds the fingerprint, and is written after the others. */
type Unit = { readonly last: Item; readonly others: readonly Item[] }

const audience = (
  kind: Parameters<typeof audienceId>[0],
  of: string,
  rest: { uai: string; label: string; group?: string },
): Item => {
  const id = audienceId(kind, of)
  return { ...directoryKeys.audience(id), id, kind, ...rest }
}

const schoolUnit = ({ uai, key, name, town }: StagedSchool, source: string): Unit => {
  const named = { uai, name, ...(town !== undefined && { town }) }
  const kinds = ['school', 'pupils', 'guardians', 'teachers', 'adults'] as const
  return {
    others: [
      { ...importKeys.feedSchool(source, uai), key, ...named },
      ...kinds.map(kind => audience(kind, uai, { uai, label: name })),
    ],
    last: { ...directoryKeys.school(uai), ...named, source, print: fingerprint([named, key, source]) },
  }
}

const groupUnit = ({ id, uai, name, kind }: GroupRef, source: string): Unit => {
  const body = { group: id, uai, name, kind }
  return {
    others: [
      { ...directoryKeys.group(id), ...body },
      audience('class', id, { uai, label: name, group: id }),
      audience('class-guardians', id, { uai, label: name, group: id }),
    ],
    last: { ...directoryKeys.schoolGroup(uai, id), ...body, source, print: fingerprint([body, source]) },
  }
}

const write = async (table: Table | undefined, units: readonly Unit[]) => {
  await table?.write(units.flatMap(unit => unit.others.map((put): Write => ({ put }))))
  await table?.write(units.map(({ last }) => ({ put: last })))
}

const remove = async (table: Table | undefined, units: readonly Unit[]) => {
  await table?.write(units.flatMap(unit => unit.others.map(({ pk, sk }): Write => ({ remove: { pk, sk } }))))
  await table?.write(units.map(({ last: { pk, sk } }) => ({ remove: { pk, sk } })))
}

const sortedOut = (
  unit: Unit,
  stored: Item | undefined,
  counts: { added: number; changed: number; unchanged: number },
) => {
  if (stored?.print === unit.last.print) counts.unchanged++
  else if (stored) counts.changed++
  else counts.added++
  return stored?.print !== unit.last.print
}

type Options = {
  readonly source: string
  /** What to write to; undefined in a dry run. */
  readonly into: Table | undefined
  /** Whether groups no longer named are taken away. */
  readonly whole: boolean
  readonly counts: Counts
}

const bringSchool = async (school: StagedSchool, staging: Staging, table: Table, options: Options): Promise<void> => {
  const { source, into, whole, counts } = options
  const { uai } = school
  const stored = await table.all<Item>(`S#${uai}`, 'G#')
  const byId = new Map(stored.map(item => [item.group as string, item]))
  const groups = staging
    .all<{ body: string }>('SELECT body FROM grp WHERE uai = ? ORDER BY id', uai)
    .map(row => JSON.parse(row.body) as GroupRef)
  const described = schoolUnit(school, source)
  const isNew = sortedOut(described, await table.get<Item>(directoryKeys.school(uai)), counts.schools)
  const changed = groups
    .map(group => groupUnit(group, source))
    .filter(unit => sortedOut(unit, byId.get(unit.last.group as string), counts.groups))
  await write(into, isNew ? [described, ...changed] : changed)
  if (!whole) return
  const named = new Set(groups.map(group => group.id))
  const gone = stored.filter(item => item.source === source && !named.has(item.group as string))
  const units = gone.map(item =>
    groupUnit(
      { id: item.group as string, uai, name: item.name as string, kind: item.kind as GroupRef['kind'] },
      source,
    ),
  )
  counts.groups.removed += units.length
  await remove(into, units)
}

/** Brings schools, their groups and audiences to what the feed says, but for schools held back. */
export const bringGroups = async (staging: Staging, table: Table, options: Options): Promise<void> => {
  const held = new Set(staging.all<{ uai: string }>('SELECT uai FROM held').map(row => row.uai))
  await spread(
    staging.schools().filter(school => !held.has(school.uai)),
    school => bringSchool(school, staging, table, options),
  )
}
