import type { Operation } from '../feed/operation.ts'
import type { Staging } from '../staging.ts'

type Named = {
  readonly pupil: string
  readonly guardian: string
  readonly gone: number
  readonly file: string
  readonly line: number
  readonly key: string
}

/** What takes a feed's records about people. */
type Records = {
  readonly apply: (operation: Operation) => void | Promise<void>
  readonly flush: () => Promise<void>
}

const pageSize = 500

/** Notes the pupils that a guardian's own record names, and those it named before and does not any more. */
export const noteNamed = (
  staging: Staging,
  { id, file, line, key }: { readonly id: string; readonly file: string; readonly line: number; readonly key: string },
  before: readonly string[],
  after: readonly string[],
): void => {
  const note = (pupil: string, gone: number) =>
    staging.run('INSERT OR REPLACE INTO feed_named VALUES (?, ?, ?, ?, ?, ?)', pupil, id, gone, file, line, key)
  for (const pupil of before) if (!after.includes(pupil)) note(pupil, 1)
  for (const pupil of after) note(pupil, 0)
}

/** Tells pupils which guardians named them, once all records about people are read. */
export const applyNamed = async (staging: Staging, { apply, flush }: Records): Promise<void> => {
  let after: Pick<Named, 'pupil' | 'guardian'> = { pupil: '', guardian: '' }
  for (;;) {
    const page = staging.all<Named>(
      `SELECT * FROM feed_named WHERE (pupil, guardian) > (?, ?) ORDER BY pupil, guardian LIMIT ${pageSize}`,
      after.pupil,
      after.guardian,
    )
    const last = page.at(-1)
    if (!last) return
    for (const { pupil, guardian, gone, file, line, key } of page) {
      const patch = { namedBy: { guardian, gone: gone === 1 } }
      await apply({ action: 'modify', facet: 'pupil', id: pupil, key, file, line, patch })
    }
    await flush()
    after = last
  }
}
