import type { ImportRow, MissedNight } from '../../../shared/directory/imports.ts'
import { ok } from '../../../shared/kernel/result.ts'
import { directoryPatterns } from '../audiences.ts'
import { type AnswerItem, changePatterns } from '../import/change-patterns.ts'
import { runPatterns, type SchoolRunItem } from '../import/runs.ts'
import type { DirectoryPlatform, DirectoryRequest } from '../relations.ts'
import { idOf } from './ids.ts'

const rowsAPage = 30

type HeldState = NonNullable<ImportRow['held']>['state']

/** What tells where the imports of a school stand. */
export type Standing = {
  /** As they are stored, by the run they answer. */
  readonly answers: ReadonlyMap<string, AnswerItem>
  /** The answer that holds: not an undoing that could not be done. */
  readonly answerOf: (run: string) => (AnswerItem & { readonly ended: boolean }) | undefined
  readonly stateOf: (run: SchoolRunItem) => HeldState
}

/**
 * Where the held imports of a school stand: a later import of the same source decided, or what was answered, unless what
 * followed from a confirmation failed.
 */
export const readStanding = async ({ table }: Pick<DirectoryPlatform, 'table'>, uai: string): Promise<Standing> => {
  const [answers, newest] = await Promise.all([
    table.all(changePatterns.answers, { uai }, { consistent: true }),
    table.list(runPatterns.schoolRuns, { uai }, { limit: rowsAPage, newestFirst: true, consistent: true }),
  ])
  const byRun = new Map(answers.map(answer => [answer.run, answer]))
  const lastOf = new Map<string, string>()
  for (const { source, run } of newest.ok ? newest.value.items : [])
    if ((lastOf.get(source) ?? '') < run) lastOf.set(source, run)
  const begun = await Promise.all(
    answers.map(async ({ run, kind, begun: next }) => {
      if (next === undefined) return [run, { ended: true, failed: false }] as const
      const item = await table.get(runPatterns.run, { run: next })
      const failed = kind === 'undone' && item?.state === 'ended' && item.outcome !== 'imported'
      return [run, { ended: item?.state === 'ended', failed }] as const
    }),
  )
  const ends = new Map(begun)
  return {
    answers: byRun,
    answerOf: run => {
      const answer = byRun.get(run)
      const { ended = true, failed = false } = ends.get(run) ?? {}
      return answer && !failed ? { ...answer, ended } : undefined
    },
    stateOf: ({ source, run }) => {
      if ((lastOf.get(source) ?? run) > run) return 'over'
      const answer = byRun.get(run)
      if (answer?.kind === 'refused') return 'refused'
      return answer?.kind === 'confirmed' && !ends.get(run)?.ended ? 'running' : 'open'
    },
  }
}

/** An import of a school as a list shows it. */
export const rowOf = (run: SchoolRunItem, { answerOf, stateOf }: Standing): ImportRow => {
  const answer = answerOf(run.run)
  return {
    id: idOf(run.run),
    at: run.at,
    mode: run.mode,
    arrived: run.people.added,
    changed: run.people.changed,
    left: run.people.left,
    refused: (run.findingCounts.refused ?? 0) + (run.findingCounts.asked ?? 0),
    ...(run.held && { held: { state: stateOf(run), reason: run.held.reason, losses: run.held.losses } }),
    confirmed: run.confirmed ?? false,
    ...(run.undoes !== undefined && {
      undoes: {
        id: idOf(run.undoes),
        at: run.undoes.slice(0, run.undoes.indexOf(' ')),
        changedSince: run.changedSince ?? 0,
      },
    }),
    ...(answer && { answer: { kind: answer.kind, by: answer.by, at: answer.at, ended: answer.ended } }),
  }
}

/** The times in which nothing came of the school's source, newest first. */
const readMissed = async (table: DirectoryPlatform['table'], uai: string): Promise<MissedNight[]> => {
  const school = await table.get(directoryPatterns.school, { uai })
  if (!school) return []
  const missed = await table.all(runPatterns.allMissed, { source: school.source })
  return missed.map(({ since, at }) => ({ since, at })).reverse()
}

/** The imports of a school, newest first; with the first page also when none came. */
export const imports =
  ({ table }: DirectoryPlatform) =>
  async ({ params: { uai }, query }: DirectoryRequest<'imports'>) => {
    const page = await table.list(
      runPatterns.schoolRuns,
      { uai },
      { limit: rowsAPage, newestFirst: true, cursor: query.cursor },
    )
    if (!page.ok) return page
    const [standing, missed] = await Promise.all([
      readStanding({ table }, uai),
      query.cursor === undefined ? readMissed(table, uai) : [],
    ])
    return ok({ ...page.value, items: page.value.items.map(run => rowOf(run, standing)), missed })
  }
