import { newsContract } from '../../../shared/news/contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { useWrite } from '../../platform/write.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { texts } from './texts.ts'

type RemindButtonProps = {
  readonly news: string
  readonly state: 'unseen' | 'unsigned'
  readonly group: string | undefined
}

/** Reminds those, and only those, who have not seen or signed; then says how many that was. */
export const RemindButton = ({ news, state: of, group }: RemindButtonProps) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const { send, state, failure, reply } = useWrite(newsContract.routes.remind)
  if (reply) return <Banner role="status">{t('news.remind.done', { people: reply.people })}</Banner>
  return (
    <div>
      <Button
        look="primary"
        icon="bell"
        busy={state === 'sending'}
        onClick={() => send({ params: { news }, body: { state: of, ...(group !== undefined && { group }) } })}
      >
        {t(of === 'unseen' ? 'news.remind.unseen' : 'news.remind.unsigned')}
      </Button>
      {failure && (
        <Banner tone="error" role="alert">
          {words(failure)}
        </Banner>
      )}
    </div>
  )
}
