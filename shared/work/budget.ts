import * as z from 'zod/mini'
import { Instant } from '../kernel/dates.ts'
import { PersonId } from '../kernel/ids.ts'
import { Day, PieceGroup, workLimits } from './shapes.ts'

/** How many changes of a school's budget are kept, the last ones. */
export const keptBudgetChanges = 20

/** Days from today on for which those who run a school see where its budget is passed. */
export const loadDays = 14

/** The most minutes of work that a class of a school should have for one day. */
const BudgetMinutes = z.int().check(z.minimum(1), z.maximum(workLimits.minutes))

/** What is sent to set a school's budget. `minutes` absent: it has none. */
export const SentBudget = z.object({ minutes: z.optional(BudgetMinutes) })

/** A school's budget as those see it who set work there. `minutes` absent: it has none. */
export const Budget = z.object({ minutes: z.optional(z.int()) })

/** One change of a budget: what it was set to, when and by whom. */
export const BudgetChange = z.extend(Budget, { at: Instant, by: z.object({ id: PersonId, name: z.string() }) })
export type BudgetChange = z.infer<typeof BudgetChange>

/** A school's budget with its changes, the last one first. */
export const BudgetSetting = z.extend(Budget, { changes: z.array(BudgetChange) })
export type BudgetSetting = z.infer<typeof BudgetSetting>

/** A class whose work for a day takes longer than its school's budget: the minutes by piece, in the order of subjects. */
export const LongDay = z.object({
  day: Day,
  group: PieceGroup,
  minutes: z.int(),
  pieces: z.array(z.object({ subject: z.string(), minutes: z.int() })),
})
export type LongDay = z.infer<typeof LongDay>

/** True if what a class has for a day with what is set now passes the budget. Without a budget nothing does. */
export const passesBudget = (others: number, own: number, budget: number | undefined): boolean =>
  budget !== undefined && own > 0 && others + own > budget

/** True if a change of a task asks more of a class's day: it is moved there, or takes longer. */
export const asksMore = (
  before: { readonly day: string; readonly minutes?: number | undefined },
  next: { readonly day: string; readonly minutes?: number | undefined },
): boolean => before.day !== next.day || (next.minutes ?? 0) > (before.minutes ?? 0)
