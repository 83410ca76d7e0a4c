import { useState } from 'react'
import type { Drawn } from '../../../shared/work/drawing.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { texts as ui } from '../../ui/files/texts.ts'
import { usePdfPage } from '../../ui/pdf/pdf-page.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { DrawnPhoto } from './drawn-photo.tsx'
import { texts } from './texts.ts'

type DrawnPageProps = { readonly link: string; readonly name: string; readonly page: number; readonly drawn: Drawn }

/** A page of a PDF with what the teacher wrote on it. Where it cannot be drawn here, the remarks that follow say the rest. */
export const DrawnPage = ({ link, name, page, drawn }: DrawnPageProps) => {
  const t = useTexts(texts, ui)
  const [isFailed, setFailed] = useState(false)
  const { picture } = usePdfPage(link, page, () => setFailed(true))
  if (isFailed) return <p>{t('work.drawn.page.failed', { name, page, strokes: drawn.strokes.length })}</p>
  if (picture === undefined) return <Skeleton rows={6} />
  return <DrawnPhoto link={picture} name={t('ui.file.page.of', { name, page })} drawn={drawn} />
}
