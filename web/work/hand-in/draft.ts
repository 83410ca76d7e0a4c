import { useEffect, useState } from 'react'
import { localStore, safely } from '../../platform/storage.ts'

/**
 * A text that is written to be handed in, stored on this device at each change. `start`: what it begins with, where
 * nothing is stored.
 */
export const useHandInDraft = (person: string, piece: string, pupil: string, start = '') => {
  const key = `preau.work.hand-in.${person}.${piece}.${pupil}`
  const [text, change] = useState(() => safely(() => localStore.getItem(key)) ?? start)
  const drop = (): void => void safely(() => localStore.removeItem(key))
  useEffect(() => {
    safely(() => (text === start ? localStore.removeItem(key) : localStore.setItem(key, text)))
  }, [key, text, start])
  return { text, change, drop }
}
