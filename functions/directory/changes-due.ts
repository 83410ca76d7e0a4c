import { dueKey } from '../platform/due.ts'
import { put } from '../platform/operation.ts'
import { platformPatterns } from '../platform/patterns.ts'

/** The kind of due items of schools in which roles or classes of people begin or end. */
export const changeDue = 'directory changes'

/** Makes the clock look, at an instant, for the people of a school of whom something begins or ends. */
export const lookForChanges = (uai: string, at: Date) => {
  const due = { kind: changeDue, subject: uai, at: at.toISOString() }
  return put('due', platformPatterns.due, dueKey(due), due)
}
