import { useEffect, useState } from 'react'
import * as z from 'zod/mini'
import { localStore, safely } from '../../../platform/storage.ts'
import { ChosenFile } from '../../../ui/files/chosen-file.ts'

const Stored = z.array(ChosenFile)

/** True if two lists name the same files in one order. */
const areSame = (a: readonly ChosenFile[], b: readonly ChosenFile[]): boolean =>
  a.length === b.length && a.every(({ id }, at) => id === b[at]?.id)

/**
 * The files that are to be handed in, stored on this device beside the text (draft.ts) at each change. `start`: those that it
 * begins with, where nothing is stored.
 */
export const useFilesDraft = (person: string, piece: string, pupil: string, start: readonly ChosenFile[]) => {
  const key = `preau.work.hand-in.files.${person}.${piece}.${pupil}`
  const [files, change] = useState<readonly ChosenFile[]>(() => {
    const stored = safely(() => localStore.getItem(key))
    const found = z.safeParse(Stored, stored && safely(() => JSON.parse(stored)))
    return found.success ? found.data : start
  })
  const drop = (): void => void safely(() => localStore.removeItem(key))
  useEffect(() => {
    safely(() => (areSame(files, start) ? localStore.removeItem(key) : localStore.setItem(key, JSON.stringify(files))))
  }, [key, files, start])
  return { files, change, drop }
}
