import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react'
import { drawingLimits, drawingSide, type Remark } from '../../../../shared/work/drawing.ts'
import { useTexts } from '../../../platform/catalogue.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { placeOf } from '../../drawn/photo.tsx'
import { placeIn } from './pen.ts'
import styles from './photo-board.module.css'
import { texts } from './texts.ts'

/** Positions by which an arrow key moves a number; with the shift key five times as many. */
const step = 100

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

const within = (position: number): number => Math.min(drawingSide, Math.max(0, position))

type NumbersProps = { readonly of: readonly Remark[]; readonly onMove: (remarks: Remark[]) => void }

/** The numbers of remarks on the photo: each is moved by dragging it, or by the arrow keys. */
export const RemarkNumbers = ({ of, onMove }: NumbersProps) => {
  const t = useTexts(texts)
  const move = (moved: number, place: Pick<Remark, 'x' | 'y'>) =>
    onMove(of.map((one, at) => (at === moved ? { ...one, ...place } : one)))
  const onKeyDown =
    (at: number, { x, y }: Remark) =>
    (event: KeyboardEvent) => {
      const [dx, dy] = arrows[event.key] ?? []
      if (dx === undefined || dy === undefined || event.altKey) return
      event.preventDefault()
      const by = event.shiftKey ? 5 * step : step
      move(at, { x: within(x + dx * by), y: within(y + dy * by) })
    }
  const onPointerMove = (at: number) => (event: PointerEvent<HTMLButtonElement>) => {
    const photo = event.currentTarget.parentElement
    if (!photo || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    const [x, y] = placeIn(photo.getBoundingClientRect(), event)
    move(at, { x, y })
  }
  return of.map((remark, at) => (
    <button
      // biome-ignore lint/suspicious/noArrayIndexKey: the number is what it is known by.
      key={at}
      type="button"
      className={styles.number}
      style={placeOf(remark)}
      aria-label={t('work.drawing.number', { number: at + 1, text: remark.text })}
      onKeyDown={onKeyDown(at, remark)}
      onPointerDown={event => {
        // It is moved, and nothing drawn.
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={onPointerMove(at)}
    >
      {at + 1}
    </button>
  ))
}

type FieldsProps = { readonly of: readonly Remark[]; readonly onChange: (remarks: Remark[]) => void }

/** The words of remarks, by their numbers. A new one has the focus. */
export const RemarkFields = ({ of, onChange }: FieldsProps) => {
  const t = useTexts(texts)
  const last = useRef<HTMLInputElement>(null)
  const known = useRef(of.length)
  useEffect(() => {
    if (of.length > known.current && of[of.length - 1]?.text === '') last.current?.focus()
    known.current = of.length
  }, [of])
  if (of.length === 0) return null
  return (
    <ol className={styles.remarks} aria-label={t('work.drawing.remarks')}>
      {of.map((remark, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the number is what it is known by.
        <li key={at} className={styles.remark}>
          <TextField
            label={t('work.drawing.remark.of', { number: at + 1 })}
            value={remark.text}
            maxLength={drawingLimits.remark}
            autoComplete="off"
            {...(at === of.length - 1 && { ref: last })}
            onChange={text => onChange(of.map((one, index) => (index === at ? { ...one, text } : one)))}
          />
          <Button bare variant="quiet" icon="close" onClick={() => onChange(of.filter((_, index) => index !== at))}>
            {t('work.drawing.remark.remove', { number: at + 1 })}
          </Button>
        </li>
      ))}
    </ol>
  )
}
