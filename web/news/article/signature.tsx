import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { editionOf, isOpenToAnswers } from '../../../shared/news/rules.ts'
import type { News, NewsMark } from '../../../shared/news/shapes.ts'
import type { Me } from '../../../shared/session/contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import type { Failure } from '../../platform/failure.ts'
import { useKeptWrite } from '../../platform/outbox/keep-write.ts'
import { serverDate } from '../../platform/server-time.ts'
import { Button } from '../../ui/button.tsx'
import { type ChildFace, ChildMark } from '../../ui/child-mark.tsx'
import { isFirstOfClicks } from '../../ui/first-click.ts'
import { Icon } from '../../ui/icon.tsx'
import { spaced } from '../../ui/spaces.ts'
import { Tag } from '../../ui/tag.tsx'
import { askAgain } from '../data/article.ts'
import { awaitsSignature, type Signing } from '../data/reading.ts'
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

type SigningOneProps = Pick<SignatureProps, 'onSigned'> & {
  readonly news: string
  readonly title: string
  readonly edition: number
  readonly pupil?: string
  /** It is not too late. */
  readonly isOpen: boolean
  /** That it is signed, once it is. */
  readonly signed: string | undefined
  readonly children: string
}

/** Signs for oneself or for one child. The signature is shown as given only after the API's answer. */
const SigningOne = ({ news, title, edition, pupil, isOpen, signed, onSigned, children }: SigningOneProps) => {
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
  const isAsked = signed === undefined && isOpen && !isWaiting
  const place = useRef<HTMLDivElement>(null)
  const isPressed = useRef(false)
  // The button is gone: the focus goes to what took its place, unless the reader is elsewhere by now.
  useEffect(() => {
    if (isAsked || !isPressed.current) return
    isPressed.current = false
    if (document.activeElement === document.body) place.current?.focus({ preventScroll: true })
  }, [isAsked])
  if (signed === undefined && !isOpen) return null
  return (
    <div ref={place} tabIndex={-1} className={styles.act}>
      {isAsked && (
        <Button
          variant="primary"
          icon="pen"
          busy={state === 'sending'}
          onClick={({ detail }) => {
            if (!isFirstOfClicks(detail)) return
            isPressed.current = true
            send({ params: { news }, body }, { onDone: onSigned, onFailed })
          }}
        >
          {children}
        </Button>
      )}
      {signed === undefined ? <Unsent failure={failure} waiting={waiting} /> : <Signed>{signed}</Signed>}
    </div>
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
        <h2 id={`signature-${news.id}`}>
          {t(question ? 'news.answer.title' : awaitsSignature(signing) ? 'news.sign.title' : 'news.sign.done')}
        </h2>
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
  const one = { news, title, edition, onSigned, isOpen: isOpenToAnswers({ deadline }, serverDate()) }
  return (
    <>
      <p className={styles.how}>{t(signing.by === 'guardian' ? 'news.sign.each' : 'news.sign.once')}</p>
      <div aria-live="polite" className={styles.acts}>
        {signing.by === 'guardian' && (
          <SigningOne
            {...one}
            key={`${news} ${edition}`}
            signed={signing.signedAt && t('news.signed.at', { when: dates.dayTime(signing.signedAt) })}
          >
            {t('news.sign')}
          </SigningOne>
        )}
        {signing.by === 'pupil' &&
          signing.children.map(({ id, signed }) => {
            const child = me.children.find(({ id: other }) => other === id)?.givenName ?? ''
            const face = faces.get(id)
            return (
              <div key={id} className={styles.act}>
                {face && <ChildMark face={face} silent />}
                <SigningOne
                  {...one}
                  key={`${news} ${edition}`}
                  pupil={id}
                  signed={signed ? t('news.signed.for', { child }) : undefined}
                >
                  {t('news.sign.for', { child })}
                </SigningOne>
              </div>
            )
          })}
      </div>
    </>
  )
}
