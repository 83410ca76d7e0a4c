import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import type { Finding } from './feed/finding.ts'
import type { GroupRef, Patch, PersonRecord } from './people/record.ts'

/** A school as an import knows it. `key`: the feed's own. */
export type StagedSchool = { readonly uai: string; readonly key: string; readonly name: string; readonly town?: string }

/** One record of a feed about a person, in the order of the feed. */
export type Operation = {
  readonly action: 'add' | 'modify' | 'delete'
  readonly facet: 'pupil' | 'guardian' | 'staff'
  readonly id: string
  readonly key: string
  readonly file: string
  readonly line: number
  readonly patch: Patch
}

const schema = `
  CREATE TABLE finding (kind TEXT, file TEXT, line INTEGER, id TEXT, reason TEXT);
  CREATE TABLE school (uai TEXT PRIMARY KEY, body TEXT) WITHOUT ROWID;
  CREATE TABLE grp (id TEXT PRIMARY KEY, body TEXT) WITHOUT ROWID;
  CREATE TABLE operation (seq INTEGER PRIMARY KEY, action TEXT, facet TEXT, id TEXT, key TEXT, file TEXT, line INTEGER, patch TEXT);
  CREATE TABLE person (id TEXT PRIMARY KEY, body TEXT, facets TEXT, file TEXT, line INTEGER, key TEXT) WITHOUT ROWID;
  CREATE TABLE link (guardian TEXT, pupil TEXT, PRIMARY KEY (guardian, pupil)) WITHOUT ROWID;
  CREATE TABLE other (id TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE kept (id TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE stored (id TEXT, uai TEXT, sk TEXT, print TEXT, suspended INTEGER, PRIMARY KEY (id, uai, sk)) WITHOUT ROWID;
  CREATE TABLE row (id TEXT, pk TEXT, sk TEXT, PRIMARY KEY (id, pk, sk)) WITHOUT ROWID;
  CREATE TABLE granted (id TEXT, uai TEXT, PRIMARY KEY (id, uai)) WITHOUT ROWID;
  CREATE TABLE settled (id TEXT PRIMARY KEY) WITHOUT ROWID;
`

/**
 * What an import works on: a temporary SQLite file, so that a feed of any size takes the same memory.
 * Call `close` to delete it.
 */
export class Staging {
  readonly #folder: string
  readonly #db: DatabaseSync
  readonly #statements = new Map<string, ReturnType<DatabaseSync['prepare']>>()

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), 'preau-import-'))
    this.#db = new DatabaseSync(join(this.#folder, 'staging.sqlite'))
    this.#db.exec('PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = OFF; PRAGMA cache_size = -48000')
    this.#db.exec(schema)
  }

  close() {
    this.#statements.clear()
    this.#db.close()
    rmSync(this.#folder, { recursive: true, force: true })
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

  /** Rows one at a time. The statement is its own, so that loops may nest. */
  iterate<Row>(sql: string, ...values: SQLInputValue[]): IterableIterator<Row> {
    return this.#db.prepare(sql).iterate(...values) as IterableIterator<Row>
  }

  /** All of `work` or, if it throws, nothing of it. */
  async transaction<Value>(work: () => Promise<Value>): Promise<Value> {
    this.#db.exec('BEGIN')
    try {
      const value = await work()
      this.#db.exec('COMMIT')
      return value
    } catch (error) {
      this.#db.exec('ROLLBACK')
      throw error
    }
  }

  found({ kind, file, line, id, reason }: Finding) {
    this.run('INSERT INTO finding VALUES (?, ?, ?, ?, ?)', kind, file ?? null, line ?? null, id ?? null, reason)
  }

  addSchool(school: StagedSchool) {
    this.run('INSERT OR REPLACE INTO school VALUES (?, ?)', school.uai, JSON.stringify(school))
  }

  schools(): StagedSchool[] {
    return this.all<{ body: string }>('SELECT body FROM school ORDER BY uai').map(row => JSON.parse(row.body))
  }

  addGroup({ id, uai, name, kind }: GroupRef) {
    this.run('INSERT OR REPLACE INTO grp VALUES (?, ?)', id, JSON.stringify({ id, uai, name, kind }))
  }

  addOperation({ action, facet, id, key, file, line, patch }: Operation) {
    this.run(
      'INSERT INTO operation (action, facet, id, key, file, line, patch) VALUES (?, ?, ?, ?, ?, ?, ?)',
      action,
      facet,
      id,
      key,
      file,
      line,
      JSON.stringify(patch),
    )
  }

  person(id: string): PersonRecord | undefined {
    const row = this.get<{ body: string }>('SELECT body FROM person WHERE id = ?', id)
    return row && (JSON.parse(row.body) as PersonRecord)
  }
}
