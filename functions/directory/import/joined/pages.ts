import type { Staging } from '../staging.ts'

/** Ids read into memory at one time. */
const pageSize = 500

/**
 * The ids of those who may be somebody (`claim`), who are joined to somebody (`joining`), and who move with their school
 * (`moving`), a few hundred at a time, so that the table may be changed meanwhile.
 */
export function* idsIn(staging: Staging, of: 'claim' | 'joining' | 'moving'): Generator<string[]> {
  for (let after = ''; ; ) {
    const rows = staging.all<{ id: string }>(
      `SELECT DISTINCT id FROM ${of} WHERE id > ? ORDER BY id LIMIT ${pageSize}`,
      after,
    )
    const last = rows.at(-1)
    if (!last) return
    yield rows.map(({ id }) => id)
    after = last.id
  }
}
