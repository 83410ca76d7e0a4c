import { type PointerEvent, useRef, useState } from 'react'
import type { Ink, Stroke } from '../../../../shared/work/drawing.ts'
import { erased, type Place, placeIn, strokesOf } from './pen.ts'

/** What a pointer does on the photo. Undefined: nothing, so that a finger scrolls. */
export type Tool = Ink | 'eraser' | undefined

type Pen = {
  readonly tool: Tool
  readonly strokes: readonly Stroke[]
  readonly onDraw: (strokes: Stroke[]) => void
}

/**
 * Draws with a mouse, a finger or a pen: one pointer at a time, so that a hand that rests beside a pen draws nothing. What
 * is being drawn is seen at once and becomes a stroke when the pointer is lifted.
 */
export const usePen = ({ tool, strokes, onDraw }: Pen) => {
  const pointer = useRef<number>(undefined)
  const [line, setLine] = useState<readonly Place[]>([])
  const [left, setLeft] = useState<Stroke[]>()
  const placesOf = (event: PointerEvent<HTMLDivElement>): Place[] => {
    const shape = event.currentTarget.getBoundingClientRect()
    const moves = event.nativeEvent.getCoalescedEvents?.() ?? []
    return (moves.length > 0 ? moves : [event.nativeEvent]).map(move => placeIn(shape, move))
  }
  const go = (places: readonly Place[]): void => {
    if (tool === 'eraser') setLeft((rest = [...strokes]) => places.reduce(erased, rest))
    else setLine(before => [...before, ...places])
  }
  const end = (): void => {
    pointer.current = undefined
    setLine([])
    setLeft(undefined)
  }
  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      if (tool === undefined || pointer.current !== undefined || event.button !== 0) return
      pointer.current = event.pointerId
      event.currentTarget.setPointerCapture(event.pointerId)
      go(placesOf(event))
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      if (event.pointerId === pointer.current) go(placesOf(event))
    },
    onPointerUp: (event: PointerEvent<HTMLDivElement>) => {
      if (event.pointerId !== pointer.current) return
      if (tool === 'eraser' && left && left.length < strokes.length) onDraw(left)
      else if (tool !== undefined && tool !== 'eraser' && line.length > 0) {
        // Lifted where it was set down: a dot, which has two ends.
        const whole = line.length === 1 ? [...line, ...line] : line
        onDraw([...strokes, ...strokesOf(tool, whole)])
      }
      end()
    },
    onPointerCancel: end,
  }
  const shown: readonly Stroke[] =
    tool !== undefined && tool !== 'eraser' && line.length > 0
      ? [...strokes, { ink: tool, points: [...line, ...line.slice(-1)].flat() }]
      : (left ?? strokes)
  return { handlers, shown }
}
