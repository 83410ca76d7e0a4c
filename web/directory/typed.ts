import { useEffect, useRef, useState } from 'react'
import { useDebounced } from '../platform/debounced.ts'

/** Milliseconds without a key pressed after which a search is requested: one request a word, not one a letter. */
const searchDelay = 250

/** What is typed, which goes into the address once typing pauses, and comes back from there with Back. */
export const useTyped = (searched: string, onSearch: (search: string) => void) => {
  const [typed, setTyped] = useState(searched)
  const sent = useRef(searched)
  const asked = useDebounced(typed.trim(), searchDelay)
  const send = useRef(onSearch)
  send.current = onSearch
  useEffect(() => {
    if (asked === sent.current) return
    sent.current = asked
    send.current(asked)
  }, [asked])
  useEffect(() => {
    if (searched === sent.current) return
    sent.current = searched
    setTyped(searched)
  }, [searched])
  return [typed, setTyped] as const
}
