import { useTexts } from '../../platform/catalogue.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import type { useDraft } from './draft.ts'
import { texts } from './texts.ts'

type DraftBannerProps = {
  readonly draft: Pick<ReturnType<typeof useDraft>, 'found' | 'drop'>
  readonly isEdit?: boolean
}

/** Above the form: that its draft was found, and how to do without it. */
export const DraftBanner = ({ draft: { found, drop }, isEdit = false }: DraftBannerProps) => {
  const t = useTexts(texts)
  if (!found) return null
  const isOutdated = isEdit && found.isOutdated
  return (
    <Banner
      role="status"
      tone={isOutdated ? 'warn' : 'info'}
      action={
        <Button variant="quiet" onClick={drop}>
          {t(isEdit ? 'work.set.draft.drop-edit' : 'work.set.draft.drop')}
        </Button>
      }
    >
      {t(isOutdated ? 'work.set.draft.outdated' : isEdit ? 'work.set.draft.edit' : 'work.set.draft')}
    </Banner>
  )
}
