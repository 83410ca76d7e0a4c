import { ok } from '../../shared/kernel/result.ts'
import type { sessionContract } from '../../shared/session/contract.ts'
import { patterns } from '../platform/patterns.ts'
import type { Platform } from '../platform/platform.ts'
import type { AnswerOf, RequestOf } from '../platform/request.ts'

type Devices = (typeof sessionContract)['routes']['devices']

/** Where the caller is signed in: this device first, then the latest used. */
export const devices =
  ({ table }: Platform) =>
  async ({ caller }: RequestOf<Devices>): Promise<AnswerOf<Devices>> => {
    const sessions = await table.all(patterns.sessions, [caller.person])
    const items = sessions
      .map(({ session, device, since, lastSeen }) => {
        return { id: session, label: device, since, lastSeen, current: session === caller.session }
      })
      .sort((a, b) => Number(b.current) - Number(a.current) || b.lastSeen.localeCompare(a.lastSeen))
    return ok({ items })
  }
