import { type ClosedAudience, directoryContract } from '../../../shared/directory/contract.ts'
import { read } from '../../platform/read.ts'

/** The classes and groups of past years that the reader was in, or a child of theirs. */
export const closedClasses = read(directoryContract.routes.closedGroups, {})

/** Each notebook once: a teacher's class has one that its guardians read alike. */
export const notebooksOf = (items: readonly ClosedAudience[]): readonly ClosedAudience[] =>
  items.filter(({ kind, children }) => kind === 'class' || children.length > 0)
