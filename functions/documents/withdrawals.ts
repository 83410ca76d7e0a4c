import { uses } from '../platform/access.ts'
import { put } from '../platform/operation.ts'
import type { OperationOf } from '../platform/table.ts'
import { documentsPatterns } from './patterns.ts'

const { withdrawal } = documentsPatterns

/** What ordering a withdrawal does with the table. */
const ordering = uses({ put: [withdrawal] })

/** Orders that files are withdrawn from whoever has their addresses: see functions/documents/withdrawing.ts. */
export const withdrawn = (ids: readonly string[], now: Date): OperationOf<typeof ordering>[] =>
  ids.map(file => put('withdrawal', withdrawal, { file }, { file, at: now.toISOString() }))
