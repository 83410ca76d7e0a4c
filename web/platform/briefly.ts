import { useEffect, useState } from 'react'

/** Milliseconds for which a screen waits for what is private. */
const patience = 1_500

/** `isLoading`, but false once it has lasted for too long: what else there is to show waits no longer. */
export const useBriefly = (isLoading: boolean): boolean => {
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    if (!isLoading) return undefined
    const timer = setTimeout(() => setLate(true), patience)
    return () => clearTimeout(timer)
  }, [isLoading])
  return isLoading && !isLate
}
