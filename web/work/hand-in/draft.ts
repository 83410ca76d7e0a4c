import { useEffect, useState } from 'react'
import { localStore, safely } from '../../platform/storage.ts'

type Of = { readonly piece: string; readonly pupil: string }

const keyOf = (person: string, { piece, pupil }: Of) => `preau.work.hand-in.${person}.${piece}.${pupil}`

/** Deletes a draft that is the text that was handed in: what was written since stays. */
export const forgetDraft = (person: string, of: Of, text: string): void => {
  const key = keyOf(person, of)
  safely(() => {
    if (localStore.getItem(key)?.trim() === text) localStore.removeItem(key)
  })
}

/**
 * A text that is written to be handed in, stored on this device at each change. `start`: what it begins with, where
 * nothing is stored.
 */
export const useHandInDraft = (person: string, of: Of, start = '') => {
  const key = keyOf(person, of)
  const [text, change] = useState(() => safely(() => localStore.getItem(key)) ?? start)
  useEffect(() => {
    safely(() => (text === start ? localStore.removeItem(key) : localStore.setItem(key, text)))
  }, [key, text, start])
  return { text, change }
}
