import { directoryPatterns } from '../directory/audiences.ts'
import { lossAccess, uses } from '../platform/access.ts'
import { platformPatterns } from '../platform/patterns.ts'
import { accountPatterns } from './accounts.ts'
import { sessionPatterns } from './patterns.ts'

/** The table access of sign-in, activation and change of password. */
export const passwordAccess = uses({
  get: [
    accountPatterns.account,
    accountPatterns.login,
    directoryPatterns.person,
    platformPatterns.answer,
    sessionPatterns.session,
    sessionPatterns.throttle,
  ],
  getMany: [sessionPatterns.throttle],
  query: [sessionPatterns.sessions],
  put: [platformPatterns.answer, sessionPatterns.session],
  update: [accountPatterns.account, sessionPatterns.throttle],
  remove: [sessionPatterns.session, sessionPatterns.throttle],
  check: [accountPatterns.account],
})

/** The table access of renewal, sign-out and the profile. */
export const sessionAccess = uses({
  get: [accountPatterns.account, directoryPatterns.person, platformPatterns.answer, sessionPatterns.session],
  getMany: [sessionPatterns.throttle],
  query: [sessionPatterns.sessions],
  put: [accountPatterns.event, platformPatterns.answer, platformPatterns.loss],
  update: [accountPatterns.account, sessionPatterns.session],
  remove: [sessionPatterns.session],
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
  batch: [accountPatterns.account, accountPatterns.event, accountPatterns.login, sessionPatterns.session],
})
