import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { newsContract } from '../../../shared/news/contract.ts'
import type { PublishedNews } from '../../../shared/news/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { useWrite } from '../../platform/write.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toast } from '../../ui/toast.tsx'
import { noteWritten } from '../data/published.ts'
import { texts } from './texts.ts'

/** Takes a publication back, once its author was told what that means: what people have signed cannot be published again. */
export const WithdrawButton = ({ news }: { readonly news: PublishedNews }) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const client = useQueryClient()
  const [isAsked, setAsked] = useState(false)
  const { send, state, failure } = useWrite(newsContract.routes.withdraw, {
    onDone: () => {
      setAsked(false)
      noteWritten(client, { ...news, state: 'withdrawn', version: news.version + 1 })
      toast({ text: t('news.withdrawn') })
    },
  })
  return (
    <>
      <Button look="danger" icon="close" onClick={() => setAsked(true)}>
        {t('news.withdraw')}
      </Button>
      <Dialog
        open={isAsked}
        onClose={() => setAsked(false)}
        title={t('news.withdraw.title')}
        actions={
          <>
            <Button look="danger" busy={state === 'sending'} onClick={() => send({ params: { news: news.id } })}>
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
