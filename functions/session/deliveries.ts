import { directoryPatterns } from '../directory/audiences.ts'
import { type Change, deliveries, subscription } from '../platform/delivery.ts'
import { recordLoss } from '../platform/loss.ts'
import type { Background } from '../platform/platform.ts'
import { deliveryAccess } from './access.ts'
import { accountPatterns } from './accounts.ts'
import { sessionPatterns } from './patterns.ts'

type SessionBackground = Background<typeof deliveryAccess>
type ChangeOf<Of extends typeof accountPatterns.account | typeof sessionPatterns.session> = Change<Of>

/** Sessions ended at one time from which on the person is listed instead of each: the others renew once. */
const sessionsListed = 3

const schoolsOf = async ({ table }: SessionBackground, person: string): Promise<string[]> => {
  const { roles = [] } = (await table.get(directoryPatterns.person, { person })) ?? {}
  return [...new Set(roles.map(one => one.uai))]
}

/**
 * Records the end of sessions that would have gone on: by another device of theirs, a changed password, a used code, or a
 * stolen refresh token. A session that expired is none, nor one that its own device signed out of: that one's item
 * expires as well (functions/session/sign-out.ts).
 */
const deliverEnds = async (
  background: SessionBackground,
  changes: readonly ChangeOf<typeof sessionPatterns.session>[],
): Promise<void> => {
  const ended = changes.filter(({ at, before }) => before !== undefined && before.expiresAt > at)
  const [first] = ended
  if (!first) return
  const { person } = first.args
  const schools = await schoolsOf(background, person)
  if (ended.length > sessionsListed)
    return recordLoss(background, { person, schools, at: Math.max(...ended.map(one => one.at)) })
  for (const { args, at } of ended) await recordLoss(background, { ...args, schools, at })
}

/** Records that somebody was given a code for an active account: who holds it may take the account over. */
const deliverCodes = async (
  background: SessionBackground,
  changes: readonly ChangeOf<typeof accountPatterns.account>[],
): Promise<void> => {
  const given = changes.filter(
    ({ before, after }) =>
      before?.password !== undefined && after?.codeHash !== undefined && after.codeHash !== before.codeHash,
  )
  const [first] = given
  if (!first) return
  const { person } = first.args
  const schools = await schoolsOf(background, person)
  await recordLoss(background, { person, schools, at: Math.max(...given.map(one => one.at)) })
}

/** What follows from a change of sessions and accounts. */
export const sessionDeliveries = deliveries(
  deliveryAccess,
  subscription({ name: 'session ends', of: [sessionPatterns.session], on: ['REMOVE'], deliver: deliverEnds }),
  subscription({ name: 'session codes', of: [accountPatterns.account], on: ['MODIFY'], deliver: deliverCodes }),
)
