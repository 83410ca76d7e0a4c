import { type Drawn, drawingLimits } from '../../../../shared/work/drawing.ts'
import { useTexts } from '../../../platform/catalogue.ts'
import { texts } from '../../../ui/files/texts.ts'
import { PdfPages } from '../../../ui/pdf/pdf-pages.tsx'
import { PhotoBoard } from './photo-board.tsx'

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
  return (
    <PdfPages
      link={link}
      onFailed={onFailed}
      last={drawingLimits.page}
      show={(picture, page) => (
        <PhotoBoard
          key={page}
          link={picture}
          name={t('ui.file.page.of', { name, page })}
          drawn={drawnOn(page)}
          onDraw={drawn => onDraw(page, drawn)}
          onFailed={onFailed}
        />
      )}
    />
  )
}
