import { after, epochSeconds } from '../../../../shared/kernel/dates.ts'
import { put, remove, update } from '../../../platform/operation.ts'
import { hashedId } from '../../identity.ts'
import { isArchive, isLitter } from '../feed/file.ts'
import { noCounts } from '../report.ts'
import { type Confirmation, keptFor, type RunItem, runPatterns, type Undo } from '../runs.ts'
import { deliveriesPrefix, folderOf } from './bucket.ts'
import { firstPart, statePatterns, type WorkItem } from './state.ts'
import type { Unattended } from './unattended.ts'

/** Seconds for which events of the bucket are known, longer than SQS keeps a message (14 days at most). */
const eventsKeptFor = 20 * 24 * 3_600

/** Milliseconds without another file after which a folder of loose files is taken for whole. */
export const quietFor = 10 * 60_000

/** An object that was put. `sequencer`: S3's mark by which an event that comes twice is the same. */
export type Dropped = { readonly key: string; readonly sequencer: string; readonly at: string }

/** A run that begins: its id, and what stores it. */
export const begin = ({
  at,
  delivery,
  mark,
  confirm = [],
  source,
  undo,
}: Pick<RunItem, 'at' | 'delivery'> & {
  readonly mark: string
  readonly confirm?: readonly string[]
  readonly source?: string
  readonly undo?: Undo
}) => {
  const run = `${at} ${hashedId(8, 'run', delivery, mark)}`
  const counts = noCounts()
  const item: RunItem = {
    run,
    at,
    delivery,
    state: 'waiting',
    confirm: [...confirm],
    ...(undo && { undo }),
    deliveries: [],
    ...counts,
    held: [],
    findingCounts: {},
    findings: [],
    written: 0,
    seconds: 0,
    expiresAt: epochSeconds(new Date(at)) + keptFor,
  }
  const work: WorkItem = {
    run,
    delivery,
    confirm: [...confirm],
    ...(source !== undefined && { source }),
    ...(undo && { undo }),
    stage: 'read',
    done: [],
    part: firstPart,
    cursor: '',
    files: 0,
    incomplete: false,
    known: [],
    written: 0,
    tries: 0,
  }
  const operations = [
    put('run', runPatterns.run, { run }, item, { absent: true }),
    put('work', statePatterns.work, { run }, work, { absent: true }),
  ] as const
  return { run, operations }
}

/** Takes up what came. A delivery that was taken up already is not again, however often its event comes. */
export const openIntake = ({ table, now }: Unattended) => {
  const taken = (...of: string[]) =>
    put(
      'taken',
      statePatterns.taken,
      { event: hashedId(16, 'event', ...of) },
      { expiresAt: epochSeconds(now()) + eventsKeptFor },
      { absent: true },
    )

  const dropped = async ({ key, sequencer, at }: Dropped): Promise<void> => {
    if (!key.startsWith(deliveriesPrefix) || key.endsWith('/') || isLitter(key)) return
    if (isArchive(key)) {
      await table.transact([taken(key, sequencer), ...begin({ at, delivery: key, mark: sequencer }).operations])
      return
    }
    const folder = folderOf(key)
    const expiresAt = epochSeconds(after(now(), eventsKeptFor))
    await table.applyIf(
      update(
        'loose',
        statePatterns.loose,
        { folder },
        { set: { folder, at, expiresAt } },
        {
          any: [{ absent: true }, { notAbove: { at } }],
        },
      ),
    )
  }

  return {
    dropped,
    /** @param id of the message, which may come again. */
    confirmed: async ({ delivery, source, confirm }: Confirmation, id: string): Promise<void> => {
      const at = now().toISOString()
      await table.transact([taken('confirm', id), ...begin({ at, delivery, source, confirm, mark: id }).operations])
    },
    /** Begins the import of folders to which nothing was added for a while. */
    settle: async (): Promise<void> => {
      const quiet = new Date(now().getTime() - quietFor).toISOString()
      for (const { folder, at } of await table.all(statePatterns.looseFolders, {}, { consistent: true }))
        if (at <= quiet)
          await table.transact([
            remove('loose', statePatterns.loose, { folder }, { is: { at } }),
            ...begin({ at, delivery: folder, mark: at }).operations,
          ])
    },
  }
}
