import type { Finding } from './feed/finding.ts'
import type { Staging } from './staging.ts'

/** What an import found, read from its temporary file: there may be millions of findings. Readable until the import ends. */
export type Findings = {
  readonly count: (kind: Finding['kind']) => number
  /** In the order they were found. */
  readonly all: (kind?: Finding['kind']) => Iterable<Finding>
}

type Row = Record<keyof Finding, string | number | null>

const findingOf = (row: Row) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== '')) as Finding

export const openFindings = (staging: Staging): Findings => ({
  count: kind =>
    staging.get<{ count: number }>('SELECT COUNT(*) AS count FROM finding WHERE kind = ?', kind)?.count ?? 0,
  *all(kind) {
    const sql = 'SELECT kind, file, line, id, reason FROM finding WHERE kind = coalesce(?, kind) ORDER BY rowid'
    for (const row of staging.each<Row>(sql, kind ?? null)) yield findingOf(row)
  },
})
