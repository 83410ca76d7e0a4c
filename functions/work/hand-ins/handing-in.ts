import { createHash } from 'node:crypto'
import { spokenName } from '../../../shared/kernel/names.ts'
import { problem } from '../../../shared/kernel/problem.ts'
import { fail, ok } from '../../../shared/kernel/result.ts'
import { workProblem } from '../../../shared/work/contract.ts'
import { HandInVersion, type Receipt } from '../../../shared/work/hand-in.ts'
import { judgementOf, type Outage, opennessOf, whenDone } from '../../../shared/work/hand-in-rules.ts'
import { handInMoves, handingInFrom } from '../../../shared/work/hand-in-states.ts'
import { filesHung } from '../../documents/private-attachments.ts'
import { put, update } from '../../platform/operation.ts'
import { pick } from '../../platform/pick.ts'
import type { WorkPlatform, WorkRequest } from '../relations.ts'
import { ownedBy, versionItem } from './files.ts'
import { ownHandIn } from './own-row.ts'
import { type HandInItem, handInPatterns, type VersionItem } from './patterns.ts'
import type { HandingIn } from './relations.ts'
import { allows } from './states.ts'

/** Two devices, or a pupil and a guardian, may hand in at one moment: then what is there is read anew. */
const tries = 5

/** What stands for the hand-in of a pupil of whom nothing is stored. */
export const untouched = (person: string): HandInItem => ({ person, state: 'assigned', versions: 0 })

/** A version counts that was done after the one that counts so far; of two of one instant that with the greater id. */
const isLater = (version: VersionItem, { current }: HandInItem): boolean =>
  current === undefined || `${current.at} ${current.id}` < `${version.at} ${version.id}`

/** The receipt of a version, by the dates that hold now. */
const receiptOf = (
  { piece, assignment }: HandingIn,
  { extendedUntil }: HandInItem,
  version: VersionItem,
  outages: readonly Outage[],
): Receipt => ({
  ...pick(HandInVersion, version),
  piece: piece.id,
  pupil: version.pupil,
  ...(version.files && { files: version.files }),
  judgement: judgementOf(assignment, extendedUntil, version, outages),
})

/** The changes by which a version is added to a hand-in; it moves the state only if it counts. */
const additionOf = (
  item: HandInItem,
  version: VersionItem,
  key: { readonly piece: string; readonly person: string },
) => {
  const same = item.version === undefined ? { lacks: ['version' as const] } : { is: { version: item.version } }
  if (!isLater(version, item)) return update('hand-in', handInPatterns.handIn, key, { add: { versions: 1 } }, same)
  const move = handingInFrom(item.state)
  const current = pick(HandInVersion, version)
  return update(
    'hand-in',
    handInPatterns.handIn,
    key,
    {
      set: { person: key.person, state: handInMoves[move].to, version: version.id, current },
      add: { versions: 1 },
    },
    { ...allows(move), ...same },
  )
}

/**
 * Hands in: for oneself, or as a guardian for a child. The version is kept once, by the id that the device gave it, however
 * often and in whatever order it comes; the one that was done last counts. In one transaction with its files' places and the
 * pupil's own list.
 */
export const sendHandIn =
  ({ table }: WorkPlatform) =>
  async ({
    params: { piece, pupil, version: id },
    body,
    caller,
    now,
    commit,
    related: { handingIn, handedFiles },
  }: WorkRequest<'sendHandIn'>) => {
    const key = { piece, person: pupil }
    const { by, assignment } = handingIn
    const { text = '' } = body
    const bytes = Buffer.from(text)
    const files = [...handedFiles]
    const version: VersionItem = {
      id,
      pupil,
      ...whenDone(body, now),
      receivedAt: now.toISOString(),
      by: { id: caller.person, name: spokenName(by), as: caller.person === pupil ? 'pupil' : 'guardian' },
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      text,
      ...(files.length > 0 && { fileCount: files.length, files }),
    }
    const attempt = async () => {
      const [known, stored, outages] = await Promise.all([
        table.get(handInPatterns.version, { ...key, version: id }, { consistent: true }),
        table.get(handInPatterns.handIn, key, { consistent: true }),
        table.all(handInPatterns.outages, {}),
      ])
      const item = stored ?? untouched(pupil)
      // What somebody else stored under this id is not theirs to know of.
      if (known && known.by.id !== caller.person) return fail(problem('not-found'))
      if (known) return commit([], receiptOf(handingIn, item, known, outages))
      const openness = opennessOf(assignment, item.extendedUntil, version, outages)
      if (openness === 'closed') return fail(workProblem('hand-in-closed'))
      if (openness === 'not-yet') return fail(workProblem('hand-in-not-open'))
      const mark = { piece, state: handInMoves[handingInFrom(item.state)].to, at: version.at }
      return commit(
        [
          put('version', handInPatterns.version, { ...key, version: id }, version, { absent: true }),
          additionOf(item, version, key),
          ...filesHung(ownedBy(pupil), versionItem(piece, id), files),
          ...(isLater(version, item) ? [ownHandIn(pupil, mark, now)] : []),
        ],
        receiptOf(handingIn, item, version, outages),
      )
    }
    let done = await attempt()
    for (let tried = 1; tried < tries && !done.ok && done.problem.type === 'conflict'; tried++) done = await attempt()
    return done.ok || done.problem.type !== 'conflict' ? done : fail(problem('unavailable', { retryAfter: 1 }))
  }

/** Notes that a pupil has begun; nothing where they have gone further. */
export const start =
  ({ table }: WorkPlatform) =>
  async ({ params: { piece, pupil }, now }: WorkRequest<'start'>) => {
    await table.applyIf(
      update(
        'hand-in',
        handInPatterns.handIn,
        { piece, person: pupil },
        {
          set: { person: pupil, state: handInMoves.start.to, startedAt: now.toISOString() },
          first: { versions: 0 },
        },
        allows('start'),
      ),
    )
    return ok(undefined)
  }
