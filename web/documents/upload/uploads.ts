import { useMemo, useSyncExternalStore } from 'react'
import { documentsContract } from '../../../shared/documents/contract.ts'
import { randomId } from '../../../shared/kernel/ids.ts'
import { call, onSessionEnd } from '../../platform/api.ts'
import { queryClient } from '../../platform/content.ts'
import type { Failure } from '../../platform/failure.ts'
import type { ChosenFile } from '../../ui/files/chosen-file.ts'
import { noteWritten } from '../data/written.ts'
import { type Goal, type Sending, send } from './send.ts'

/** A file on its way into a space, as a screen shows it. */
export type Upload = {
  readonly id: string
  readonly goal: Goal
  readonly name: string
  readonly step: 'waiting' | 'preparing' | 'sending' | 'arriving' | 'arrived' | 'failed'
  /** Bytes: those sent, and all. */
  readonly sent: number
  readonly length: number
  /** Why it failed. */
  readonly failure?: Failure | undefined
  /** The document that it has become, until the form that it was chosen in takes it. */
  readonly arrived?: ChosenFile
}

/** Files that are sent at a time. */
const atATime = 2
/** Milliseconds before a file is sent again that met no network, or a bucket that was busy; then it is left to its sender. */
const pauses = [1_000, 4_000]
const passing: ReadonlySet<Failure['type']> = new Set(['unreachable', 'unavailable'])

type Running = { readonly sending: Sending; readonly abort: AbortController; again: number }

let uploads: readonly Upload[] = []
const running = new Map<string, Running>()
const listeners = new Set<() => void>()

const set = (next: readonly Upload[]): void => {
  uploads = next
  for (const listener of listeners) listener()
}
const change = (id: string, changed: Partial<Upload>): void =>
  set(uploads.map(one => (one.id === id ? { ...one, ...changed } : one)))
const drop = (id: string): void => {
  running.delete(id)
  set(uploads.filter(one => one.id !== id))
}

const idle: ReadonlySet<Upload['step']> = new Set(['waiting', 'arrived', 'failed'])
const isActive = ({ step }: Upload): boolean => !idle.has(step)

const start = (): void => {
  const free = atATime - uploads.filter(isActive).length
  for (const { id } of uploads.filter(({ step }) => step === 'waiting').slice(0, Math.max(0, free))) void run(id)
}

const run = async (id: string): Promise<void> => {
  const one = running.get(id)
  if (!one) return
  const { signal } = one.abort
  change(id, { step: 'preparing', failure: undefined })
  const telling = {
    signal,
    onStep: (step: 'preparing' | 'sending' | 'arriving', length?: number) =>
      change(id, { step, ...(length !== undefined && { length }) }),
    onSent: (sent: number) => change(id, { sent }),
  }
  const failure = await send(one.sending, telling).catch((): Failure => ({ type: 'unexpected' }))
  if (signal.aborted) return start()
  const wait = failure && passing.has(failure.type) && navigator.onLine ? pauses[one.again] : undefined
  if (wait !== undefined) {
    one.again += 1
    setTimeout(() => running.get(id) === one && void run(id), wait)
    return
  }
  if (failure) change(id, { step: 'failed', failure, sent: 0 })
  else if (one.sending.goal.owner !== undefined && one.sending.arrived)
    change(id, { step: 'arrived', arrived: one.sending.arrived })
  else drop(id)
  if (one.sending.goal.keep) return start()
  // Of one that is late, the list tells when it is there.
  if (!failure || failure.type === 'late') void noteWritten(queryClient, one.sending.goal.space)
  start()
}

/** Sends files, two at a time, whatever screen is shown. */
export const addUploads = (files: readonly File[], goal: Goal): void => {
  const added = files.map((file): Upload => {
    const id = randomId()
    const sending: Sending = { goal, file, asIs: false, key: randomId(), parts: new Set() }
    running.set(id, { sending, abort: new AbortController(), again: 0 })
    return { id, goal, name: file.name, step: 'waiting', sent: 0, length: file.size }
  })
  set([...uploads, ...added])
  start()
}

/** Sends one again that failed. `asIs`: a photo without making it smaller. */
export const retryUpload = (id: string, { asIs = false } = {}): void => {
  const one = running.get(id)
  if (!one || uploads.find(upload => upload.id === id)?.step !== 'failed') return
  one.again = 0
  if (asIs) one.sending.asIs = true
  change(id, { step: 'waiting', failure: undefined })
  start()
}

/** Ends one, and forgets what failed. What was announced gives its room back. */
export const cancelUpload = (id: string): void => {
  const one = running.get(id)
  one?.abort.abort()
  drop(id)
  start()
  const file = one?.sending.announced
  if (file === undefined) return
  const { space } = one?.sending.goal ?? {}
  void call(documentsContract.routes.cancel, { params: { file } }, { key: randomId() }).then(() =>
    space === undefined ? undefined : noteWritten(queryClient, space),
  )
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Forgets files that have arrived, once the form that they were chosen in has them. */
export const forgetArrived = (ids: readonly string[]): void => {
  for (const id of ids) running.delete(id)
  set(uploads.filter(({ id }) => !ids.includes(id)))
}

/** The files on their way, and those that failed: those chosen in a form, or, without `owner`, those sent to spaces alone. */
export const useUploads = (owner?: string): readonly Upload[] => {
  const all = useSyncExternalStore(subscribe, () => uploads)
  return useMemo(() => all.filter(({ goal }) => goal.owner === owner), [all, owner])
}

onSessionEnd(() => {
  for (const { abort } of running.values()) abort.abort()
  running.clear()
  set([])
})

addEventListener('online', () => {
  for (const { id, failure } of uploads) if (failure?.type === 'unreachable') retryUpload(id)
})

// The browser asks before a page is left with which files would be lost.
addEventListener('beforeunload', event => {
  if (uploads.every(({ step }) => step === 'failed' || step === 'arrived')) return
  event.preventDefault()
  // Browsers of before 2023 ask by this alone.
  event.returnValue = true
})
