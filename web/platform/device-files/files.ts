import { fail, ok, type Result } from '../../../shared/kernel/result.ts'
import type { Failure } from '../failure.ts'
import { isUnanswered, storeTimeout } from '../outbox/outbox.ts'
import type { DeviceFile, FileStore } from './file-store.ts'

/** How a file of this device stands on this page. */
export type FileState = {
  readonly file: DeviceFile
  readonly step: 'waiting' | 'preparing' | 'sending' | 'arriving' | 'arrived' | 'refused'
  /** Bytes sent so far. */
  readonly sent: number
  /** Why the last attempt failed: it is sent again, or, of one that is `refused`, its person has to see to it. */
  readonly failure?: Failure | undefined
  /** False of one that lasts as long as the page: the device's store is full or refused. */
  readonly isKept: boolean
}

export type Telling = {
  readonly onStep: (step: 'preparing' | 'sending' | 'arriving') => void
  /** Bytes sent so far. */
  readonly onSent: (bytes: number) => void
  /** Aborted once it is not to be sent any more. */
  readonly signal: AbortSignal
}

/** Sends a file under its key, in the name of its person. Resolves to the document that it has become, or why it has not. */
export type SendFile = (file: File, of: DeviceFile, telling: Telling) => Promise<Result<string, Failure>>

export type FilesParts = {
  readonly store: FileStore
  readonly send: SendFile
  /** Runs `work` on a file in one tab at a time. */
  readonly alone: <Value>(id: string, work: () => Promise<Value>) => Promise<Value>
  readonly newKey: () => string
  readonly setTimer: (work: () => void, milliseconds: number) => unknown
  readonly clearTimer: (timer: unknown) => void
}

/** Sent, and not looked at by the API yet: its document is asked for again. */
const isLate = ({ type }: Failure): boolean => type === 'late'

/**
 * The files of this device that their person chose and the API does not have. They are kept on the device before anything
 * of them is sent, and become documents of their person's own space, each once whatever tabs and reloads there are. What
 * names them is sent with the documents in their place.
 */
