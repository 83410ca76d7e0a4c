import { useState } from 'react'
import { type Drawn, drawingLimits } from '../../../../shared/work/drawing.ts'
import { useTexts } from '../../../platform/catalogue.ts'
import { usePdfPage } from '../../../ui/pdf/pdf-page.ts'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { PageBar } from '../../drawn/page-bar.tsx'
import { PhotoBoard } from './photo-board.tsx'
import { texts } from './texts.ts'

type PdfBoardProps = {
  readonly link: string
  readonly name: string
  /** What is written on a page. */
  readonly drawnOn: (page: number) => Drawn
  readonly onDraw: (page: number, drawn: Drawn) => void
  readonly onFailed: () => void
}

/** A PDF that is written on, page by page. */
export const PdfBoard = ({ link, name, drawnOn, onDraw, onFailed }: PdfBoardProps) => {
  const t = useTexts(texts)
  const [page, setPage] = useState(1)
  const { picture, pages = 1 } = usePdfPage(link, page, onFailed)
  const all = Math.min(pages, drawingLimits.page)
  const words = {
    said: t('work.drawing.page.at', { at: page, all }),
    before: t('work.drawing.page.before'),
    next: t('work.drawing.page.next'),
  }
  return (
    <>
      <PageBar at={page} all={all} words={words} onShow={setPage} />
      {picture === undefined ? (
        <Skeleton rows={6} />
      ) : (
        <PhotoBoard
          key={page}
          link={picture}
          name={t('work.drawing.page', { name, page })}
          drawn={drawnOn(page)}
          onDraw={drawn => onDraw(page, drawn)}
          onFailed={onFailed}
        />
      )}
    </>
  )
}
