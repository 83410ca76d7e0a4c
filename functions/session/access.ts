import { directoryPatterns } from '../directory/audiences.ts'
import { lossAccess, uses } from '../platform/access.ts'
import { lossPatterns } from '../platform/loss-patterns.ts'
import { platformPatterns } from '../platform/patterns.ts'
import { accountPatterns } from './accounts.ts'
import { factorPatterns } from './factor-patterns.ts'
import { sessionPatterns } from './patterns.ts'

/** What beginning a session does with the table, and bounding the guesses before it. */
export const signInAccess = uses({
  get: [
    accountPatterns.account,
    directoryPatterns.person,
    factorPatterns.factor,
    factorPatterns.step,
    platformPatterns.answer,
    platformPatterns.freeze,
    sessionPatterns.session,
    sessionPatterns.throttle,
  ],
  getMany: [sessionPatterns.throttle],
  query: [sessionPatterns.sessions],
  put: [factorPatterns.step, platformPatterns.answer, sessionPatterns.session],
  update: [sessionPatterns.throttle],
  remove: [sessionPatterns.session, sessionPatterns.throttle],
  check: [accountPatterns.account],
})

/** The table access of sign-in, activation and change of password. */
export const passwordAccess = uses({
  ...signInAccess,
  get: [...signInAccess.get, accountPatterns.login],
  update: [...signInAccess.update, accountPatterns.account],
})

const factorsKeys = [platformPatterns.factorsKey, platformPatterns.formerFactorsKey] as const

/** The table access of the second factor: to set it up, and to finish a sign-in by it. */
export const factorAccess = uses({
  ...signInAccess,
  get: [...signInAccess.get, factorPatterns.enrolment, ...factorsKeys],
  put: [...signInAccess.put, accountPatterns.event, factorPatterns.enrolment, factorPatterns.factor],
  update: [...signInAccess.update, sessionPatterns.session],
  remove: [...signInAccess.remove, factorPatterns.enrolment, factorPatterns.step],
})

/** The table access of renewal, sign-out and the profile. */
export const sessionAccess = uses({
  get: [
    accountPatterns.account,
    directoryPatterns.person,
    factorPatterns.factor,
    platformPatterns.answer,
    platformPatterns.freeze,
    sessionPatterns.session,
  ],
  getMany: [sessionPatterns.throttle],
  query: [sessionPatterns.sessions],
  put: [
    accountPatterns.event,
    factorPatterns.factor,
    platformPatterns.answer,
    platformPatterns.freeze,
    lossPatterns.loss,
  ],
  update: [accountPatterns.account, sessionPatterns.session],
  remove: [platformPatterns.freeze, sessionPatterns.session],
})

/** What follows from the end of a session, and from a code for an active account: losses of access. */
export const deliveryAccess = uses({
  ...lossAccess,
  get: [...lossAccess.get, directoryPatterns.person],
  subscribes: { MODIFY: [accountPatterns.account], REMOVE: [sessionPatterns.session] },
})

/** What erasing people does with accounts and sessions. */
export const erasureAccess = uses({
  get: [accountPatterns.account, accountPatterns.event],
  update: [accountPatterns.account, accountPatterns.event],
  batch: [
    accountPatterns.account,
    accountPatterns.event,
    accountPatterns.login,
    factorPatterns.enrolment,
    factorPatterns.factor,
    factorPatterns.step,
    sessionPatterns.session,
  ],
})
