import { documentsContract } from '../../../shared/documents/contract.ts'
import type { SpaceId } from '../../../shared/documents/shapes.ts'
import { cleanName } from '../../../shared/kernel/file-name.ts'
import { randomId } from '../../../shared/kernel/ids.ts'
import type { FileAnnouncement, UploadGrant } from '../../../shared/kernel/upload.ts'
import { call } from '../../platform/api.ts'
import { keepFile } from '../../platform/device-files/device-files.ts'
import type { Failure } from '../../platform/failure.ts'
import type { ChosenFile } from '../../ui/files/chosen-file.ts'
import { announcementOf, slicesOf } from './announcement.ts'
import { isPhoto, keepsOriginals, scaled } from './photo.ts'
import { put } from './put.ts'

/** Where a file is to go. As far as it is known, `largest`: bytes of the largest file taken there; `left`: room there. */
export type Goal = {
  readonly space: SpaceId
  readonly folder?: string | undefined
  /** The document of which it becomes a new version. */
  readonly replaces?: string | undefined
  readonly largest?: number | undefined
  readonly left?: number | undefined
  /** It is kept on this device only, from where it is sent with what it is chosen for. */
  readonly keep?: true | undefined
  /** The form that it is chosen in. Absent: it is placed in a space, and nothing else. */
  readonly owner?: string | undefined
}

/** What is known of a file that is being sent; kept from one attempt to the next. */
export type Sending = {
  readonly goal: Goal
  readonly file: File
  /** Sent as it is, where a photo would be made smaller. */
  asIs: boolean
  /** The same as long as it is not known whether it was announced. */
  key: string
  prepared?: { readonly file: File; readonly announcement: FileAnnouncement }
  /** The id under which it was announced. */
  announced?: string
  /** The parts that the bucket has. */
  readonly parts: Set<number>
  /** All of it was sent: it is only waited for. */
  isSent?: boolean
  /** The document that it has become, or, of one that is kept on this device, how it is named until then. */
  arrived?: ChosenFile
}

type Telling = {
  readonly onStep: (step: 'preparing' | 'sending' | 'arriving', length?: number) => void
  readonly onSent: (bytes: number) => void
  readonly signal: AbortSignal
  /** In whose name it is announced. Absent: whoever is signed in. */
  readonly person?: string
}

/** Failures of its own, beside those of the API: each has its words in texts.ts. */
const refusals = ['photo-unreadable', 'file-unreadable', 'refused-type', 'refused-damaged', 'late'] as const
type Refusal = (typeof refusals)[number]

export const isRefusal = (type: string): type is Refusal => refusals.some(one => one === type)

const failed = (type: Refusal): Failure => ({ type })

/** Milliseconds to wait before it is asked again whether a file has arrived: half a minute in all. */
const waits = [300, 500, 700, 1_000, 1_500, 2_000, 3_000, 4_000, 5_000, 5_000, 7_000]

const pause = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds))

/** The name under which a file is placed. */
const nameOf = ({ name }: File): string => cleanName(name) ?? 'document'

/** Why a file is refused before a byte of it is sent, or kept: it is larger than what is taken, or than what is left. */
const tooLarge = (needed: number, { largest, left }: Goal): Failure | undefined => {
  if (largest !== undefined && needed > largest) return { type: 'file-too-large', room: { needed, left: largest } }
  return left !== undefined && needed > left ? { type: 'space-full', room: { needed, left } } : undefined
}

const prepare = async (sending: Sending): Promise<Failure | undefined> => {
  if (sending.prepared) return undefined
  const { file: given, goal, asIs } = sending
  const isScaled = isPhoto(given) && !asIs && !keepsOriginals()
  const file = isScaled ? await scaled(given) : given
  if (!file) return failed('photo-unreadable')
  const isTooLarge = tooLarge(file.size, goal)
  if (isTooLarge) return isTooLarge
  try {
    if (goal.keep) {
      const kept = await keepFile(new File([file], nameOf(file), { type: file.type }), goal.owner ?? goal.space)
      sending.arrived = { ...kept, onDevice: true }
      return undefined
    }
    sending.prepared = { file, announcement: await announcementOf(file) }
    return undefined
  } catch {
    return failed('file-unreadable')
  }
}

