import { useState } from 'react'
import type { Drawing } from '../../../shared/work/drawing.ts'
import type { HandIn } from '../../../shared/work/hand-in.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useOnline } from '../../platform/online.ts'
import { texts as ui } from '../../ui/files/texts.ts'
import { PageBar } from '../../ui/page-bar.tsx'
import { DrawnPage } from '../drawn/drawn-page.tsx'
import { DrawnPhoto, Remarks } from '../drawn/drawn-photo.tsx'
import { texts } from '../drawn/texts.ts'
import styles from './hand-in.module.css'

type Of = Pick<HandIn, 'versions'>

/** The photo of a drawing, where the reader has it. */
const photoOf = ({ versions }: Of, { version, file }: Drawing) =>
  versions.find(({ id }) => id === version)?.files?.find(one => one.file === file)

/** Photos, and pages of PDFs, that were given back with what the teacher wrote on them, one at a time. A reader who has no photo reads the remarks. */
export const ReturnedPhotos = ({ of, drawings }: { readonly of: Of; readonly drawings: readonly Drawing[] }) => {
  const t = useTexts(texts, ui)
  const isOnline = useOnline()
  const [at, setAt] = useState(0)
  // In the order of their pages.
  const pages = of.versions.flatMap(({ files = [] }) => files.map(one => one.file))
  const said = drawings.filter(one => photoOf(of, one) !== undefined || one.remarks.length > 0)
  const inOrder = said.sort((a, b) => pages.indexOf(a.file) - pages.indexOf(b.file) || (a.page ?? 0) - (b.page ?? 0))
  const drawing = inOrder[Math.min(at, inOrder.length - 1)]
  if (!drawing) return null
  const photo = photoOf(of, drawing)
  const words = {
    said: t('ui.file.page', { at: at + 1, all: inOrder.length }),
    before: t('ui.file.page.before'),
    next: t('ui.file.page.next'),
  }
  return (
    <>
      <PageBar at={at + 1} all={inOrder.length} words={words} onShow={shown => setAt(shown - 1)} />
      {photo?.link !== undefined &&
        isOnline &&
        (drawing.page === undefined ? (
          <DrawnPhoto link={photo.link} name={photo.name} drawn={drawing} />
        ) : (
          <DrawnPage
            key={`${drawing.file} ${drawing.page}`}
            link={photo.link}
            name={photo.name}
            page={drawing.page}
            drawn={drawing}
          />
        ))}
      {photo && !isOnline && <p className={styles.soft}>{t('ui.file.offline')}</p>}
      <Remarks of={drawing.remarks} />
    </>
  )
}
