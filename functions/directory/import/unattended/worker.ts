import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { epochSeconds } from '../../../../shared/kernel/dates.ts'
import { traceOf } from '../../../platform/log.ts'
import { check, put, remove, update } from '../../../platform/operation.ts'
import { ImportRefused } from '../feed/finding.ts'
import { outcomeOf } from '../outcome.ts'
import { noCounts } from '../report.ts'
import { keptFor, type RunItem, runPatterns } from '../runs.ts'
import { Staging } from '../staging.ts'
import { readStep } from './read-step.ts'
import { statePatterns, type WorkItem } from './state.ts'
import { importLogMessages, type Unattended } from './unattended.ts'
import { undoStep } from './undo-step.ts'
import { openWriting } from './write-step.ts'

/** Milliseconds of one step of writing, and those for which a step may go on without a sign that it lives. */
export const stepTime = 60_000
const leaseTime = { read: 15 * 60_000, write: 5 * 60_000 } as const

/** Attempts of a step before its import is given up on. The pauses between them: 30 s, doubled each time. */
const mostTries = 6
const firstPause = 30

/** Another environment has taken over, since this one gave no sign for too long. */
class LeaseLost extends Error {
  override readonly name = 'LeaseLostError'
}

const consistent = { consistent: true } as const

const openWorks = ({ table }: Unattended): Promise<WorkItem[]> => table.all(statePatterns.works, {}, consistent)

/**
 * Where the staging of a run is on this machine, for as long as the environment lives: its next step mostly comes here.
 */
let held: { readonly key: string; readonly folder: string } | undefined

const dropStaging = async (): Promise<void> => {
  const { folder } = held ?? {}
  held = undefined
  if (folder) await rm(folder, { recursive: true, force: true })
}

const stagingOf = async ({ bucket }: Unattended, { run, current = '', files }: WorkItem): Promise<string> => {
  const key = `${run} ${current}`
  if (held?.key === key) return join(held.folder, 'staging.sqlite')
  await dropStaging()
  const folder = await mkdtemp(join(tmpdir(), 'preau-staging-'))
  const file = join(folder, 'staging.sqlite')
  await bucket.restore(run, files, file)
  held = { key, folder }
  return file
}

