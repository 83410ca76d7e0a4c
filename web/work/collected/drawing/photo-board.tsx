import { useState } from 'react'
import { type Drawn, drawingLimits, drawingSide, type Ink, inks } from '../../../../shared/work/drawing.ts'
import { useTexts } from '../../../platform/catalogue.ts'
import { Button } from '../../../ui/button.tsx'
import { classes } from '../../../ui/classes.ts'
import { Photo } from '../../drawn/photo.tsx'
import { haveRoom } from './pen.ts'
import styles from './photo-board.module.css'
import { RemarkFields, RemarkNumbers } from './remark-fields.tsx'
import { texts } from './texts.ts'
import { type Tool, usePen } from './use-pen.ts'

type PhotoBoardProps = {
  readonly link: string
  readonly name: string
  readonly drawn: Drawn
  readonly onDraw: (drawn: Drawn) => void
  readonly onFailed: () => void
}

/** A mouse draws at once; a finger scrolls until a colour is chosen. */
const firstTool = (): Tool => (matchMedia('(pointer: fine)').matches ? 'red' : undefined)

/**
 * A photo that is written on: with a pen in three colours, or from the keyboard in remarks that have a number and a place.
 * The photo itself stays as it was handed in.
 */
export const PhotoBoard = ({ link, name, drawn, onDraw, onFailed }: PhotoBoardProps) => {
  const t = useTexts(texts)
  const [tool, setTool] = useState<Tool>(firstTool)
  const [before, setBefore] = useState<readonly Drawn[]>([])
  const [isFull, setFull] = useState(false)
  const { strokes, remarks } = drawn
  const change = (next: Drawn) => {
    setFull(false)
    setBefore([...before, drawn])
    onDraw(next)
  }
  const draw = (next: Drawn['strokes']) => (haveRoom(next) ? change({ strokes: next, remarks }) : setFull(true))
  const { handlers, shown } = usePen({ tool, strokes, onDraw: draw })
  const undo = () => {
    const last = before[before.length - 1]
    if (!last) return
    setFull(false)
    setBefore(before.slice(0, -1))
    onDraw(last)
  }
  const remark = () => {
    const middle = Math.round(drawingSide / 2)
    change({ strokes, remarks: [...remarks, { x: middle, y: middle, text: '' }] })
  }
  const isEmpty = strokes.length + remarks.length === 0
  return (
    <div className={styles.board}>
      <fieldset className={styles.tools} aria-label={t('work.drawing.tools')}>
        {inks.map(ink => (
          <PenButton key={ink} ink={ink} isOn={tool === ink} onPress={() => setTool(tool === ink ? undefined : ink)} />
        ))}
        <Button
          className={tool === 'eraser' ? styles.on : undefined}
          aria-pressed={tool === 'eraser'}
          variant="quiet"
          onClick={() => setTool(tool === 'eraser' ? undefined : 'eraser')}
          disabled={strokes.length === 0}
        >
          {t('work.drawing.eraser')}
        </Button>
        <Button variant="quiet" icon="undo" bare onClick={undo} disabled={before.length === 0}>
          {t('work.drawing.undo')}
        </Button>
        <Button
          variant="quiet"
          icon="trash"
          bare
          onClick={() => change({ strokes: [], remarks: [] })}
          disabled={isEmpty}
        >
          {t('work.drawing.clear')}
        </Button>
        <Button variant="quiet" icon="pin" onClick={remark} disabled={remarks.length >= drawingLimits.remarks}>
          {t('work.drawing.remark')}
        </Button>
      </fieldset>
      <Photo
        {...handlers}
        link={link}
        alt={t('work.drawing.photo', { name, strokes: strokes.length })}
        onFailed={onFailed}
        strokes={shown}
        className={classes(tool !== undefined && styles.drawing)}
      >
        <RemarkNumbers of={remarks} onMove={next => onDraw({ strokes, remarks: next })} />
      </Photo>
      <RemarkFields of={remarks} onChange={next => onDraw({ strokes, remarks: next })} />
      <p role="status" className={styles.soft}>
        {isFull ? t('work.drawing.full') : t('work.drawing.untouched')}
      </p>
    </div>
  )
}

type PenButtonProps = { readonly ink: Ink; readonly isOn: boolean; readonly onPress: () => void }

const PenButton = ({ ink, isOn, onPress }: PenButtonProps) => {
  const t = useTexts(texts)
  return (
    <button
      type="button"
      className={classes(styles.pen, isOn && styles.on)}
      aria-pressed={isOn}
      aria-label={t(`work.drawing.${ink}`)}
      title={t(`work.drawing.${ink}`)}
      onClick={onPress}
    >
      <span className={classes(styles.colour, styles[ink])} />
    </button>
  )
}
