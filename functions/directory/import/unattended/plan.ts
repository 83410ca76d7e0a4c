import { type Changed, openComparison } from '../compare-people.ts'
import { type Writing, writeBefore } from '../deliver.ts'
import { isJoining } from '../handed.ts'
import { ownRoles } from '../people/roles.ts'
import type { ImportTable } from '../platform.ts'
import { openWriter } from '../platform.ts'
import type { Prepared } from '../prepare.ts'
import type { Counts } from '../report.ts'
import type { RunFinding } from '../runs.ts'
import type { Staged, Staging, Todo } from '../staging.ts'
import { countPerson } from '../years/report.ts'

/**
 * What is to be written of a delivery, found out before anything of it is written: who differs, and how many enter, change
 * and leave in each school. So the counts are right however often the writing is interrupted.
 */

const countSchools = (staging: Staging, id: string, before: ReadonlySet<string>, after: ReadonlySet<string>) => {
  for (const uai of before.union(after)) {
    const [added, changed, gone] = [!before.has(uai), before.has(uai) && after.has(uai), !after.has(uai)].map(Number)
    staging.run(
      `INSERT INTO tally VALUES (?, ?, ?, ?) ON CONFLICT (uai) DO UPDATE
       SET added = added + excluded.added, changed = changed + excluded.changed, gone = gone + excluded.gone`,
      uai,
      added ?? 0,
      changed ?? 0,
      gone ?? 0,
    )
    const kind = added ? 'arrived' : gone ? 'left' : 'changed'
    staging.run('INSERT OR REPLACE INTO change VALUES (?, ?, ?)', uai, id, kind)
  }
}

const schoolsBefore = ({ rows }: Changed) =>
  new Set(rows.flatMap(row => (row.suspended === 0 && row.uai !== '' ? row.uai : [])))

const schoolsAfter = ({ next }: Changed) => new Set(next?.roles.map(one => one.uai))

const nowhere: ReadonlySet<string> = new Set()

/** Compares all that was staged, and notes in the staging who is to be written. */
export const plan = async (
  prepared: Prepared,
  staging: Staging,
  { table, now, counts }: { table: ImportTable; now: Date; counts: Counts },
): Promise<void> => {
  const dry: Writing = { table, writer: openWriter(table, true), now, counts }
  await writeBefore(prepared, staging, dry)
  const { source, delta, suspends: whole } = prepared
  const rolled = new Set(prepared.rolled)
  const { parts, people, compare, schoolsOf } = openComparison(staging, table, {
    source,
    delta,
    whole,
    now,
    counts,
    rolled,
    planning: true,
  })
  const toWrite = (part: string, id: string) => staging.run(`INSERT OR IGNORE INTO ${part} VALUES (?)`, id)

  /** Those of a page who are to be compared. Who is new in a school differs in any case: a first load is all of them. */
  const withoutArrivals = (part: Todo, page: readonly Staged[]): Staged[] => {
    if (delta || part !== 'todo_staged') return [...page]
    const ids = JSON.stringify(page.map(one => one.id))
    const known = staging.all<{ id: string }>(
      'SELECT DISTINCT id FROM stored WHERE id IN (SELECT value FROM json_each(?))',
      ids,
    )
    const isKnown = new Set(known.map(one => one.id))
    return staging.transaction(() =>
      page.filter(({ id, person }) => {
        const schools = !isKnown.has(id) && person ? schoolsOf(id, person) : []
        if (schools.length === 0) return true
        counts.people[isJoining(staging, id) ? 'changed' : 'added']++
        countPerson([], schools, rolled, counts.newYear)
        toWrite(part, id)
        countSchools(staging, id, nowhere, new Set(schools))
        return false
      }),
    )
  }

  for (const part of parts)
    for (const page of people(part)) {
      const changed = await compare(part, withoutArrivals(part, page))
      staging.transaction(() => {
        for (const one of changed) {
          toWrite(part, one.id)
          countSchools(staging, one.id, schoolsBefore(one), schoolsAfter(one))
        }
      })
    }
}

/** Notes a value in the staging, for the step that writes. */
export const note = (staging: Staging, name: string, value: unknown): void => {
  staging.run('INSERT OR REPLACE INTO plan VALUES (?, ?)', name, JSON.stringify(value))
}

export const noted = <Value>(staging: Staging, name: string): Value => {
  const row = staging.get<{ body: string }>('SELECT body FROM plan WHERE name = ?', name)
  if (!row) throw new Error(`the staging lacks ${name}`)
  return JSON.parse(row.body) as Value
}

/** The schools of the people that findings are about, as far as they are staged: one finding for each school. */
export const findingsBySchool = (staging: Staging, findings: readonly RunFinding[]): RunFinding[] => {
  if (findings.length === 0) return []
  staging.run('CREATE INDEX IF NOT EXISTS person_key ON person (key)')
  return findings.flatMap(finding => {
    const row =
      finding.id !== undefined && staging.get<{ id: string }>('SELECT id FROM person WHERE key = ? LIMIT 1', finding.id)
    const person = row ? staging.person(row.id) : undefined
    return person ? [...ownRoles(person.record).keys()].map(uai => ({ ...finding, uai })) : []
  })
}
