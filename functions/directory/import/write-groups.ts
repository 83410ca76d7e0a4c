import { schoolKinds } from '../../../shared/kernel/audience.ts'
import { after } from '../../../shared/kernel/dates.ts'
import { beginOf } from '../../../shared/kernel/territory-day.ts'
import { forEachConcurrent } from '../../platform/concurrent.ts'
import { put, removeByKey } from '../../platform/operation.ts'
import { type AudienceItem, audienceId, directoryPatterns } from '../audiences.ts'
import { lookForChanges } from '../changes-due.ts'
import { fingerprint } from '../identity.ts'
import { importPatterns, type SchoolGroupItem } from '../patterns.ts'
import type { GroupRef, Period } from '../record.ts'
import type { ImportTable, Put, Write, Writer, Written } from './platform.ts'
import type { Counts } from './report.ts'
import type { StagedSchool, Staging } from './staging.ts'
import { consistent } from './stored.ts'

/** Schools compared and written at one time. */
const schoolsAtOnce = 8

/** The rows of a school or of a group: `last` holds the fingerprint, and is written after the others. */
type Unit<Of extends Written = Written> = {
  readonly print: string
  readonly last: Put<Of>
  readonly others: readonly Put<Of>[]
}

type OfGroup = typeof directoryPatterns.audience | typeof directoryPatterns.group | typeof importPatterns.schoolGroup

const audience = (item: Omit<AudienceItem, 'id'>): Put<typeof directoryPatterns.audience> => {
  const id = audienceId(item.kind, item.group ?? item.uai)
  return put('audience', directoryPatterns.audience, { audience: id }, { id, ...item })
}

const schoolUnit = ({ uai, key, name, town }: StagedSchool, source: string, year: number | undefined): Unit => {
  const named = { uai, name, ...(town !== undefined && { town }) }
  const ofYear = year !== undefined && { year }
  const print = fingerprint(year === undefined ? [named, key, source] : [named, key, source, year])
  return {
    print,
    others: [
      put('feed-school', importPatterns.feedSchool, { source, uai }, { key, ...named }),
      put('territory-school', directoryPatterns.territorySchool, { uai }, { uai }),
      ...schoolKinds.map(kind => audience({ kind, uai, label: name })),
    ],
    last: put('school', importPatterns.school, { uai }, { ...named, ...ofYear, source, print }),
  }
}

/** A group as it is stored. `key`: the feed's own, absent where nothing has told it yet. */
type Group = GroupRef & Period & Pick<SchoolGroupItem, 'key' | 'year' | 'replaced'>

const groupUnit = (
  { id: group, uai, name, kind, from, to, key, year, replaced }: Group,
  source: string,
): Unit<OfGroup> => {
  const item = { group, uai, name, kind, ...(year !== undefined && { year }) }
  const known = { ...(key !== undefined && { key }), ...(replaced && { replaced }) }
  const period = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
  const dated = from !== undefined || to !== undefined
  const print = fingerprint([item, source, known, ...(dated ? [period] : [])])
  return {
    print,
    others: [
      put('group', directoryPatterns.group, { group }, item),
      audience({ kind: 'class', uai, label: name, group }),
      audience({ kind: 'class-guardians', uai, label: name, group }),
    ],
    last: put(
      'school-group',
      importPatterns.schoolGroup,
      { uai, group },
      { ...item, ...known, ...period, source, print },
    ),
  }
}

const write = async (writer: Writer, units: readonly Unit[]) => {
  await writer.write(units.flatMap(unit => unit.others))
  await writer.write(units.map(unit => unit.last))
}

const removal = <Of extends Written>({ name, pattern, key }: Put<Of>): Write<Of> => removeByKey(name, [pattern], key)

/** What takes a group away: `last` once `others` are gone, since by it the group is found again. */
export const groupRemovals = ({ group: id, uai, name, kind, source }: SchoolGroupItem) => {
  const { others, last } = groupUnit({ id, uai, name, kind }, source)
  return { others: others.map(removal), last: removal(last) }
}

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
  /** Of a complete delivery: the year of a school. Deltas do not begin one: the last complete delivery told it. */
  readonly yearOf?: (uai: string) => number | undefined
  readonly counts: Counts
  readonly now: Date
}

type Row = { body: string; key: string | null; year: number | null }

/** Whether all terms of a class are over. */
export const isOver = ({ to }: Period, day: string): boolean => to !== undefined && to <= day

/**
 * The groups of a school as the delivery has them, with the key and the year it gave, or that are known. A class whose
 * terms are over is not opened (again), however long feeds go on naming it.
 */