/** Leads imports: one at a time in the territory, the oldest first. */
export const openWorker = (unattended: Unattended) => {
  const { table, now, log, bucket, wake } = unattended
  const owner = randomUUID()
  const until = (stage: WorkItem['stage']) => now().getTime() + leaseTime[stage]

  const takeLease = (): Promise<boolean> =>
    table.applyIf(
      update(
        'lease',
        statePatterns.lease,
        {},
        { set: { owner, until: until('read') } },
        { any: [{ absent: true }, { notAbove: { until: now().getTime() } }, { is: { owner } }] },
      ),
    )

  const release = async (): Promise<void> => {
    await table.transact([remove('lease', statePatterns.lease, {}, { is: { owner } })])
  }

  /** Stores how far a run is, unless another environment has taken over. */
  const store = async (work: WorkItem, run?: RunItem): Promise<void> => {
    const { run: id } = work
    const stored = await table.transact([
      check('lease', statePatterns.lease, {}, { is: { owner } }),
      put('work', statePatterns.work, { run: id }, work),
      ...(run ? [put('run', runPatterns.run, { run: id }, run)] : []),
    ])
    if (!stored.ok) throw new LeaseLost()
    if (work.stage === 'write')
      await table.applyIf(
        update('lease', statePatterns.lease, {}, { set: { until: until('write') } }, { is: { owner } }),
      )
  }

  const end = async (work: WorkItem, run: RunItem, told: Pick<RunItem, 'outcome' | 'sentence'>): Promise<void> => {
    const at = now()
    const seconds = work.began ? (at.getTime() - Date.parse(work.began)) / 1000 : 0
    const ended = {
      ...run,
      ...told,
      state: 'ended',
      endedAt: at.toISOString(),
      written: work.written,
      seconds,
    } as const
    const sources = told.outcome === 'failed' ? [] : new Set(run.deliveries.map(one => one.source))
    const nights = [...sources].map(source =>
      put('night', runPatterns.night, { source }, { source, at: at.toISOString(), run: run.run }),
    )
    const stored = await table.transact([
      check('lease', statePatterns.lease, {}, { is: { owner } }),
      put('run', runPatterns.run, { run: run.run }, { ...ended, expiresAt: epochSeconds(at) + keptFor }),
      remove('work', statePatterns.work, { run: run.run }),
      ...nights,
    ])
    if (!stored.ok) throw new LeaseLost()
    log.info(importLogMessages.ended, { outcome: told.outcome ?? '', held: run.held.length, written: work.written })
    if (told.outcome === 'held') log.count('ImportsHeld')
    if (told.outcome === 'failed' || told.outcome === 'unreadable' || told.outcome === 'nothing')
      log.count('ImportsFailed')
  }

  const outcome = (run: RunItem, work: WorkItem): Pick<RunItem, 'outcome' | 'sentence'> => {
    if (run.undo) return { outcome: 'imported', sentence: `Undone in ${run.undo.uai}: ${run.undo.run}.` }
    return outcomeOf({
      counts: run,
      held: run.held,
      deliveries: run.deliveries.length,
      incomplete: work.incomplete,
      findings: { count: kind => run.findingCounts[kind] ?? 0 },
    })
  }

  const read = async (run: RunItem, work: WorkItem): Promise<void> => {
    const begun = work.began ? work : { ...work, began: now().toISOString() }
    // The time of what is written is noted before anything is: an attempt that is repeated writes the same.
    await store(begun, { ...run, state: 'reading' })
    const take = work.undo ? undoStep : readStep
    const stepped = await take(unattended, run, begun, noCounts())
    if (stepped.ended) await end(stepped.work, stepped.run, outcome(stepped.run, stepped.work))
    else await store(stepped.work, stepped.run)
  }

  const write = async (run: RunItem, work: WorkItem): Promise<void> => {
    const began = new Date(work.began ?? now())
    const file = await stagingOf(unattended, work)
    const staging = new Staging(() => {}, began, unattended.config.timeZone, file)
    try {
      const writing = openWriting(staging, unattended, run, began)
      const deadline = performance.now() + stepTime
      let at: WorkItem | undefined = work
      while (at && performance.now() < deadline) {
        const before = writing.written()
        const next = await writing.next(at)
        const written: number = at.written + writing.written() - before
        if (next) {
          at = { ...at, ...next, written, tries: 0 }
          await store(at)
          continue
        }
        await store({ ...at, stage: 'read', written, tries: 0 }, { ...run, state: 'reading' })
        at = undefined
      }
      if (at) return
    } finally {
      staging.close()
    }
    await dropStaging()
    await bucket.forget(work.run, work.files)
  }

  const give = async (run: RunItem, work: WorkItem, error: unknown): Promise<number> => {
    await dropStaging()
    if (error instanceof LeaseLost) return 0
    if (error instanceof ImportRefused) {
      await end(work, run, { outcome: 'unreadable', sentence: error.message })
      return 0
    }
    const tries = work.tries + 1
    log.error(importLogMessages.failed, { tries, ...traceOf(error) })
    if (tries < mostTries) {
      await store({ ...work, tries })
      return firstPause * 2 ** (tries - 1)
    }
    const sentence =
      'Given up on after several attempts: part of it may be imported. The next delivery goes on from there.'
    await end(work, run, { outcome: 'failed', sentence })
    return 0
  }

  /** Does one step of the oldest run, unless another environment does; has the next one done after it. */
  const step = async (): Promise<void> => {
    if (!(await takeLease())) return
    let pause = 0
    try {
      const [listed] = await openWorks(unattended)
      const run = listed && (await table.get(runPatterns.run, { run: listed.run }, consistent))
      if (listed && run)
        try {
          await (listed.stage === 'read' ? read(run, listed) : write(run, listed))
        } catch (error) {
          // Read again: the step may have come some way.
          const [work = listed] = await openWorks(unattended)
          pause = await give((await table.get(runPatterns.run, { run: work.run }, consistent)) ?? run, work, error)
        }
    } finally {
      await release()
    }
    // After the release: what came meanwhile was left to this environment.
    if ((await openWorks(unattended)).length > 0) await wake(pause)
  }

  return { step }
}
