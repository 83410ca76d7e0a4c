import { byLabel, spokenName } from '../../shared/kernel/names.ts'
import { type Problem, problem } from '../../shared/kernel/problem.ts'
import { fail, ok } from '../../shared/kernel/result.ts'
import { dayIn } from '../../shared/kernel/territory-day.ts'
import { BudgetSetting, keptBudgetChanges, type LongDay, loadDays, passesBudget } from '../../shared/work/budget.ts'
import { workProblem } from '../../shared/work/contract.ts'
import { dayAfter } from '../../shared/work/rules.ts'
import { audienceId, directoryPatterns } from '../directory/audiences.ts'
import { put } from '../platform/operation.ts'
import { pick } from '../platform/pick.ts'
import { type MinutesItem, workPatterns } from './patterns.ts'
import type { WorkPlatform, WorkRequest } from './relations.ts'

/** How many minutes of work a class of a school should have for one day, and where it has more. */

/** The school's budget: one GetItem. */
export const budget =
  ({ table }: WorkPlatform) =>
  async ({ params: { uai } }: WorkRequest<'budget'>) => {
    const item = await table.get(workPatterns.budget, { uai })
    return ok(item?.minutes === undefined ? {} : { minutes: item.minutes })
  }

/** Sets it, and notes by whom: of two at one moment the second is refused, so that the list of changes has both. */
export const setBudget =
  ({ table }: WorkPlatform) =>
  async ({ params: { uai }, body: { minutes }, caller, now, commit }: WorkRequest<'setBudget'>) => {
    const [item, person] = await Promise.all([
      table.get(workPatterns.budget, { uai }, { consistent: true }),
      table.get(directoryPatterns.person, { person: caller.person }),
    ])
    if (!person) return fail(problem('session-ended'))
    const set = minutes === undefined ? {} : { minutes }
    const change = { ...set, at: now.toISOString(), by: { id: person.id, name: spokenName(person) } }
    const next = { ...set, changes: [change, ...(item?.changes ?? [])].slice(0, keptBudgetChanges) }
    return commit(
      [
        put(
          'budget',
          workPatterns.budget,
          { uai },
          { ...next, version: (item?.version ?? 0) + 1 },
          item ? { is: { version: item.version } } : { absent: true },
        ),
      ],
      next,
    )
  }

const longDay = (of: readonly MinutesItem[]): LongDay[] => {
  const [first] = of
  const pieces = of.map(({ subject, minutes }) => ({ subject, minutes })).sort((a, b) => byLabel(a.subject, b.subject))
  return first
    ? [{ day: first.day, group: first.group, minutes: pieces.reduce((sum, one) => sum + one.minutes, 0), pieces }]
    : []
}

/** Where the budget is passed in the two weeks from today on: one Query of the school's list, beside the budget. */
export const longDays =
  ({ table, config }: WorkPlatform) =>
  async ({ params: { uai }, now }: WorkRequest<'longDays'>) => {
    const until = dayAfter(dayIn(now, config.timeZone), loadDays - 1)
    const [item, rows] = await Promise.all([
      table.get(workPatterns.budget, { uai }),
      table.all(workPatterns.minutesOf, { uai }),
    ])
    const soon = rows.filter(({ day }) => day <= until)
    const days = [...Map.groupBy(soon, ({ day, group }) => `${day} ${group.id}`).values()].flatMap(longDay)
    const long = days
      .filter(({ minutes }) => passesBudget(0, minutes, item?.minutes))
      .sort((a, b) => (a.day === b.day ? byLabel(a.group.name, b.group.name) : a.day < b.day ? -1 : 1))
    return ok({ ...(item ? pick(BudgetSetting, item) : { changes: [] }), until, days: long })
  }

/** A class and a day for which work is set; `path`: where the request names them. */
type Place = { readonly group: string; readonly day: string; readonly path: string }

/**
 * The problem to answer where minutes of work pass the school's budget and the request does not say that this is known: both
 * figures, for each class and day. What a class has already is what its notebook shows, and nothing of what is scheduled.
 * Side by side one GetItem and one Query for each class and day, and neither where no minutes are expected.
 * @param without a piece that is changed, whose former minutes do not count.
 */
export const overBudget = async (
  table: WorkPlatform['table'],
  uai: string,
  {
    minutes = 0,
    overBudget: isKnown,
  }: { readonly minutes?: number | undefined; readonly overBudget?: boolean | undefined },
  places: readonly Place[],
  without?: string,
): Promise<Problem<'over-budget'> | undefined> => {
  if (minutes === 0 || isKnown === true) return undefined
  const othersOn = async ({ group, day }: Place): Promise<number> => {
    const rows = await table.all(workPatterns.rowsOfDay, { audience: audienceId('class', group), day })
    const others = rows.filter(({ id, kind }) => kind === 'task' && id !== without)
    return others.reduce((sum, one) => sum + (one.minutes ?? 0), 0)
  }
  const [item, ...others] = await Promise.all([table.get(workPatterns.budget, { uai }), ...places.map(othersOn)])
  const allowed = item?.minutes
  const errors = places.flatMap(({ path }, at) => {
    const [before = 0] = others.slice(at)
    if (allowed === undefined || !passesBudget(before, minutes, allowed)) return []
    const room = { needed: before + minutes, left: allowed }
    return [{ path, message: `would have ${room.needed} minutes, of ${room.left} at most`, room }]
  })
  return errors.length > 0 ? workProblem('over-budget', { errors }) : undefined
}
