import { type ComponentProps, type ReactNode, type Ref, useState } from 'react'
import { drawingSide, type Stroke } from '../../../shared/work/drawing.ts'
import { classes } from '../../ui/classes.ts'
import { type Aspect, pathOf, viewBoxOf } from './line.ts'
import styles from './photo.module.css'

type PhotoProps = Omit<ComponentProps<'div'>, 'children' | 'ref'> & {
  readonly link: string
  readonly alt: string
  readonly onFailed?: (() => void) | undefined
  readonly ref?: Ref<HTMLDivElement>
  readonly strokes: readonly Stroke[]
  /** What lies over it. */
  readonly children?: ReactNode
}

/** A photo with what is drawn on it laid over: the picture itself is as it was handed in. */
export const Photo = ({ link, alt, onFailed, strokes, children, className, ...rest }: PhotoProps) => {
  const [aspect, setAspect] = useState<Aspect>()
  return (
    <div {...rest} className={classes(styles.photo, className)}>
      <img
        className={styles.image}
        src={link}
        alt={alt}
        decoding="async"
        draggable={false}
        onError={onFailed}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => setAspect(naturalHeight / naturalWidth)}
      />
      {aspect !== undefined && (
        <>
          <svg className={styles.ink} viewBox={viewBoxOf(aspect)} aria-hidden="true" focusable="false">
            {strokes.map((stroke, at) => {
              const path = pathOf(stroke.points, aspect)
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: strokes have no name, and are drawn anew when one goes.
                <g key={at}>
                  <path d={path} className={styles.halo} />
                  <path d={path} className={styles[stroke.ink]} />
                </g>
              )
            })}
          </svg>
          {children}
        </>
      )}
    </div>
  )
}

/** Where something stands on a photo. */
export const placeOf = ({ x, y }: { readonly x: number; readonly y: number }) => ({
  left: `${(100 * x) / drawingSide}%`,
  top: `${(100 * y) / drawingSide}%`,
})
