import { fail, ok, type Result } from '../../../shared/kernel/result.ts'
import { files, sweepFiles } from '../device-files/device-files.ts'
import type { Failure } from '../failure.ts'
import { sideBySide } from '../side-by-side.ts'
import { isUnanswered } from './outbox.ts'
import type { OutboxStore, Waiting } from './waiting.ts'

/** Files of one write that are sent at a time. */
const atATime = 2

/**
 * Sends the files that a write names, before the write itself. Resolves to the documents that they have become, by the names
 * that they had on this device; or to why one of them was not sent: what passes by itself before what its author has to see
 * to.
 */
export const sendFilesOf = async (
  { files: named = [] }: Pick<Waiting, 'files'>,
  person: string,
): Promise<Result<ReadonlyMap<string, string>, Failure>> => {
  const documents = new Map<string, string>()
  const failures: Failure[] = []
  await sideBySide(atATime, named, async id => {
    const sent = await files.send(id, person)
    if (sent.ok) documents.set(id, sent.value)
    else failures.push(sent.problem)
  })
  const why = failures.find(isUnanswered) ?? failures[0]
  return why ? fail(why) : ok(documents)
}

/** Milliseconds after which files of what was sent or removed are deleted: longer than a removal can be undone. */
const undoable = 15_000

let sweeping: ReturnType<typeof setTimeout> | undefined

/** Deletes, in a while, the files that nothing names that waits in `store`, of whomever, or on this page. */
export const sweepSoon = (store: OutboxStore, here: () => readonly Waiting[]): void => {
  clearTimeout(sweeping)
  sweeping = setTimeout(async () => {
    try {
      const waiting = [...Object.values(await store.read()).flat(), ...here()]
      await sweepFiles(new Set(waiting.flatMap(one => one.files ?? [])))
    } catch {
      // Where the store does not answer, they stay.
    }
  }, undoable)
}
