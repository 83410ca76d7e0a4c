import { useEffect, useState } from 'react'

/** `value` as it was when it last stayed the same for `delay` milliseconds. */
export const useDebounced = (value: string, delay: number): string => {
  const [debounced, setDebounced] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(value), delay)
    return () => clearTimeout(timer)
  }, [value, delay])
  return debounced
}
