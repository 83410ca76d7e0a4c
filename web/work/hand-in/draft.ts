import { useEffect, useState } from 'react'
import { currentSession, useSession } from '../../platform/api.ts'
import { draftStore } from '../../platform/draft-store.ts'
import { safely } from '../../platform/storage.ts'

type Of = { readonly piece: string; readonly pupil: string }

const keyOf = (person: string, { piece, pupil }: Of) => `preau.work.hand-in.${person}.${piece}.${pupil}`

/** Deletes a draft that is the text that was handed in: what was written since stays. */
export const forgetDraft = (person: string, of: Of, text: string): void => {
  const [store, key] = [draftStore(currentSession()), keyOf(person, of)]
  safely(() => {
    if (store.getItem(key)?.trim() === text) store.removeItem(key)
  })
}

/**
 * A text that is written to be handed in, stored on this device at each change: of a shared one for as long as the session. `start`: what it begins with, where
 * nothing is stored.
 */
export const useHandInDraft = (person: string, of: Of, start = '') => {
  const key = keyOf(person, of)
  const session = useSession()
  // Of the session in which the form was opened.
  const [store] = useState(() => draftStore(session))
  const [text, change] = useState(() => safely(() => store.getItem(key)) ?? start)
  useEffect(() => {
    safely(() => (text === start ? store.removeItem(key) : store.setItem(key, text)))
  }, [store, key, text, start])
  return { text, change }
}
