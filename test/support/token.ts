import type { KeysItem } from '../../functions/platform/patterns.ts'
import { type Caller, signToken } from '../../functions/platform/token.ts'
import { after, day, epochSeconds } from '../../shared/kernel/dates.ts'

/**
 * A token for a caller of tests, whose session ends a month later. A caller does not say which school an audience is of:
 * all of them are put into their first one, which the API never looks at.
 */
export const tokenOf = (caller: Caller, keys: KeysItem, now: Date): string => {
  const uai = caller.roles[0]?.uai ?? '0000000X'
  const audiences = caller.audiences.map(id => ({ id, uai }))
  return signToken({ ...caller, audiences, end: epochSeconds(after(now, 30 * day)) }, keys, now)
}
