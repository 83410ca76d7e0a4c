import * as z from 'zod/mini'
import { Count } from '../../../shared/kernel/count.ts'
import { TimeId } from '../../../shared/kernel/ids.ts'
import type { Failure } from '../../platform/failure.ts'

/**
 * A file that is to hang on what is written: a document of one's own space, or a file that hangs there already. `onDevice`:
 * one that is kept on this device, and becomes a document before what names it is sent (platform/device-files/files.ts).
 */
export const ChosenFile = z.object({
  ...{ id: TimeId, name: z.string(), length: Count, type: z.string() },
  onDevice: z.optional(z.literal(true)),
})
export type ChosenFile = z.infer<typeof ChosenFile>

type Hung = { readonly file: string; readonly name: string; readonly length: number; readonly type: string }

/** The files that hang on an item, as the form that changes it begins with them. */
export const chosenOf = (attachments: readonly Hung[] = []): ChosenFile[] =>
  attachments.map(({ file: id, name, length, type }) => ({ id, name, length, type }))

/** What is sent of chosen files. Nothing of a draft from before there were any: then those that hang there stay. */
export const sentFiles = (files: readonly ChosenFile[] | undefined): { attachments?: string[] } =>
  files === undefined ? {} : { attachments: files.map(({ id }) => id) }

/** Of chosen files those that are kept on this device, by their ids there. */
export const onDeviceOf = (files: readonly ChosenFile[]): readonly string[] =>
  files.flatMap(({ id, onDevice }) => (onDevice ? [id] : []))

const path = /^body\.attachments\.(\d+)$/

/** The chosen file that the API refused, if that is why it refused what was sent. */
export const refusedFile = (
  failure: Failure | undefined,
  files: readonly ChosenFile[] | undefined,
): ChosenFile | undefined => {
  const [at] = (failure?.errors ?? []).flatMap(error => path.exec(error.path)?.[1] ?? [])
  return at === undefined ? undefined : files?.[Number(at)]
}