/** Puts what the bucket does not have yet. */
const putAll = async (
  { parts }: Sending,
  file: File,
  { puts }: UploadGrant,
  { onSent, signal }: Telling,
): Promise<Failure | undefined> => {
  const slices = slicesOf(file)
  const sizeOf = (at: number) => slices[at]?.size ?? 0
  const sentBefore = () => [...parts].reduce((sum, at) => sum + sizeOf(at), 0)
  for (const [at, one] of puts.entries()) {
    const slice = slices[at]
    if (!slice || parts.has(at)) continue
    const before = sentBefore()
    const why = await put(one, slice, { signal, onSent: bytes => onSent(before + Math.min(bytes, slice.size)) })
    if (why) return why
    parts.add(at)
    onSent(sentBefore())
  }
  return undefined
}

const { announce, complete, upload } = documentsContract.routes

/** Waits until the document is there, or its file is refused. */
const arrival = async (sending: Sending, file: string, signal: AbortSignal): Promise<Failure | undefined> => {
  for (const wait of waits) {
    await pause(wait)
    const reply = await call(upload, { params: { file } }, { signal, retry: false })
    if (!reply.ok && reply.problem.type === 'not-found') return { type: 'unexpected' }
    if (reply.ok && reply.value.state === 'stored') {
      const { prepared } = sending
      const { entry: id } = reply.value
      if (id !== undefined && prepared)
        sending.arrived = {
          id,
          name: nameOf(prepared.file),
          length: prepared.file.size,
          type: prepared.announcement.type,
        }
      return undefined
    }
    if (reply.ok && reply.value.state === 'refused')
      return failed(reply.value.reason === 'type' ? 'refused-type' : 'refused-damaged')
  }
  return failed('late')
}

/**
 * Sends a file: prepares, announces, puts and waits for it. Resolves to why it failed, if it did; called again, it goes on
 * where that is possible. Rejects with an AbortError once `signal` is aborted.
 */
export const send = async (sending: Sending, telling: Telling): Promise<Failure | undefined> => {
  const { goal } = sending
  const { signal, onStep, person } = telling
  onStep('preparing')
  const unprepared = await prepare(sending)
  const { prepared } = sending
  if (goal.keep) return unprepared
  if (unprepared || !prepared) return unprepared
  if (signal.aborted) throw new DOMException('given up', 'AbortError')
  if (sending.isSent && sending.announced !== undefined) {
    onStep('arriving')
    return arrival(sending, sending.announced, signal)
  }
  const { space, folder, replaces } = goal
  const body = {
    name: nameOf(prepared.file),
    file: prepared.announcement,
    ...(folder && { folder }),
    ...(replaces && { replaces }),
  }
  const announced = await call(announce, { params: { space }, body }, { key: sending.key, signal, person })
  if (!announced.ok) {
    // A clear refusal ends this write: another attempt is another one.
    if (announced.problem.type !== 'unreachable') sending.key = randomId()
    return announced.problem
  }
  const { file, upload: grant } = announced.value
  sending.announced = file
  onStep('sending', prepared.file.size)
  const cut = await putAll(sending, prepared.file, grant, telling)
  if (signal.aborted) throw new DOMException('given up', 'AbortError')
  if (cut) return cut
  onStep('arriving')
  if (prepared.announcement.parts) {
    const completed = await call(complete, { params: { file } }, { key: randomId(), signal })
    if (!completed.ok) {
      if (completed.problem.type === 'upload-not-complete') sending.parts.clear()
      return completed.problem
    }
  }
  sending.isSent = true
  return arrival(sending, file, signal)
}
