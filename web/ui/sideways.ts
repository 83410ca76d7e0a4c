import { useEffect, useRef } from 'react'

/** -1: to what is before, 1: to what is next. */
export type Way = -1 | 1

/** A finger's move: CSS pixels, from where it began to where it ended. */
export type Stroke = { readonly x: number; readonly across: number; readonly down: number }

/** Pixels that a finger moves at least to turn over a week, and those at the screen's edges, which are the browser's own. */
const least = 64
const edge = 24

/** Which way a move of one finger leads; undefined: it scrolls, is too short, or begins where the browser goes back. */
export const wayOf = ({ x, across, down }: Stroke, width: number): Way | undefined => {
  if (x < edge || x > width - edge || Math.abs(across) < least || Math.abs(across) < 2 * Math.abs(down))
    return undefined
  return across < 0 ? 1 : -1
}

/** Where arrows or fingers do something else: fields, what lies over the page, and what scrolls sideways itself. */
const isTaken = (target: EventTarget | null): boolean => {
  if (!(target instanceof Element)) return false
  if (target.closest('input, textarea, select, dialog, audio, video, [contenteditable], [role="slider"]')) return true
  for (let at: Element | null = target; at && at !== document.documentElement; at = at.parentElement)
    if (at.scrollWidth > at.clientWidth && /auto|scroll/.test(getComputedStyle(at).overflowX)) return true
  return false
}

const ways: Readonly<Record<string, Way>> = { ArrowLeft: -1, ArrowRight: 1 }

/**
 * Calls `go` for the keys ← and →, and for a finger that is moved to the right (what is before) or to the left (what is
 * next), wherever on the page; not in fields and dialogs. What they lead to needs buttons as well: nobody has to swipe
 * (WCAG 2.5.1), and a screen reader keeps the arrows for itself.
 */
export const useSideways = (go: (way: Way) => void): void => {
  const latest = useRef(go)
  useEffect(() => {
    latest.current = go
  })
  useEffect(() => {
    const stopped = new AbortController()
    const { signal } = stopped
    let began: { readonly x: number; readonly y: number } | undefined
    const onKey = (event: KeyboardEvent) => {
      const way = ways[event.key]
      const isModified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey
      if (
        !way ||
        isModified ||
        event.defaultPrevented ||
        isTaken(event.target) ||
        document.querySelector('dialog[open]')
      )
        return
      event.preventDefault()
      latest.current(way)
    }
    const onStart = ({ touches, target }: TouchEvent) => {
      const [one, another] = touches
      began = one && !another && !isTaken(target) ? { x: one.clientX, y: one.clientY } : undefined
    }
    const onEnd = ({ changedTouches: [one] }: TouchEvent) => {
      if (!began || !one) return
      const way = wayOf({ x: began.x, across: one.clientX - began.x, down: one.clientY - began.y }, innerWidth)
      began = undefined
      if (way) latest.current(way)
    }
    const onCancel = () => {
      began = undefined
    }
    addEventListener('keydown', onKey, { signal })
    addEventListener('touchstart', onStart, { signal, passive: true })
    addEventListener('touchend', onEnd, { signal, passive: true })
    addEventListener('touchcancel', onCancel, { signal, passive: true })
    return () => stopped.abort()
  }, [])
}
