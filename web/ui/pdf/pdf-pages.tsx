import { type ReactNode, useState } from 'react'
import { useTexts } from '../../platform/catalogue.ts'
import { texts } from '../files/texts.ts'
import { PageBar } from '../page-bar.tsx'
import { Skeleton } from '../skeleton.tsx'
import { usePdfPage } from './pdf-page.ts'

type PdfPagesProps = {
  readonly link: string
  /** Called where the PDF cannot be fetched, opened or drawn. */
  readonly onFailed: () => void
  /** The last page that can be turned to. Absent: the PDF's own. */
  readonly last?: number
  readonly show: (picture: string, page: number) => ReactNode
}

/** A PDF page by page, each drawn here as a picture. */
export const PdfPages = ({ link, onFailed, last, show }: PdfPagesProps) => {
  const t = useTexts(texts)
  const [page, setPage] = useState(1)
  const { picture, pages = 1 } = usePdfPage(link, page, onFailed)
  const all = Math.min(pages, last ?? pages)
  const words = {
    said: t('ui.file.page', { at: page, all }),
    before: t('ui.file.page.before'),
    next: t('ui.file.page.next'),
  }
  return (
    <>
      <PageBar at={page} all={all} words={words} onShow={setPage} />
      {picture === undefined ? <Skeleton rows={6} /> : show(picture, page)}
    </>
  )
}
