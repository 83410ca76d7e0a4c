import { DatabaseSync } from 'node:sqlite'
import type { Finding } from './feed/finding.ts'

/** What an import found, read from its temporary file: there may be millions of findings. Readable until the import ends. */
export type Findings = {
  readonly count: (kind: Finding['kind']) => number
  /** In the order they were found. */
  readonly all: (kind?: Finding['kind']) => Iterable<Finding>
}

type Row = Record<keyof Finding, string | number>

/** What a finding does not tell is stored as 0 or an empty text. */
const findingOf = (row: Row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value)) as Finding

/**
 * Collects what is found, of all deliveries of an import, in a temporary file without a name. Findings that say the same of
 * the same record are one: a pupil who names two relatives has one sentence to be mended by.
 */
export const openFindings = () => {
  const db = new DatabaseSync('')
  db.exec(`
    PRAGMA synchronous = OFF;
    CREATE TABLE finding (
      kind TEXT, file TEXT, line INTEGER, id TEXT, reason TEXT, UNIQUE (reason, id, line, file, kind) ON CONFLICT IGNORE
    );
  `)
  const add = db.prepare('INSERT INTO finding VALUES (?, ?, ?, ?, ?)')
  const counted = db.prepare('SELECT COUNT(*) AS count FROM finding WHERE kind = ?')
  const findings: Findings = {
    count: kind => (counted.get(kind) as { count: number }).count,
    *all(kind) {
      const sql = 'SELECT kind, file, line, id, reason FROM finding WHERE kind = coalesce(?, kind) ORDER BY rowid'
      // A statement of its own, so that loops may nest.
      for (const row of db.prepare(sql).iterate(kind ?? null)) yield findingOf(row as Row)
    },
  }
  return {
    findings,
    /** @returns false for what was said before. */
    found: ({ kind, file, line, id, reason }: Finding): boolean =>
      add.run(kind, file ?? '', line ?? 0, id ?? '', reason).changes > 0,
    close: () => db.close(),
  }
}
