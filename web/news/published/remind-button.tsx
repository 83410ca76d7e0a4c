import { useTexts } from '../../platform/catalogue.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { useWrite } from '../../platform/write.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { writes } from '../writes.ts'
import { texts } from './texts.ts'

type RemindButtonProps = {
  readonly news: string
  readonly state: 'unseen' | 'unsigned'
  readonly group: string | undefined
}

/** Reminds the people who have not seen or signed, then shows how many they were. */
export const RemindButton = ({ news, state: of, group }: RemindButtonProps) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const { send, state, failure, reply } = useWrite(writes.remind)
  if (reply) return <Banner role="status">{t('news.remind.done', { people: reply.people })}</Banner>
  return (
    <div>
      <Button
        variant="primary"
        icon="bell"
        busy={state === 'sending'}
        onClick={() => send({ params: { news }, body: { state: of, group } })}
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
