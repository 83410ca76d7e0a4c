import { useQueryClient } from '@tanstack/react-query'
import { editionOf, isOpenToAnswers } from '../../../shared/news/rules.ts'
import type { News, NewsMark } from '../../../shared/news/shapes.ts'
import type { Me } from '../../../shared/session/contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import type { Failure } from '../../platform/failure.ts'
import { useKeptWrite } from '../../platform/outbox/device-outbox.ts'
import { serverDate } from '../../platform/server-time.ts'
import { Button } from '../../ui/button.tsx'
import { type ChildFace, ChildMark } from '../../ui/child-mark.tsx'
import { isFirstOfClicks } from '../../ui/first-click.ts'
import { Icon } from '../../ui/icon.tsx'
import { spaced } from '../../ui/spaces.ts'
import { Tag } from '../../ui/tag.tsx'
import { askAgain } from '../data/article.ts'
import type { Signing } from '../data/reading.ts'
import { writes } from '../writes.ts'
import { Answers } from './answers.tsx'
import styles from './signature.module.css'
import { texts } from './texts.ts'
import { Unsent } from './unsent.tsx'

type SignatureProps = {
  /** With the text that is shown. */
  readonly news: Pick<News, 'id' | 'title' | 'edition' | 'deadline' | 'author' | 'question'>
  readonly signing: Signing
  readonly me: Me
  readonly faces: ReadonlyMap<string, ChildFace>
  /** After a signature or a first answer; not after one that was changed. */
  readonly onSigned?: ((act: NewsMark) => void) | undefined
}

const Signed = ({ children }: { readonly children: string }) => (
  <p className={styles.signed}>
    <Icon name="check" />
    {children}
  </p>
)

/** Signs for oneself or for one child. The signature is shown as given only after the API's answer. */
const SignButton = ({
  news,
  title,
  edition,
  pupil,
  onSigned,
  children,
}: Pick<SignatureProps, 'onSigned'> & {
  readonly news: string
  readonly title: string
  readonly edition: number
  readonly pupil?: string
  readonly children: string
}) => {
  const client = useQueryClient()
  const { send, state, failure, waiting } = useKeptWrite(writes.sign, {
    label: title,
    isIt: ({ params, body: of }) => params.news === news && of.pupil === pupil,
  })
  const body = { ...(pupil !== undefined && { pupil }), ...(edition > 1 && { edition }) }
  const onFailed = ({ type }: Failure) => {
    if (type === 'text-changed') askAgain(client, news)
  }
  const isWaiting = waiting !== undefined && !waiting.refused
  return (
    <>
      {!isWaiting && (
        <Button
          variant="primary"
          icon="pen"
          busy={state === 'sending'}
          onClick={({ detail }) =>
            isFirstOfClicks(detail) && send({ params: { news }, body }, { onDone: onSigned, onFailed })
          }
        >
          {children}
        </Button>
      )}
      <Unsent failure={failure} waiting={waiting} />
    </>
  )
}

/** Until when it can be answered, or that it cannot any more. */
const Deadline = ({ deadline }: { readonly deadline: string }) => {
  const t = useTexts(texts)
  const dates = useDates()
  const when = dates.dayTime(deadline)
  return isOpenToAnswers({ deadline }, serverDate()) ? (
    <Tag tone="soon" icon="clock">
      {t('news.sign.before', { when })}
    </Tag>
  ) : (
    <Tag icon="clock">{t('news.sign.over', { when })}</Tag>
  )
}

/** What a guardian is asked to sign or to answer, and what is signed. */
export const Signature = ({ news, signing, me, faces, onSigned }: SignatureProps) => {
  const t = useTexts(texts)
  if (signing.by === 'nobody') return null
  const { question, deadline } = news
  return (
    <section className={styles.signature} aria-labelledby={`signature-${news.id}`}>
      <div className={styles.heading}>
        <h2 id={`signature-${news.id}`}>{t(question ? 'news.answer.title' : 'news.sign.title')}</h2>
        {deadline !== undefined && <Deadline deadline={deadline} />}
      </div>
      {question ? (
        <>
          <p className={styles.question}>{spaced(question.text)}</p>
          <Answers news={{ ...news, question }} signing={signing} me={me} faces={faces} onSigned={onSigned} />
        </>
      ) : (
        <Signatures news={news} signing={signing} me={me} faces={faces} onSigned={onSigned} />
      )}
    </section>
  )
}

type SignaturesProps = SignatureProps & { readonly signing: Exclude<Signing, { readonly by: 'nobody' }> }

/** The signatures of a notice that asks nothing besides. */
const Signatures = ({ news: { id: news, title, deadline, ...of }, signing, me, faces, onSigned }: SignaturesProps) => {
  const t = useTexts(texts)
  const dates = useDates()
  const edition = editionOf(of)
  const isOpen = isOpenToAnswers({ deadline }, serverDate())
  return (
    <>
      <p className={styles.how}>{t(signing.by === 'guardian' ? 'news.sign.each' : 'news.sign.once')}</p>
      <div aria-live="polite" className={styles.acts}>
        {signing.by === 'guardian' &&
          (signing.signedAt !== undefined ? (
            <Signed>{t('news.signed.at', { when: dates.dayTime(signing.signedAt) })}</Signed>
          ) : (
            isOpen && (
              <SignButton key={edition} news={news} title={title} edition={edition} onSigned={onSigned}>
                {t('news.sign')}
              </SignButton>
            )
          ))}
        {signing.by === 'pupil' &&
          signing.children.map(({ id, signed }) => {
            const child = me.children.find(one => one.id === id)?.givenName ?? ''
            const face = faces.get(id)
            return (
              <div key={id} className={styles.act}>
                {face && <ChildMark face={face} silent />}
                {signed ? (
                  <Signed>{t('news.signed.for', { child })}</Signed>
                ) : (
                  isOpen && (
                    <SignButton
                      key={edition}
                      news={news}
                      title={title}
                      edition={edition}
                      pupil={id}
                      onSigned={onSigned}
                    >
                      {t('news.sign.for', { child })}
                    </SignButton>
                  )
                )}
              </div>
            )
          })}
      </div>
    </>
  )
}
