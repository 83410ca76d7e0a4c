import { schoolKinds } from '../../../shared/kernel/audience.ts'
import { forEachConcurrent } from '../../platform/concurrent.ts'
import { put, removeByKey } from '../../platform/operation.ts'
import { type AudienceItem, audienceId, directoryPatterns } from '../audiences.ts'
import { fingerprint } from '../identity.ts'
import { type GroupRef, importPatterns, type Period } from '../patterns.ts'
import type { ImportTable, Put, Write, Writer, Written } from './platform.ts'
import type { Counts } from './report.ts'
import type { StagedSchool, Staging } from './staging.ts'
import { consistent } from './stored.ts'

/** Schools compared and written at one time. */
const schoolsAtOnce = 8

/** The rows of a school or of a group: `last` holds the fingerprint, and is written after the others. */
type Unit = { readonly print: string; readonly last: Put<Written>; readonly others: readonly Put<Written>[] }

const audience = (item: Omit<AudienceItem, 'id'>): Put<Written> => {
  const id = audienceId(item.kind, item.group ?? item.uai)
  return put('audience', directoryPatterns.audience, { audience: id }, { id, ...item })
}

const schoolUnit = ({ uai, key, name, town }: StagedSchool, source: string): Unit => {
  const named = { uai, name, ...(town !== undefined && { town }) }
  const print = fingerprint([named, key, source])
  return {
    print,
    others: [
      put('feed-school', importPatterns.feedSchool, { source, uai }, { key, ...named }),
      put('territory-school', directoryPatterns.territorySchool, { uai }, { uai }),
      ...schoolKinds.map(kind => audience({ kind, uai, label: name })),
    ],
    last: put('school', importPatterns.school, { uai }, { ...named, source, print }),
  }
}

const groupUnit = ({ id: group, uai, name, kind }: GroupRef, { from, to }: Period, source: string): Unit => {
  const item = { group, uai, name, kind }
  const period = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
  const dated = from !== undefined || to !== undefined
  const print = fingerprint(dated ? [item, source, period] : [item, source])
  return {
    print,
    others: [
      put('group', directoryPatterns.group, { group }, item),
      audience({ kind: 'class', uai, label: name, group }),
      audience({ kind: 'class-guardians', uai, label: name, group }),
    ],
    last: put('school-group', importPatterns.schoolGroup, { uai, group }, { ...item, ...period, source, print }),
  }
}

const write = async (writer: Writer, units: readonly Unit[]) => {
  await writer.write(units.flatMap(unit => unit.others))
  await writer.write(units.map(unit => unit.last))
}

const removal = ({ name, pattern, key }: Put<Written>): Write<Written> => removeByKey(name, [pattern], key)

const remove = async (writer: Writer, units: readonly Unit[]) => {
  await writer.write(units.flatMap(unit => unit.others.map(removal)))
  await writer.write(units.map(unit => removal(unit.last)))
}

/** Counts a unit as added, changed or unchanged. @returns whether it is to be written */
const isToWrite = (
  unit: Unit,
  stored: { readonly print: string } | undefined,
  counts: { added: number; changed: number; unchanged: number },
): boolean => {
  if (stored?.print === unit.print) counts.unchanged++
  else if (stored) counts.changed++
  else counts.added++
  return stored?.print !== unit.print
}

type Options = {
  readonly source: string
  readonly writer: Writer
  /** Whether groups no longer named are taken away. */
  readonly whole: boolean
  readonly counts: Counts
}

const upsertSchool = async (
  school: StagedSchool,
  staging: Staging,
  table: ImportTable,
  { source, writer, whole, counts }: Options,
): Promise<void> => {
  const { uai } = school
  const stored = await table.all(importPatterns.schoolGroups, { uai }, consistent)
  const byId = new Map(stored.map(item => [item.group, item]))
  const groups = staging
    .all<{ body: string }>('SELECT body FROM grp WHERE uai = ? ORDER BY id', uai)
    .map(row => JSON.parse(row.body) as GroupRef & { period?: Period })
  const described = schoolUnit(school, source)
  const isNew = isToWrite(described, await table.get(importPatterns.school, { uai }, consistent), counts.schools)
  const changed = groups.flatMap(group => {
    const known = byId.get(group.id)
    const unit = groupUnit(group, group.period ?? known ?? {}, source)
    return isToWrite(unit, known, counts.groups) ? [unit] : []
  })
  await write(writer, isNew ? [described, ...changed] : changed)
  if (!whole) return
  const named = new Set(groups.map(group => group.id))
  const gone = stored
    .filter(item => item.source === source && !named.has(item.group))
    .map(({ group: id, name, kind }) => groupUnit({ id, uai, name, kind }, {}, source))
  counts.groups.removed += gone.length
  await remove(writer, gone)
}

/** Writes schools, their groups and audiences as the feed says, but for schools held back. */
export const upsertGroups = async (staging: Staging, table: ImportTable, options: Options): Promise<void> => {
  const heldBack = new Set(staging.all<{ uai: string }>('SELECT uai FROM held_back').map(row => row.uai))
  await forEachConcurrent(
    staging.schools().filter(school => !heldBack.has(school.uai)),
    school => upsertSchool(school, staging, table, options),
    schoolsAtOnce,
  )
}
