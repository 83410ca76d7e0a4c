import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { dayIn } from '../../../shared/kernel/territory-day.ts'
import type { GroupRef, Period, PersonRecord } from '../record.ts'
import type { Finding } from './feed/finding.ts'
import { stagingSchema } from './staging-schema.ts'

/** A school as an import knows it. `key`: the feed's own. */
export type StagedSchool = { readonly uai: string; readonly key: string; readonly name: string; readonly town?: string }

/** A person as staged: `facets` are those this feed gave, `file` and `line` where the first of them stands. */
export type StagedPerson = {
  readonly record: PersonRecord
  readonly facets: readonly string[]
  readonly file: string
  readonly line: number
  readonly key: string
}

/** Somebody to compare; `person` is undefined for one who is not staged. */
export type Staged = { readonly id: string; readonly person: StagedPerson | undefined }

type PersonRow = { body: string; facets: string; file: string; line: number; key: string }

const personOf = ({ body, facets, file, line, key }: PersonRow): StagedPerson => ({
  record: JSON.parse(body) as PersonRecord,
  facets: facets.split(' ').filter(Boolean),
  file,
  line,
  key,
})

/** Those who differ from what is stored, by the part of the writing they belong to (write-people.ts). */
export type Todo = 'todo_arrived' | 'todo_staged' | 'todo_kept' | 'todo_ended' | 'todo_absent'

/** Rows read into memory at one time. */
const pageSize = 500

/**
 * What an import works on: a temporary SQLite database on disk, so that a feed of any size takes the same memory. Its
 * file has no name, so that nobody's data stays behind, even of an import that was killed.
 */
export class Staging {
  readonly #db: DatabaseSync
  readonly #statements = new Map<string, ReturnType<DatabaseSync['prepare']>>()
  /** The day that decides which roles and enrollments count, in the territory's time zone. */
  readonly day: string
  readonly zone: string | undefined
  /** The source whose delivery is staged; set once its schools are. */
  source = ''
  /** Notes a finding. */
  readonly found: (finding: Finding) => void

  /**
   * @param zone of the territory; undefined: the usual one
   * @param path of a file that stays instead: one of an earlier step is opened as it was left
   */
  constructor(found: (finding: Finding) => void, now: Date, zone: string | undefined, path = '') {
    this.day = dayIn(now, zone)
    this.zone = zone
    this.found = found
    this.#db = new DatabaseSync(path)
    this.#db.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -16000')
    // A step that is killed begins again: nothing has to outlive it but what it closed. A function has memory to spare.
    if (path !== '') this.#db.exec('PRAGMA journal_mode = MEMORY; PRAGMA cache_size = -256000')
    const isNew = this.get<{ user_version: number }>('PRAGMA user_version')?.user_version === 0
    if (isNew) this.#db.exec(`${stagingSchema}; PRAGMA user_version = 1`)
  }

