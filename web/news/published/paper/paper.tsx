import { listName, spokenName } from '../../../../shared/kernel/names.ts'
import type { Reader } from '../../../../shared/news/shapes.ts'
import { useTexts } from '../../../platform/catalogue.ts'
import { useDates } from '../../../platform/dates.ts'
import { Button } from '../../../ui/button.tsx'
import { texts } from './texts.ts'

/** Beside somebody who signs: enters what came back on paper, or corrects it. */
export const PaperButton = ({ reader, onEnter }: { readonly reader: Reader; readonly onEnter: () => void }) => {
  const t = useTexts(texts)
  const what = reader.paper ? 'correct' : 'enter'
  return (
    <Button
      variant="quiet"
      icon="pen"
      aria-label={t(`news.paper.${what}.for`, { name: listName(reader) })}
      onClick={onEnter}
    >
      {t(`news.paper.${what}`)}
    </Button>
  )
}

/** Who entered what came on paper, and when. */
export const PaperEntered = ({ paper: { at, by } }: { readonly paper: NonNullable<Reader['paper']> }) => {
  const t = useTexts(texts)
  const dates = useDates()
  const when = dates.dayTime(at)
  return (
    <>{by ? t('news.paper.entered', { name: spokenName(by), when }) : t('news.paper.entered.by-former', { when })}</>
  )
}
