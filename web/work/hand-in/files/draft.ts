import { useEffect, useState } from 'react'
import * as z from 'zod/mini'
import { currentSession, useSession } from '../../../platform/api.ts'
import { draftStore } from '../../../platform/draft-store.ts'
import { safely } from '../../../platform/storage.ts'
import { ChosenFile } from '../../../ui/files/chosen-file.ts'

const Stored = z.array(ChosenFile)

type Of = { readonly piece: string; readonly pupil: string }
type Named = { readonly id: string }

/** True if two lists name the same files in one order. */
const areSame = (a: readonly Named[], b: readonly Named[]): boolean =>
  a.length === b.length && a.every(({ id }, at) => id === b[at]?.id)

const keyOf = (person: string, { piece, pupil }: Of) => `preau.work.hand-in.files.${person}.${piece}.${pupil}`

const stored = (store: Storage, key: string): readonly ChosenFile[] | undefined => {
  const found = z.safeParse(
    Stored,
    safely(() => JSON.parse(store.getItem(key) ?? '')),
  )
  return found.success ? found.data : undefined
}

/** Deletes a draft of the files that were handed in: what was chosen since stays. */
export const forgetFilesDraft = (person: string, of: Of, files: readonly Named[]): void => {
  const [store, key] = [draftStore(currentSession()), keyOf(person, of)]
  if (areSame(stored(store, key) ?? [], files)) safely(() => store.removeItem(key))
}

/**
 * The files that are to be handed in, stored on this device beside the text (draft.ts) at each change. `start`: those that it
 * begins with, where nothing is stored.
 */
export const useFilesDraft = (person: string, of: Of, start: readonly ChosenFile[]) => {
  const key = keyOf(person, of)
  const session = useSession()
  // Of the session in which the form was opened.
  const [store] = useState(() => draftStore(session))
  const [files, change] = useState(() => stored(store, key) ?? start)
  useEffect(() => {
    safely(() => (areSame(files, start) ? store.removeItem(key) : store.setItem(key, JSON.stringify(files))))
  }, [store, key, files, start])
  return { files, change }
}
