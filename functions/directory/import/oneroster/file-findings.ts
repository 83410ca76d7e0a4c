import { FileRefused } from '../feed/finding.ts'
import type { Staging } from '../staging.ts'

/** What is found in one file: deviations of one kind are reported once, with the line of the first and their number. */
export const openFileFindings = (staging: Staging, file: string, strict: boolean) => {
  const deviations = new Map<string, { line: number; id: string | undefined; count: number }>()
  const found = (kind: 'refused' | 'left-out' | 'deviation', line: number, id: string | undefined, reason: string) =>
    staging.found({ kind, file, line, ...(id && { id }), reason })
  return {
    refused: (line: number, id: string | undefined, reason: string) => found('refused', line, id, reason),
    leftOut: (line: number, id: string | undefined, reason: string) => found('left-out', line, id, reason),
    /** Reports a deviation of one record. True if the record is refused for it (`--strict`). */
    deviates: (line: number, id: string | undefined, reason: string): boolean => {
      const known = deviations.get(reason)
      if (strict) found('refused', line, id, reason)
      else if (known) known.count++
      else deviations.set(reason, { line, id, count: 1 })
      return strict
    },
    /** Reports a deviation of the whole file. Throws FileRefused with `--strict`. */
    ofFile: (reason: string) => {
      if (strict) throw new FileRefused(`${reason}: the whole file is refused`)
      staging.found({ kind: 'deviation', file, reason })
    },
    close: () => {
      for (const [reason, { line, id, count }] of deviations)
        found('deviation', line, id, count === 1 ? reason : `${reason} (${count} records, the first here)`)
    },
  }
}

export type FileFindings = ReturnType<typeof openFileFindings>
