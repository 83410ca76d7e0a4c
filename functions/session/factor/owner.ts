import { type Problem, problem } from '../../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../../shared/kernel/result.ts'
import type { factorContract, Proof } from '../../../shared/session/factor-contract.ts'
import { directoryPatterns, type PersonItem } from '../../directory/audiences.ts'
import { put, remove } from '../../platform/operation.ts'
import type { Platform } from '../../platform/platform.ts'
import type { RequestOf } from '../../platform/request.ts'
import type { factorAccess } from '../access.ts'
import { type AccountItem, accountPatterns, eventOf } from '../accounts.ts'
import { type EnrolmentItem, type FactorItem, factorPatterns, isSet } from '../factor-patterns.ts'
import { guessWithin } from '../guesses.ts'
import type { TooMany } from '../reserve.ts'
import { mayHaveFactor } from './needed.ts'
import { afterProof } from './prove.ts'
import { readSealing } from './seal.ts'
import { factorProblem } from './step.ts'

export type Routes = (typeof factorContract)['routes']
export type FactorPlatform = Platform<typeof factorAccess>
export type Request<Name extends keyof Routes> = RequestOf<Routes[Name], typeof factorAccess>

const nothing: FactorItem = { passkeys: [], recovery: [], version: 0 }

/** Somebody to whom a second factor is offered, their account, and what they have. */
type Owner = { readonly person: PersonItem; readonly account: AccountItem; readonly factor: FactorItem }

/** Whose second factor it is: fails for who has no account, and for whom none is offered. */
export const ownerOf = async ({ table }: FactorPlatform, id: string): Promise<Result<Owner>> => {
  const [person, account, factor] = await Promise.all([
    table.get(directoryPatterns.person, { person: id }),
    table.get(accountPatterns.account, { person: id }),
    table.get(factorPatterns.factor, { person: id }, { consistent: true }),
  ])
  if (!person || !account) return fail(problem('session-ended'))
  return mayHaveFactor(person) ? ok({ person, account, factor: factor ?? nothing }) : fail(problem('not-allowed'))
}

/** What is being set up for somebody, if it is not too long ago that they asked for it. */
export const enrolmentOf = ({ table }: FactorPlatform, person: string): Promise<EnrolmentItem | undefined> =>
  table.get(factorPatterns.enrolment, { person }, { consistent: true })

/** A request to change the factor, with a proof of the present one. */
export type Changing = Pick<Request<'remove'>, 'caller' | 'client' | 'key' | 'now' | 'commit'> & {
  readonly body: { readonly proof?: Proof | undefined }
}
type NotProved = ReturnType<typeof factorProblem<'step-ended' | 'wrong-factor'>>

/**
 * The factor after a proof of the present one, of which there must be one where there is a factor: so that nobody at an
 * unlocked screen adds their own or removes the owner's.
 */
const proved = async (
  platform: FactorPlatform,
  { caller, client, now, body: { proof } }: Changing,
  held: FactorItem,
  begun: EnrolmentItem | undefined,
): Promise<Result<FactorItem, NotProved>> => {
  if (!isSet(held)) return ok(held)
  if (proof && 'passkey' in proof && !begun) return fail(factorProblem('step-ended'))
  const sealing = () => readSealing(platform.table)
  const proving = { person: caller.person, sealing, now, host: client.host, challenge: begun?.challenge }
  const next = proof && (await afterProof(held, proof, proving))
  return next ? ok(next) : fail(factorProblem('wrong-factor'))
}

/** Whose factor is changed: as it was, as it is after the proof, and what is being set up. */
type Change = Owner & { readonly after: FactorItem; readonly begun: EnrolmentItem | undefined }

/**
 * What every change of a factor begins with: an attempt that counts against the session, whose factor it is, and the proof
 * of the present one.
 */
export const beginChange = async (
  platform: FactorPlatform,
  request: Changing,
): Promise<Result<Change, NotProved | TooMany | Problem>> => {
  const attempt = await guessWithin(platform, request.caller.session)
  if (!attempt.ok) return attempt
  const owner = await ownerOf(platform, request.caller.person)
  if (!owner.ok) return owner
  const begun = await enrolmentOf(platform, request.caller.person)
  const after = await proved(platform, request, owner.value.factor, begun)
  return after.ok ? ok({ ...owner.value, after: after.value, begun }) : after
}

/**
 * Writes a factor on condition of the version it was made of, notes it among the account's events, and ends what was being
 * set up.
 */
export const changed = (
  person: string,
  before: FactorItem,
  next: FactorItem,
  noted?: { readonly kind: 'factor-added' | 'factor-removed'; readonly now: Date },
) => [
  put(
    'factor',
    factorPatterns.factor,
    { person },
    { ...next, version: before.version + 1 },
    before.version === 0 ? { absent: true } : { is: { version: before.version } },
  ),
  remove('enrolment', factorPatterns.enrolment, { person }),
  ...(noted ? [eventOf(person, { at: noted.now.toISOString(), kind: noted.kind })] : []),
]