export const deviceFiles = ({ store, send, alone, newKey, setTimer, clearTimer }: FilesParts) => {
  let known: ReadonlyMap<string, FileState> = new Map()
  let person: string | undefined
  /** What is stored of `person` is known. */
  let isLoaded = false
  /** Bytes that the device does not keep, or not yet. */
  const unkept = new Map<string, ArrayBuffer>()
  const running = new Map<string, Promise<Result<string, Failure>>>()
  /** Of those that are being sent. */
  const aborts = new Map<string, AbortController>()
  const listeners = new Set<() => void>()

  const show = (next: ReadonlyMap<string, FileState>): void => {
    known = next
    for (const listener of listeners) listener()
  }
  const note = (id: string, changed: Partial<FileState>): void => {
    const before = known.get(id)
    if (before) show(new Map([...known, [id, { ...before, ...changed }]]))
  }
  const stateOf = (file: DeviceFile): FileState => ({
    ...{ file, sent: 0, isKept: true, failure: file.refused },
    step: file.document !== undefined ? 'arrived' : file.refused ? 'refused' : 'waiting',
  })
  /** Notes what changed of a file, on this page and on the device. */
  const change = async (id: string, changed: Partial<DeviceFile>, shown: Partial<FileState>): Promise<void> => {
    const before = known.get(id)
    if (before) note(id, { ...shown, file: { ...before.file, ...changed } })
    await store.update(id, changed).catch(() => undefined)
  }

  const bytesOf = async (id: string): Promise<ArrayBuffer | undefined> =>
    unkept.get(id) ?? store.bytesOf(id).catch(() => undefined)

  const sendOne = async (id: string, by: string): Promise<Result<string, Failure>> => {
    // Another tab may have sent it.
    const file = (await store.get(id).catch(() => undefined)) ?? known.get(id)?.file
    if (file?.person !== by) return fail({ type: 'file-missing' })
    if (!known.has(id) && by === person) show(new Map([...known, [id, stateOf(file)]]))
    const { name, type, document } = file
    if (document !== undefined) {
      note(id, { step: 'arrived', file })
      return ok(document)
    }
    const bytes = await bytesOf(id)
    if (!bytes) return fail({ type: 'file-missing' })
    const abort = new AbortController()
    aborts.set(id, abort)
    const { signal } = abort
    // Why the last attempt failed is told until it is known that this one does better.
    note(id, { step: 'waiting' })
    const reply = await send(new File([bytes], name, { type }), file, {
      signal,
      onStep: step => note(id, { step, ...(step !== 'preparing' && { failure: undefined }) }),
      onSent: sent => note(id, { sent }),
    }).catch(() => fail({ type: signal.aborted ? 'unreachable' : 'unexpected' }))
    if (reply.ok) {
      await change(id, { document: reply.value }, { step: 'arrived', failure: undefined })
      unkept.delete(id)
      return reply
    }
    const { problem } = reply
    // What was announced may be forgotten: the next attempt is another one.
    if (problem.type === 'unexpected') await change(id, { key: newKey() }, {})
    if (isLate(problem) || isUnanswered(problem)) {
      note(id, { step: 'waiting', sent: 0, failure: problem })
      return fail(isLate(problem) ? { type: 'unavailable' } : problem)
    }
    await change(id, { refused: problem, key: newKey() }, { step: 'refused', sent: 0, failure: problem })
    return fail({ type: 'files-refused' })
  }

  return {
    /** Somebody is signed in, or nobody: what is on its way is given up, and what is kept of others is not shown. */
    open: async (of: string | undefined): Promise<void> => {
      if (of === person) return
      person = of
      isLoaded = false
      for (const abort of aborts.values()) abort.abort()
      unkept.clear()
      show(new Map())
      if (of === undefined) return
      const stored = await store.all().catch((): readonly DeviceFile[] => [])
      if (of !== person) return
      isLoaded = true
      const own = stored.filter(file => file.person === of)
      show(new Map([...own.map(file => [file.id, stateOf(file)] as const), ...known]))
    },
    /** Keeps a file that was chosen. Until the device has it, it is on this page, from which it is sent as well. */
    keep: async (file: DeviceFile, bytes: ArrayBuffer): Promise<void> => {
      const { id } = file
      unkept.set(id, bytes)
      show(new Map([...known, [id, stateOf(file)]]))
      const late = setTimer(() => note(id, { isKept: false }), storeTimeout)
      const isKept = await store.add(file, bytes).then(
        () => true,
        () => false,
      )
      clearTimer(late)
      note(id, { isKept })
      if (isKept) unkept.delete(id)
      const now = known.get(id)?.file
      // What happened to it in between was not stored.
      if (isKept && now && now !== file) await store.update(id, now).catch(() => undefined)
      if (isKept && !now && file.person === person) await store.remove([id]).catch(() => undefined)
    },
    /** Sends one of `by`, unless it was. `files-refused`: see its state. `file-missing`: it is not on this device. */
    send: (id: string, by: string): Promise<Result<string, Failure>> => {
      const sending =
        running.get(id) ??
        alone(id, () => sendOne(id, by)).finally(() => {
          running.delete(id)
          aborts.delete(id)
        })
      running.set(id, sending)
      return sending
    },
    /** Something that was made names these, and waits. */
    take: (ids: readonly string[]): Promise<unknown> => Promise.all(ids.map(id => change(id, { isTaken: true }, {}))),
    remove: async (ids: readonly string[]): Promise<void> => {
      for (const id of ids) {
        unkept.delete(id)
        aborts.get(id)?.abort()
      }
      show(new Map([...known].filter(([id]) => !ids.includes(id))))
      await store.remove(ids).catch(() => undefined)
    },
    /** Of one that is not sent yet. */
    bytesOf,
    /** False of one that the device cannot keep, and that has not arrived. */
    isKept: (id: string): boolean => {
      const state = known.get(id)
      return !state || state.isKept || state.step === 'arrived'
    },
    /** False while it is not known what this device holds. */
    isLoaded: (): boolean => isLoaded,
    states: (): ReadonlyMap<string, FileState> => known,
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
