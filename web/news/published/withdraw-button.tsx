import type { PublishedNews } from '../../../shared/news/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { useWrite } from '../../platform/write.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { writes } from '../writes.ts'
import { texts } from './texts.ts'

type Of = { readonly news: Pick<PublishedNews, 'id'> }

/** Brings a withdrawn publication back, and says why where that fails. */
const useRestore = ({ news }: Of) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const { send, state } = useWrite(writes.restore)
  const restore = (): void =>
    send(
      { params: { news: news.id } },
      {
        onDone: () => toast({ text: t('news.restored') }),
        onFailed: failure => toast({ text: words(failure) }),
      },
    )
  return { restore, isSending: state === 'sending' }
}

/** Withdraws a publication at once; the toast undoes it, and so does RestoreButton later. */
export const WithdrawButton = ({ news }: Of) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const { restore } = useRestore({ news })
  const { send, state, failure } = useWrite(writes.withdraw)
  const onDone = () => toast({ text: t('news.withdrawn'), undo: restore })
  return (
    <>
      <Button
        variant="danger"
        icon="close"
        busy={state === 'sending'}
        onClick={() => send({ params: { news: news.id } }, { onDone })}
      >
        {t('news.withdraw')}
      </Button>
      {failure && (
        <Banner tone="error" role="alert">
          {words(failure)}
        </Banner>
      )}
    </>
  )
}

/** Brings a withdrawn publication back, with its marks and signatures. */
export const RestoreButton = ({ news }: Of) => {
  const t = useTexts(texts)
  const { restore, isSending } = useRestore({ news })
  return (
    <Button icon="undo" busy={isSending} onClick={restore}>
      {t('news.restore')}
    </Button>
  )
}