  /** May be called again. */
  close() {
    this.#statements.clear()
    if (this.#db.isOpen) this.#db.close()
  }

  #prepare(sql: string) {
    const known = this.#statements.get(sql)
    if (known) return known
    const statement = this.#db.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  /** Runs a statement; `sql` is prepared once. */
  run(sql: string, ...values: SQLInputValue[]) {
    return this.#prepare(sql).run(...values)
  }

  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values) as Row | undefined
  }

  all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...values) as Row[]
  }

  /** Rows one at a time, of a statement of its own, so that loops may nest. */
  each<Row>(sql: string, ...values: SQLInputValue[]): Iterable<Row> {
    return this.#db.prepare(sql).iterate(...values) as Iterable<Row>
  }

  /** Runs `work` in a transaction, rolled back if it throws. */
  transaction<Value>(work: () => Value): Value {
    this.#db.exec('BEGIN')
    try {
      const value = work()
      this.#db.exec('COMMIT')
      return value
    } catch (error) {
      this.#db.exec('ROLLBACK')
      throw error
    }
  }

  /** `described`: by the feed that is read, and not by an earlier one alone. */
  addSchool(school: StagedSchool, described = true) {
    const body = JSON.stringify(school)
    this.run('INSERT OR REPLACE INTO school VALUES (?, ?, ?)', school.uai, body, described ? 1 : 0)
  }

  school(uai: string): StagedSchool | undefined {
    const row = this.get<{ body: string }>('SELECT body FROM school WHERE uai = ?', uai)
    return row && (JSON.parse(row.body) as StagedSchool)
  }

  schools(): StagedSchool[] {
    return this.all<{ body: string }>('SELECT body FROM school ORDER BY uai').map(row => JSON.parse(row.body))
  }

  /** The schools that the feed describes. */
  describedSchools(): StagedSchool[] {
    const sql = 'SELECT body FROM school WHERE described = 1 ORDER BY uai'
    return this.all<{ body: string }>(sql).map(row => JSON.parse(row.body))
  }

  /**
   * `period`: of the terms of a group that the feed describes; what is known of it by people alone does not change it.
   */
  addGroup({ id, uai, name, kind }: GroupRef, period?: Period) {
    const body = JSON.stringify({ id, uai, name, kind, ...(period && { period }) })
    this.run(
      `INSERT INTO grp VALUES (?, ?, ?) ON CONFLICT (uai, id) DO UPDATE SET body = excluded.body
       WHERE json_extract(grp.body, '$.period') IS NULL OR json_extract(excluded.body, '$.period') IS NOT NULL`,
      id,
      uai,
      body,
    )
  }

  person(id: string): StagedPerson | undefined {
    const row = this.get<PersonRow>('SELECT body, facets, file, line, key FROM person WHERE id = ?', id)
    return row && personOf(row)
  }

  /**
   * All who are staged or, with `affected`, all whom a delta touches, staged or not, or, with `arrived`, those it makes
   * guardians or, with `concerned`, those a held school concerns or, with `kept`, those kept without access or, with
   * `ended`, those whose key is somebody else's; by id, a few hundred at a time, so that what is staged may be changed
   * meanwhile.
   */
  *people(
    of: 'person' | 'affected' | 'arrived' | 'concerned' | 'kept' | 'ended' | Todo,
    from = '',
  ): Generator<Staged[]> {
    for (let after = from; ; ) {
      const rows = this.all<{ id: string } & { [Column in keyof PersonRow]: PersonRow[Column] | null }>(
        `SELECT one.id, person.body, person.facets, person.file, person.line, person.key FROM ${of} AS one LEFT JOIN person ON person.id = one.id
         WHERE one.id > ? ORDER BY one.id LIMIT ${pageSize}`,
        after,
      )
      const last = rows.at(-1)
      if (!last) return
      yield rows.map(row => ({ id: row.id, person: row.body === null ? undefined : personOf(row as PersonRow) }))
      after = last.id
    }
  }

  /** Stages a person, and the groups they are in or will be. */
  setPerson(id: string, { record, facets, file, line, key }: StagedPerson) {
    const body = JSON.stringify(record)
    this.run('INSERT OR REPLACE INTO person VALUES (?, ?, ?, ?, ?, ?)', id, body, facets.join(' '), file, line, key)
    const groups = [...(record.pupil?.groups ?? []), ...(record.staff?.groups ?? [])]
    // What somebody is in no more may be closed: that they were in it opens no group.
    for (const group of groups) if (group.to === undefined || group.to > this.day) this.addGroup(group)
  }

  /** Sets a person aside who is in no school: they are stored without access. */
  keep(id: string, record: PersonRecord) {
    this.run('DELETE FROM person WHERE id = ?', id)
    this.run('INSERT OR REPLACE INTO kept VALUES (?, ?)', id, JSON.stringify(record))
  }

  keptRecord(id: string): PersonRecord | undefined {
    const row = this.get<{ body: string }>('SELECT body FROM kept WHERE id = ?', id)
    return row && (JSON.parse(row.body) as PersonRecord)
  }

  link(guardian: string, pupil: string) {
    this.run('INSERT OR IGNORE INTO link VALUES (?, ?)', guardian, pupil)
  }

  /** Whom a key means now, by the id of the first person who had it. */
  meant(first: string): string {
    return this.get<{ person: string }>('SELECT person FROM handed WHERE first = ?', first)?.person ?? first
  }

  /** Leaves a person whose record was refused as they are stored. */
  retain(id: string) {
    this.run('INSERT OR IGNORE INTO retained VALUES (?)', this.meant(id))
  }
}
