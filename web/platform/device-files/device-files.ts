import { onlineManager } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { randomId, timeId } from '../../../shared/kernel/ids.ts'
import { fail } from '../../../shared/kernel/result.ts'
import { currentSession, onSessionEnd } from '../api.ts'
import { atMost } from '../at-most.ts'
import { fileDatabase } from '../database.ts'
import { storeTimeout } from '../outbox/outbox.ts'
import { saveBlob } from '../save-file.ts'
import { serverNow } from '../server-time.ts'
import { sideBySide } from '../side-by-side.ts'
import { type DeviceFile, fileStore } from './file-store.ts'
import { deviceFiles, type FileState, type SendFile } from './files.ts'

/** Wires the files of this device to the browser. Their logic is in files.ts. */

const store = fileStore(fileDatabase)

/** Files that are sent at a time. */
const atATime = 2
/** Milliseconds after which a file that could not be sent is sent again. */
const again = 30_000
/** Milliseconds for which a file of a shared device that nothing names stays: its tab was closed without signing out. */
const leftFor = 24 * 3_600_000

/** Loads what sends files: a feature has it. */
let loadSender: () => Promise<SendFile | undefined> = async () => undefined

export const files = deviceFiles({
  store,
  send: async (...sent) => {
    const send = await loadSender().catch(() => undefined)
    // Its code cannot be loaded: it waits.
    return send ? send(...sent) : fail({ type: 'unavailable' })
  },
  alone: async (id, work) => navigator.locks?.request(`preau-file-${id}`, work) ?? work(),
  newKey: randomId,
  setTimer: (work, milliseconds) => setTimeout(work, milliseconds),
  clearTimer: timer => clearTimeout(timer as ReturnType<typeof setTimeout>),
})

/** Those that a form wants to be sent before what names them is made. */
const wanted = new Set<string>()
let timer: ReturnType<typeof setTimeout> | undefined
const sendWanted = async (): Promise<void> => {
  clearTimeout(timer)
  timer = undefined
  const session = currentSession()
  if (session.state !== 'signed-in' || !onlineManager.isOnline()) return
  await sideBySide(atATime, [...wanted], async id => {
    const reply = await files.send(id, session.me.person.id)
    if (reply.ok || reply.problem.type === 'files-refused' || reply.problem.type === 'file-missing') wanted.delete(id)
  })
  if (wanted.size > 0) timer ??= setTimeout(() => void sendWanted(), again)
}

/** Sends files as soon as there is a network, while what names them is being made. */
export const sendFilesSoon = (ids: readonly string[]): void => {
  for (const id of ids) wanted.add(id)
  void sendWanted()
}

let isListening = false

/** Shows what `person` has left on this device, and nobody else's. `load`: what sends files. */
export const openDeviceFiles = (person: string | undefined, load: () => Promise<SendFile | undefined>): void => {
  loadSender = load
  void files.open(person)
  if (isListening) return
  isListening = true
  addEventListener('online', () => void sendWanted())
  onSessionEnd(why => {
    const own = [...files.states().values()].map(({ file }) => file)
    wanted.clear()
    void files.open(undefined)
    // As drafts do on a shared device, what nothing names goes with the session.
    const isAsked = !why || why.type === 'signed-out-elsewhere'
    const left = own.filter(file => file.isShared && !file.isTaken).map(({ id }) => id)
    if (isAsked && left.length > 0) void store.remove(left).catch(() => undefined)
  })
}

/**
 * Keeps a file that somebody chose in a form on this device, until what it is chosen for is sent or it is removed. Resolves
 * to how it is named until it is a document, once it is stored, at the latest after a second: whether the device can keep it
 * is told by its state.
 */
export const keepFile = async (
  file: File,
  owner: string,
): Promise<Pick<DeviceFile, 'id' | 'name' | 'type' | 'length'>> => {
  const session = currentSession()
  if (session.state !== 'signed-in') throw new Error(`${file.name} cannot be kept: nobody is signed in`)
  const bytes = await file.arrayBuffer()
  const now = new Date(serverNow())
  const of = { id: timeId(now), name: file.name, type: file.type, length: bytes.byteLength }
  const kept: DeviceFile = {
    ...{ ...of, owner, person: session.me.person.id, key: randomId(), at: now.toISOString() },
    ...(!session.personal && { isShared: true }),
  }
  await atMost(storeTimeout, files.keep(kept, bytes))
  return of
}

/** Removes one that its person does not want any more, unless something that was made names it. */
export const discardFile = async (id: string): Promise<void> => {
  wanted.delete(id)
  if (!files.states().get(id)?.file.isTaken) await files.remove([id])
}

/** Gives the browser a file to keep elsewhere. */
export const saveDeviceFile = async ({ id, name, type }: Pick<DeviceFile, 'id' | 'name' | 'type'>): Promise<void> => {
  const bytes = await files.bytesOf(id)
  if (bytes) saveBlob(name, new Blob([bytes], { type }))
}

/**
 * Deletes what nothing needs any more: of what was sent or removed, `needed` naming what still waits of all people, and what
 * was left on a shared device.
 */
export const sweepFiles = async (needed: ReadonlySet<string>): Promise<void> => {
  const all = await store.all()
  const isLeft = ({ isShared, at }: DeviceFile) => isShared === true && serverNow() - Date.parse(at) > leftFor
  const unneeded = all.filter(file => !needed.has(file.id) && (file.isTaken || isLeft(file))).map(({ id }) => id)
  if (unneeded.length > 0) await files.remove(unneeded)
}

/** True if a file that was kept is not here any more. */
export const isMissing = (id: string): boolean => files.isLoaded() && !files.states().has(id)

/** How the files of this device stand, of whoever is signed in, by their ids. */
export const useDeviceFiles = (): ReadonlyMap<string, FileState> => useSyncExternalStore(files.subscribe, files.states)
