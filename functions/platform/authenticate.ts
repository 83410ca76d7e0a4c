import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { type Problem, problem } from '../../shared/kernel/problem.ts'
import type { Caller } from './caller.ts'
import { accessCookie, cookie } from './event.ts'
import type { Keys } from './keys.ts'
import { verifyToken } from './token.ts'

/** Who the token says is calling; or nobody, and the problem to answer if somebody is needed. */
export type Authenticated = { readonly caller?: Caller; readonly problem: Problem }

/** Reads and verifies the session's token, without asking the table. */
export const authenticate = async (event: APIGatewayProxyEventV2, keys: Keys, now: Date): Promise<Authenticated> => {
  const token = cookie(event, accessCookie)
  if (!token) return { problem: problem('signed-out') }
  let verified = verifyToken(token, await keys.current(), now)
  // A key made by a rotation a moment ago may not be known here yet.
  if (verified.state === 'unknown-key') verified = verifyToken(token, await keys.anew(), now)
  if (verified.state === 'good') return { caller: verified.caller, problem: problem('signed-out') }
  return { problem: problem(verified.state === 'expired' ? 'session-stale' : 'signed-out') }
}
