import { after, day } from '../../shared/kernel/dates.ts'
import type { Due } from '../platform/due.ts'
import { holderOf, type SpaceRef } from './spaces.ts'

/** The kinds of what the clock does with documents (functions/documents/clock.ts). */
export const abandonedDue = 'documents-abandoned'
export const trashDue = 'documents-trash'

/** Seconds after which an announced file that did not arrive is forgotten. Its grants end after minutes. */
const abandonedAfter = day
/** Seconds for which something stays in the trash. */
export const keptInTrash = 30 * day

export const dueOfFile = ({ id, at }: { readonly id: string; readonly at: string }): Due => ({
  kind: abandonedDue,
  subject: id,
  at: after(new Date(at), abandonedAfter).toISOString(),
})

export const dueOfTrash = (space: SpaceRef, entry: string, trashedAt: string): Due => ({
  kind: trashDue,
  subject: `${holderOf(space)} ${entry}`,
  at: after(new Date(trashedAt), keptInTrash).toISOString(),
})
