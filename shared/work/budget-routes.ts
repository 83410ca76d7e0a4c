import * as z from 'zod/mini'
import { inCharge } from '../kernel/charge.ts'
import { Uai } from '../kernel/ids.ts'
import { route } from '../kernel/route.ts'
import { Budget, BudgetSetting, LongDay, SentBudget } from './budget.ts'
import { setters } from './rules.ts'
import { Day } from './shapes.ts'

const ofSchool = z.object({ uai: Uai })

/** The routes of a school's budget of minutes. Their problems are those of the work's contract. */
export const budgetRoutes = {
  budget: route({
    kind: 'private',
    method: 'GET',
    path: '/api/schools/{uai}/work/budget',
    summary: 'How many minutes of work a class of the school should have for one day at most.',
    callers: [...setters, ...inCharge],
    within: 'school',
    params: ofSchool,
    reply: Budget,
  }),
  setBudget: route({
    kind: 'write',
    reachesOthers: true,
    method: 'PUT',
    path: '/api/schools/{uai}/work/budget',
    summary:
      'Set how many minutes of work a class of the school should have for one day at most, or that nothing is said.',
    callers: inCharge,
    within: 'school',
    params: ofSchool,
    body: SentBudget,
    status: 200,
    reply: BudgetSetting,
    problems: ['conflict'],
  }),
  longDays: route({
    kind: 'private',
    method: 'GET',
    path: '/api/schools/{uai}/work/long-days',
    summary:
      'Where the budget of the school is passed in the two weeks from today on, by class and day, with subjects and ' +
      'minutes; and how the budget was set.',
    callers: inCharge,
    within: 'school',
    params: ofSchool,
    /** `until`: the last day that is told of. */
    reply: z.extend(BudgetSetting, { until: Day, days: z.array(LongDay) }),
  }),
} as const
