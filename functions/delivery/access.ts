import { directoryPatterns } from '../directory/audiences.ts'
import { uses } from '../platform/access.ts'
import { platformPatterns } from '../platform/patterns.ts'

/** What rendering all boards anew does with the table, beside what rendering one does. */
export const rebuildAccess = uses({
  get: [platformPatterns.boardsRebuild],
  update: [platformPatterns.boardsRebuild],
  query: [directoryPatterns.schoolGroups, directoryPatterns.territorySchools],
  subscribes: { INSERT: [platformPatterns.boardsRebuild], MODIFY: [platformPatterns.boardsRebuild] },
})

/** What ordering that all boards be rendered anew does with the table. */
export const rebuildOrderAccess = uses({ batch: [platformPatterns.boardsRebuild] })
