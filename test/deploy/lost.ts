import { accessCookie } from '../../functions/platform/caller.ts'
import { entriesOf, lossHash, shardKey, shardOf } from '../../functions/platform/loss-list.ts'
import { edgeMePath } from '../../shared/kernel/board.ts'
import { passwordContract } from '../../shared/session/password-contract.ts'
import { eventually, signedIn, type Visitor } from '../support/http.ts'
import { timeoutMs } from './journey.ts'
import { expect, password } from './people.ts'

const claimsOf = ({ cookies }: Visitor): { sub: string; sid: string } => {
  const [, claims = ''] = cookies.get(accessCookie)?.value.split('.') ?? []
  return JSON.parse(Buffer.from(claims, 'base64url').toString())
}

/**
 * A guardian changes the password: the deployed losses function has the session of the other device on the list in the
 * edge's store, in the form that the viewer function reads, and that device alone is refused at the edge.
 * @param value what the store holds under a key; undefined if nothing.
 */
export const sessionLost = async (
  url: string,
  guardian: Visitor,
  login: string,
  value: (key: string) => Promise<string | undefined>,
): Promise<void> => {
  const other = await signedIn(url, login, password)
  expect('a board read before', await other.get(edgeMePath), 200)
  const body = { current: password, next: `${password}, deux` }
  expect('changing the password', await guardian.ask(passwordContract.routes.changePassword, { body }), 200)
  const { sub, sid } = claimsOf(other)
  await eventually(async () => {
    const list = await value(shardKey(shardOf(sub)))
    return entriesOf(list ?? '').some(({ hash }) => hash === lossHash(sid)) || undefined
  }, timeoutMs).catch((cause: unknown) => {
    throw new Error('the session that was ended is not on the list that the edge reads', { cause })
  })
  const refused = await other.get(edgeMePath)
  expect('a session that was ended, at the edge', refused, 401)
  if (!String(refused.body?.type).endsWith('session-stale'))
    throw new Error(`the edge refused it for another reason: ${JSON.stringify(refused.body)}`)
  expect('the session that goes on, at the edge', await guardian.get(edgeMePath), 200)
}
