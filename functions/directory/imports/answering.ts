import { importProblem } from '../../../shared/directory/problems.ts'
import { epochSeconds } from '../../../shared/kernel/dates.ts'
import { problem } from '../../../shared/kernel/problem.ts'
import { fail } from '../../../shared/kernel/result.ts'
import { put } from '../../platform/operation.ts'
import { directoryPatterns } from '../audiences.ts'
import { type AnswerItem, changePatterns } from '../import/change-patterns.ts'
import { keptFor } from '../import/runs.ts'
import { begin } from '../import/unattended/intake.ts'
import type { DirectoryPlatform, DirectoryRequest } from '../relations.ts'
import { readStanding } from './rows.ts'

type Answering = {
  readonly uai: string
  readonly run: string
  readonly kind: AnswerItem['kind']
  readonly now: Date
  readonly person: string
  readonly before: AnswerItem | undefined
}

/** The answer as an item, if nobody else answered meanwhile; and who gave it. */
const openAnswers = ({ table }: DirectoryPlatform) => {
  const answer = async ({ uai, run, kind, now, person, before }: Answering, begun?: string) => {
    const actor = await table.get(directoryPatterns.person, { person })
    if (!actor) return undefined
    const item: AnswerItem = {
      run,
      kind,
      by: `${actor.givenName} ${actor.familyName}`,
      actor: actor.id,
      at: now.toISOString(),
      ...(begun !== undefined && { begun }),
      expiresAt: epochSeconds(now) + keptFor,
    }
    const when = before ? { is: { at: before.at } } : ({ absent: true } as const)
    return put('answer', changePatterns.answer, { uai, run }, item, when)
  }
  return answer
}

/** What was begun is stored; that nobody was told of it only delays it until imports look by themselves. */
const tell = async ({ wake, log }: DirectoryPlatform): Promise<void> => {
  await wake?.().catch(() => log.count('ImportsNotWoken'))
}

/**
 * Has a held school imported. The run that does it begins in the transaction that stores the answer, so that neither is
 * without the other.
 */
export const confirmImport = (platform: DirectoryPlatform) => {
  const answer = openAnswers(platform)
  return async (request: DirectoryRequest<'confirmImport'>) => {
    const { params, related, now, key, caller, commit } = request
    const { uai } = params
    const { run, source, delivery, held } = related.import
    const standing = await readStanding(platform, uai)
    const state = standing.stateOf(related.import)
    if (!held || (state !== 'open' && state !== 'refused')) return fail(importProblem('import-not-open'))
    const begun = begin({ at: now.toISOString(), delivery, source, confirm: [uai], mark: key })
    const item = await answer(
      { uai, run, kind: 'confirmed', now, person: caller.person, before: standing.answers.get(run) },
      begun.run,
    )
    if (!item) return fail(problem('not-allowed'))
    const done = await commit([item, ...begun.operations], undefined)
    if (done.ok) await tell(platform)
    return done
  }
}

/** Refuses a delivery for a held school: it stays as it is, and the answer says by whom. */
export const refuseImport = (platform: DirectoryPlatform) => {
  const answer = openAnswers(platform)
  return async (request: DirectoryRequest<'refuseImport'>) => {
    const { params, related, now, caller, commit } = request
    const { uai } = params
    const { run, held } = related.import
    const standing = await readStanding(platform, uai)
    if (!held || standing.stateOf(related.import) !== 'open') return fail(importProblem('import-not-open'))
    const before = standing.answers.get(run)
    const item = await answer({ uai, run, kind: 'refused', now, person: caller.person, before })
    return item ? commit([item], undefined) : fail(problem('not-allowed'))
  }
}

/** Takes a confirmed import back: as a run of its own, one after the other with all imports. */
export const undoImport = (platform: DirectoryPlatform) => {
  const answer = openAnswers(platform)
  return async (request: DirectoryRequest<'undoImport'>) => {
    const { params, related, now, key, caller, commit } = request
    const { uai } = params
    const { run } = related.import
    const [former, standing] = await Promise.all([
      platform.table.get(changePatterns.formerSchool, { uai, run }, { consistent: true }),
      readStanding(platform, uai),
    ])
    const before = standing.answers.get(run)
    if (!former || standing.answerOf(run)?.kind === 'undone') return fail(importProblem('import-not-undoable'))
    const begun = begin({ at: now.toISOString(), delivery: '', mark: key, undo: { uai, run } })
    const item = await answer({ uai, run, kind: 'undone', now, person: caller.person, before }, begun.run)
    if (!item) return fail(problem('not-allowed'))
    const done = await commit([item, ...begun.operations], undefined)
    if (done.ok) await tell(platform)
    return done
  }
}
