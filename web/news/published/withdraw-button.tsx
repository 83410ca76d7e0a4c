import { useState } from 'react'
import type { PublishedNews } from '../../../shared/news/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { useWrite } from '../../platform/write.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toast } from '../../ui/toast.tsx'
import { writes } from '../writes.ts'
import { texts } from './texts.ts'

/** Withdraws a publication after a confirmation: it cannot be published again with the signatures it has. */
export const WithdrawButton = ({ news }: { readonly news: PublishedNews }) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const [isAsked, setAsked] = useState(false)
  const { send, state, failure } = useWrite(writes.withdraw)
  const onDone = () => {
    setAsked(false)
    toast({ text: t('news.withdrawn') })
  }
  return (
    <>
      <Button variant="danger" icon="close" onClick={() => setAsked(true)}>
        {t('news.withdraw')}
      </Button>
      <Dialog
        open={isAsked}
        onClose={() => setAsked(false)}
        title={t('news.withdraw.title')}
        actions={
          <>
            <Button
              variant="danger"
              busy={state === 'sending'}
              onClick={() => send({ params: { news: news.id } }, { onDone })}
            >
              {t('news.withdraw')}
            </Button>
            <Button onClick={() => setAsked(false)}>{t('news.withdraw.keep')}</Button>
          </>
        }
      >
        <p>{t('news.withdraw.hint')}</p>
        {failure && (
          <Banner tone="error" role="alert">
            {words(failure)}
          </Banner>
        )}
      </Dialog>
    </>
  )
}
