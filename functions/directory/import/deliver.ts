import { remove } from '../../platform/operation.ts'
import { importPatterns } from '../patterns.ts'
import { writeAliases } from './aliases.ts'
import type { Chosen } from './feed/chosen.ts'
import { writeHanded } from './handed.ts'
import { writeSecret } from './joined/contacts.ts'
import { writeSource } from './joined/sources.ts'
import { writeJoining, writeMoved } from './joined/write-joined.ts'
import { type Delivered, type Prepared, prepare, type Setting } from './prepare.ts'
import type { Staging } from './staging.ts'
import { takeOver } from './take-over.ts'
import { removeGroups, upsertGroups } from './write-groups.ts'
import { upsertPeople } from './write-people.ts'
import { countGroups } from './years/report.ts'

const count = (staging: Staging, of: 'person' | 'affected'): number =>
  staging.get<{ count: number }>(`SELECT COUNT(*) AS count FROM ${of}`)?.count ?? 0

/** What writing needs of the setting. */
export type Writing = Pick<Setting, 'table' | 'writer' | 'now' | 'counts'>

/** Writes what people depend on: keys, schools and groups. An import that stops in it does all of it again. */
export const writeBefore = async (prepared: Prepared, staging: Staging, setting: Writing): Promise<void> => {
  const { source, suspends: whole } = prepared
  const { table, writer, now, counts } = setting
  const isMoving = (id: string) => staging.get('SELECT 1 FROM moving WHERE id = ?', id) !== undefined
  await writeSecret(staging, table, writer.dryRun)
  const held = new Set(prepared.held.map(({ uai }) => uai))
  if (staging.schools().some(({ uai }) => !held.has(uai))) await writeSource(staging, table, writer, prepared)
  await writeJoining(staging, table, writer, source)
  // Before records name who has them now.
  await writeHanded(staging, writer, source)
  // Before the school names its new source: an import that stops in between finds the former one again.
  for (const { uai, holder } of prepared.takenOver)
    await takeOver({ table, writer, now, timeZone: staging.zone }, { uai, holder, counts, isMoving })
  await writeAliases(staging, writer, source, whole)
  countGroups(staging, prepared, counts.newYear)
  await upsertGroups(staging, table, {
    source,
    writer,
    whole,
    // Deltas do not begin a year: the last complete delivery told it.
    ...((!prepared.delta || prepared.undoes) && { yearOf: uai => prepared.schoolYears[uai] }),
    counts,
    now,
  })
}

/**
 * Takes away, after all else, groups that are no longer named, once their people are out of them, and what names schools of
 * the source by the UAIs they had before: an import that stops before finds both again.
 */
export const writeAfter = async (
  { source, suspends: whole, renamed }: Prepared,
  staging: Staging,
  { table, writer }: Pick<Setting, 'table' | 'writer'>,
): Promise<void> => {
  await writeMoved(staging, table, writer)
  if (whole) await removeGroups(staging, { source, writer })
  await writer.write(renamed.map(uai => remove('feed-school', importPatterns.feedSchool, { source, uai })))
}

const write = async (prepared: Prepared, staging: Staging, setting: Setting): Promise<void> => {
  const { source, delta, suspends: whole } = prepared
  const { table, writer, now, counts, progress } = setting
  await writeBefore(prepared, staging, setting)
  const total = count(staging, delta ? 'affected' : 'person')
  let done = 0
  await upsertPeople(staging, table, {
    source,
    writer,
    delta,
    whole,
    now,
    counts,
    rolled: new Set(prepared.rolled),
    counted: staging.schools().map(({ uai }) => uai),
    progress: more => {
      done += more
      progress({ phase: 'writing', done: Math.min(done, total), total })
    },
  })
  await writeAfter(prepared, staging, setting)
}

/** Imports one delivery: reads it, compares it with the table, and writes what differs. */
export const deliver = async (chosen: Chosen, staging: Staging, setting: Setting): Promise<Delivered> => {
  const prepared = await prepare(chosen, staging, setting)
  if (!prepared.empty) await write(prepared, staging, setting)
  return prepared
}
