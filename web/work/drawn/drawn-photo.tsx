import type { Drawn, Remark } from '../../../shared/work/drawing.ts'
import { useTexts } from '../../platform/catalogue.ts'
import styles from './photo.module.css'
import { Photo, placeOf } from './photo.tsx'
import { texts } from './texts.ts'

type DrawnPhotoProps = { readonly link: string; readonly name: string; readonly drawn: Drawn }

/** A photo with what the teacher wrote on it; the remarks follow by their numbers. */
export const DrawnPhoto = ({ link, name, drawn: { strokes, remarks } }: DrawnPhotoProps) => {
  const t = useTexts(texts)
  return (
    <Photo link={link} alt={t('work.drawn.alt', { name, strokes: strokes.length })} strokes={strokes}>
      {remarks.map((remark, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the number is what it is known by.
        <span key={at} className={styles.number} style={placeOf(remark)} aria-hidden="true">
          {at + 1}
        </span>
      ))}
    </Photo>
  )
}

/** Remarks by the numbers that stand on the photo. */
export const Remarks = ({ of }: { readonly of: readonly Remark[] }) => {
  const t = useTexts(texts)
  if (of.length === 0) return null
  return (
    <ol className={styles.remarks} aria-label={t('work.drawn.remarks')}>
      {of.map(({ text }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the number is what it is known by.
        <li key={at}>{text}</li>
      ))}
    </ol>
  )
}
