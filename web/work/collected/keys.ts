import { useEffect, useEffectEvent } from 'react'

/** What a key does, or nothing where it is left to the browser. */
type Act = (() => void) | undefined

/**
 * Keys that act wherever the focus is on a screen: those with Alt by the physical key, as keyboards type other letters with
 * it. What is done with a key is not typed.
 */
export const useKeys = (actOf: (event: KeyboardEvent) => Act): void => {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const act = actOf(event)
    if (!act) return
    event.preventDefault()
    act()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event)
    addEventListener('keydown', listener)
    return () => removeEventListener('keydown', listener)
  }, [])
}

/** True of a key pressed with Alt and nothing else. */
export const isAlt = ({ altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean =>
  altKey && !ctrlKey && !metaKey && !shiftKey

/** The number of a digit key, from 1; undefined of other keys. */
export const digitOf = ({ code }: KeyboardEvent): number | undefined => {
  const digit = /^Digit([1-9])$/.exec(code)?.[1]
  return digit === undefined ? undefined : Number(digit)
}
