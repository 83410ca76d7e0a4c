import { reminderPause } from '../../../shared/news/shapes.ts'
import type { ReminderItem } from '../patterns.ts'

type To = { readonly state: 'unseen' | 'unsigned'; readonly group?: string | undefined }

/** When those were last reminded whom a reminder would go to: by one of the same class or group, or of all. */
export const lastReminder = (reminders: readonly ReminderItem[], { state, group }: To): string | undefined =>
  reminders
    .filter(one => one.state === state && (one.group === undefined || one.group === group))
    .map(({ at }) => at)
    .sort()
    .at(-1)

const fromOf = (last: string): Date => new Date(Date.parse(last) + reminderPause * 1000)

/** True if it is too early to remind the same people again. */
export const isPaused = (last: string | undefined, now: Date): boolean => last !== undefined && now < fromOf(last)

/** What a screen says of reminding so many people. */
export const reminderState = (people: number, last: string | undefined, now: Date) => ({
  people,
  ...(last !== undefined && { last }),
  ...(last !== undefined && isPaused(last, now) && { from: fromOf(last).toISOString() }),
})
