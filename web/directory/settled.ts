import { useEffect, useState } from 'react'

/** Milliseconds without a key pressed after which a search is asked for: one request a word, not one a letter. */
const pause = 250

/** `value` as it was when typing last paused. */
export const useSettled = (value: string): string => {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
