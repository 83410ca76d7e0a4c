import { type Erasure, nameless, openErasers } from '../platform/erasing/eraser.ts'
import { update } from '../platform/operation.ts'
import { erasureAccess } from './access.ts'
import { accountPatterns } from './accounts.ts'
import { factorPatterns } from './factor-patterns.ts'
import { sessionPatterns } from './patterns.ts'

const { removed, erased } = openErasers(erasureAccess)
const { account, event, login } = accountPatterns
const { enrolment, factor, step } = factorPatterns

/**
 * What accounts name of people. Events of others' accounts tell in words who did something and whom a decision was about:
 * the one is known by the id beside the words, the other by the instant of the decision, which both accounts hold.
 */
export const sessionErasure: Erasure = {
  access: erasureAccess,
  erasers: [
    removed('accounts', account, ({ person }) => [person]),
    removed('logins', login, (_, { person }) => [person]),
    removed('second factors', factor, ({ person }) => [person]),
    removed('second factors that are being set up', enrolment, ({ person }) => [person]),
    removed('sign-ins that wait for a second factor', step, ({ person }) => [person]),
    removed('sessions', sessionPatterns.session, ({ person }) => [person]),
    erased(
      'events of accounts',
      event,
      async ({ args: { person, event: id }, item, gone, table }) => {
        if (gone.has(person)) return 'remove'
        const byGone = item.actor !== undefined && gone.has(item.actor)
        const aboutGone = item.about !== undefined && gone.decided.has(item.at)
        if (!byGone && !aboutGone) return undefined
        const taken = [...(byGone ? (['actor'] as const) : []), ...(aboutGone ? (['about', 'reason'] as const) : [])]
        const change = { ...(byGone && { set: { by: nameless } }), remove: taken }
        const { codeGivenBy } = (byGone && (await table.get(account, { person }))) || {}
        return [
          update('event', event, { person, event: id }, change, { present: true }),
          // The account tells once more, without an id, who gave its code.
          ...(codeGivenBy !== undefined && codeGivenBy === item.by
            ? [update('code', account, { person }, { set: { codeGivenBy: nameless } }, { is: { codeGivenBy } })]
            : []),
        ]
      },
      { opaque: true },
    ),
  ],
  // Counters are named by keyed hashes of logins, networks and devices, and end by themselves.
  nobody: [sessionPatterns.throttle],
}