const groupsOf = (staging: Staging, uai: string, stored: ReadonlyMap<string, SchoolGroupItem>): Group[] =>
  staging
    .all<Row>(
      `SELECT grp.body AS body, given_grp.key AS key, given_grp.year AS year
       FROM grp LEFT JOIN given_grp ON given_grp.id = grp.id WHERE grp.uai = ? ORDER BY grp.id`,
      uai,
    )
    .map(({ body, key, year }) => {
      const { period, ...group } = JSON.parse(body) as GroupRef & { period?: Period }
      const known = stored.get(group.id)
      const { from, to } = period ?? known ?? {}
      const own = { key: key ?? known?.key, year: year ?? known?.year }
      return {
        ...group,
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        ...(own.key !== undefined && { key: own.key }),
        ...(own.year !== undefined && { year: own.year }),
      }
    })
    .filter(group => stored.has(group.id) || !isOver(group, staging.day))

/** The ids of a school's groups that the delivery has, but for those whose terms are over. */
const namedIn = (staging: Staging, uai: string): Set<string> =>
  new Set(
    staging
      .all<{ id: string }>(
        `SELECT id FROM grp WHERE uai = ? AND coalesce(json_extract(body, '$.period.to'), '9999') > ?`,
        uai,
        staging.day,
      )
      .map(({ id }) => id),
  )

/** What makes the clock close groups on the day on which their terms are over; before the groups themselves. */
const endings = (
  uai: string,
  groups: readonly { readonly to: string | undefined }[],
  { now, zone }: { readonly now: Date; readonly zone: string | undefined },
) => {
  const days = new Set(groups.flatMap(({ to }) => (to === undefined || to < '1970' ? [] : to)))
  // All days that have begun are looked at once, at the next moment.
  const times = [...days].map(day => Math.max(+beginOf(day, zone), +after(now, 1)))
  return [...new Set(times)].map(time => lookForChanges(uai, new Date(time)))
}

const upsertSchool = async (
  school: StagedSchool,
  staging: Staging,
  table: ImportTable,
  { source, writer, whole, yearOf, counts, now }: Options,
): Promise<void> => {
  const { uai } = school
  const stored = await table.all(importPatterns.schoolGroups, { uai }, consistent)
  const byId = new Map(stored.map(item => [item.group, item]))
  const isReplaced = (id: string) =>
    staging.get('SELECT 1 FROM known_grp WHERE id = ? AND replaced = 1', id) !== undefined
  const replaced = stored
    .filter(item => isReplaced(item.group))
    .map(({ group: id, ...item }) => ({ ...item, id, replaced: true }))
  const groups = [...groupsOf(staging, uai, byId), ...replaced]
  const before = await table.get(importPatterns.school, { uai }, consistent)
  const described = schoolUnit(school, source, yearOf?.(uai) ?? before?.year)
  const isNew = isToWrite(described, before, counts.schools)
  const changed = groups.flatMap(group => {
    const unit = groupUnit(group, source)
    return isToWrite(unit, byId.get(group.id), counts.groups) ? [{ unit, to: group.to }] : []
  })
  await writer.write(endings(uai, changed, { now, zone: staging.zone }))
  await write(writer, isNew ? [described, ...changed.map(one => one.unit)] : changed.map(one => one.unit))
  if (!whole) return
  const named = namedIn(staging, uai)
  counts.groups.removed += stored.filter(item => item.source === source && !named.has(item.group)).length
}

const schoolsToWrite = (staging: Staging): StagedSchool[] => {
  const heldBack = new Set(staging.all<{ uai: string }>('SELECT uai FROM held_back').map(row => row.uai))
  return staging.schools().filter(school => !heldBack.has(school.uai))
}

/**
 * Writes schools, their groups and audiences as the feed says, but for schools held back. Groups that are no longer named
 * stay until their people are out of them (removeGroups), so that an import that stops before finds them again.
 */
export const upsertGroups = (staging: Staging, table: ImportTable, options: Options): Promise<void> =>
  forEachConcurrent(schoolsToWrite(staging), school => upsertSchool(school, staging, table, options), schoolsAtOnce)

/** Takes away the groups of the source that a complete delivery no longer names, but for those of schools held back. */
export const removeGroups = (staging: Staging, { source, writer }: Pick<Options, 'source' | 'writer'>): Promise<void> =>
  forEachConcurrent(
    schoolsToWrite(staging),
    ({ uai }) => {
      const named = namedIn(staging, uai)
      const gone = staging
        .all<{ body: string }>('SELECT body FROM known_grp WHERE uai = ? ORDER BY id', uai)
        .map(({ body }) => JSON.parse(body) as SchoolGroupItem)
        .filter(item => item.source === source && !named.has(item.group))
        .map(({ group: id, name, kind }) => groupUnit({ id, uai, name, kind }, source))
      return remove(writer, gone)
    },
    schoolsAtOnce,
  )
