import { clock } from '../platform/clock.ts'
import { update } from '../platform/operation.ts'
import { dueAccess } from './access.ts'
import { decisionDue, endOf, partiesOf } from './decisions-due.ts'
import { grantPatterns } from './patterns.ts'

/** When the last day of a decision has passed, it holds no more: the stream makes what the feed says of it. */
export const directoryClock = clock(dueAccess, {
  kind: decisionDue,
  act: async ({ table, now }, { subject }) => {
    const parties = partiesOf(subject)
    const decision = await table.get(grantPatterns.decision, parties, { consistent: true })
    const end = decision && endOf(decision)
    if (!decision || decision.over || end === undefined || end > now().toISOString()) return []
    const { at } = decision
    return [update('day passed', grantPatterns.decision, parties, { set: { over: true } }, { is: { at } })]
  },
})
