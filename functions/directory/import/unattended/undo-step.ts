import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Counts } from '../report.ts'
import type { RunItem } from '../runs.ts'
import { Staging } from '../staging.ts'
import { prepareUndo } from '../undo.ts'
import { note, plan } from './plan.ts'
import type { Stepped, Told } from './read-step.ts'
import { firstPart, type WorkItem } from './state.ts'
import type { Unattended } from './unattended.ts'

/** Stages what undoes a run in a school, as reading a delivery stages that; ends the run once it is written. */
export const undoStep = async (
  { bucket, table, now, config: { timeZone } }: Unattended,
  run: RunItem,
  work: WorkItem,
  counts: Counts,
): Promise<Stepped> => {
  const { undo } = work
  if (!undo || work.done.length > 0) return { ended: true, run, work }
  const began = new Date(work.began ?? now())
  const folder = await mkdtemp(join(tmpdir(), 'preau-undo-'))
  const file = join(folder, 'staging.sqlite')
  const staging = new Staging(() => {}, began, timeZone, file)
  try {
    const { prepared, changedSince } = await prepareUndo(staging, table, undo)
    await plan(prepared, staging, { table, now: began, counts })
    note(staging, 'prepared', prepared)
    const { source } = prepared
    const told: Told = { chosen: { format: 'aaf', source, date: undefined }, findings: [], changedSince }
    note(staging, 'told', told)
    staging.close()
    const files = await bucket.keep(work.run, file)
    return {
      ended: false,
      run: { ...run, ...counts, state: 'writing' },
      work: {
        ...work,
        began: began.toISOString(),
        done: [undo.run],
        stage: 'write',
        current: 'undo',
        part: firstPart,
        cursor: '',
        files,
        tries: 0,
      },
    }
  } finally {
    staging.close()
    await rm(folder, { recursive: true, force: true })
  }
}
