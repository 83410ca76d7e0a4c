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

type Act = NonNullable<Reader['paper']>

/** Who entered what came on paper, or took it back, and when. */
export const PaperActs = ({ reader: { paper, paperTakenBack } }: { readonly reader: Reader }) => {
  const t = useTexts(texts)
  const dates = useDates()
  const told = (act: 'entered' | 'back', { at, by }: Act): string => {
    const when = dates.dayTime(at)
    return by ? t(`news.paper.${act}`, { name: spokenName(by), when }) : t(`news.paper.${act}.by-former`, { when })
  }
  if (paper) return told('entered', paper)
  return paperTakenBack && told('back', paperTakenBack)
}
