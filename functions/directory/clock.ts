import { after } from '../../shared/kernel/dates.ts'
import { dayIn } from '../../shared/kernel/territory-day.ts'
import { clock } from '../platform/clock.ts'
import { remove, update } from '../platform/operation.ts'
import type { Background } from '../platform/platform.ts'
import { dueAccess } from './access.ts'
import { changeDue, lookForChanges } from './changes-due.ts'
import { decisionDue, endOf, partiesOf } from './decisions-due.ts'
import { grantPatterns } from './grant-patterns.ts'
import { rebuild } from './import/rebuild.ts'
import { closeEnded } from './import/years/end.ts'
import { importPatterns } from './patterns.ts'

/** People made anew in one step of the clock. */
const peopleAtOnce = 40

/**
 * On the day on which roles or classes of people of a school begin or end, their items are made anew from what their feed
 * said, some at a time: what is left is due again at once. Then the classes are closed whose terms are over. Done twice it
 * changes nothing.
 */
const peopleChange = {
  kind: changeDue,
  act: async (
    { table, now, config: { timeZone } }: Background<typeof dueAccess>,
    { subject: uai }: { readonly subject: string },
  ) => {
    const page = await table.list(importPatterns.changing, { uai }, { limit: peopleAtOnce, consistent: true })
    if (!page.ok) throw new Error('the first page of a list was refused')
    const today = dayIn(now(), timeZone)
    const changing = page.value.items.filter(one => one.day <= today)
    for (const [source, people] of Map.groupBy(changing, one => one.source))
      await rebuild(
        { table, now, timeZone },
        source,
        people.map(one => one.person),
      )
    if (changing.length < peopleAtOnce) await closeEnded(table, uai, today)
    return [
      ...changing.map(({ day, person }) => remove('changed', importPatterns.changingOn, { uai, day, person })),
      ...(changing.length === peopleAtOnce ? [lookForChanges(uai, after(now(), 1))] : []),
    ]
  },
}

/** When the last day of a decision has passed, it holds no more: the stream makes what the feed says of it. */
export const directoryClock = clock(
  dueAccess,
  {
    kind: decisionDue,
    act: async ({ table, now, config }, { subject }) => {
      const parties = partiesOf(subject)
      const decision = await table.get(grantPatterns.decision, parties, { consistent: true })
      const end = decision && endOf(decision, config.timeZone)
      if (!decision || decision.over || end === undefined || end > now().toISOString()) return []
      const { at } = decision
      return [update('day passed', grantPatterns.decision, parties, { set: { over: true } }, { is: { at } })]
    },
  },
  peopleChange,
)
