import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import type { useDraftForm } from './draft-form.ts'
import { texts } from './texts.ts'

type DraftBannerProps = {
  readonly draft: ReturnType<typeof useDraftForm>
  /** The version of the news item that is edited. Absent: a new one is written. */
  readonly version?: number
}

/** Above the form: that its draft was found, or that another tab has changed it, and what can be done. */
export const DraftBanner = ({ draft, version }: DraftBannerProps) => {
  const t = useTexts(texts)
  const dates = useDates()
  const { found, isElsewhere } = draft
  if (isElsewhere)
    return (
      <Banner
        tone="warn"
        role="alert"
        action={
          <>
            <Button variant="quiet" onClick={draft.keep}>
              {t('news.draft.keep')}
            </Button>
            <Button variant="quiet" onClick={draft.take}>
              {t('news.draft.take')}
            </Button>
          </>
        }
      >
        {t('news.draft.elsewhere')}
      </Banner>
    )
  if (!found) return null
  const isOutdated = version !== undefined && found.version !== version
  const kind = version === undefined ? 'restored' : isOutdated ? 'found-outdated' : 'found-edit'
  return (
    <Banner
      tone={isOutdated ? 'warn' : 'info'}
      action={
        <Button variant="quiet" onClick={() => toast({ text: t('news.draft.discarded'), undo: draft.clear() })}>
          {t(version === undefined ? 'news.draft.discard' : 'news.draft.discard-edit')}
        </Button>
      }
    >
      {t(`news.draft.${kind}`, { when: dates.dayTime(found.at) })}
    </Banner>
  )
}

const words = { stored: 'saved', kept: 'kept', failed: 'unsaved' } as const

/** Beside the button: whether the draft is stored. */
export const DraftState = ({ draft: { stored, isElsewhere } }: Pick<DraftBannerProps, 'draft'>) => {
  const t = useTexts(texts)
  if (stored === 'nothing' || isElsewhere) return null
  return <p role="status">{t(`news.draft.${words[stored]}`)}</p>
}
