import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { isBlank } from '../../../shared/kernel/text.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import type { Answer, Question } from '../../../shared/news/question.ts'
import { choicesOf, questionLimits } from '../../../shared/news/question.ts'
import { editionOf, isOpenToAnswers } from '../../../shared/news/rules.ts'
import type { News, NewsMark, OwnAnswer } from '../../../shared/news/shapes.ts'
import type { Me } from '../../../shared/session/contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import type { Failure } from '../../platform/failure.ts'
import { useKeptWrite } from '../../platform/outbox/keep-write.ts'
import { read } from '../../platform/read.ts'
import { serverDate } from '../../platform/server-time.ts'
import { Button } from '../../ui/button.tsx'
import { type ChildFace, ChildMark } from '../../ui/child-mark.tsx'
import { isFirstOfClicks } from '../../ui/first-click.ts'
import { Icon } from '../../ui/icon.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useAnswerWords } from '../answer-words.ts'
import { askAgain } from '../data/article.ts'
import type { Signing } from '../data/reading.ts'
import { writes } from '../writes.ts'
import styles from './answers.module.css'
import { texts } from './texts.ts'
import { Unsent } from './unsent.tsx'

type Asking = Pick<News, 'id' | 'title' | 'edition' | 'deadline' | 'author'> & { readonly question: Question }

export type AnswersProps = {
  readonly news: Asking
  readonly signing: Exclude<Signing, { readonly by: 'nobody' }>
  readonly me: Me
  readonly faces: ReadonlyMap<string, ChildFace>
  /** After a first answer. */
  readonly onSigned?: ((act: NewsMark) => void) | undefined
}

/** The question of a notice, and the reader's own answers: one for each of their children where it is asked so. */
export const Answers = ({ news, signing, me, faces, onSigned }: AnswersProps) => {
  const query = useQuery(read(newsContract.routes.ownAnswers, { params: { news: news.id } }))
  const ownOf = (signer: string, items: readonly OwnAnswer[]) =>
    items.find(one => one.signer === signer && editionOf(one) >= editionOf(news))
  return (
    <ReadState query={query}>
      {({ items }) =>
        signing.by === 'guardian' ? (
          <AnswerOf news={news} own={ownOf(me.person.id, items)} onSigned={onSigned} />
        ) : (
          <div className={styles.children}>
            {signing.children.map(({ id, signed }) => (
              <AnswerOf
                key={id}
                news={news}
                own={ownOf(id, items)}
                child={{ id, name: me.children.find(one => one.id === id)?.givenName ?? '', face: faces.get(id) }}
                isGiven={signed}
                onSigned={onSigned}
              />
            ))}
          </div>
        )
      }
    </ReadState>
  )
}

type Child = { readonly id: string; readonly name: string; readonly face: ChildFace | undefined }

type AnswerOfProps = Pick<AnswersProps, 'onSigned'> & {
  readonly news: Asking
  readonly own: OwnAnswer | undefined
  /** Whom it is answered for; absent: oneself. */
  readonly child?: Child
  /** Somebody has answered for the child, whoever it was. */
  readonly isGiven?: boolean
}

const AnswerOf = ({ news, own, child, isGiven = false, onSigned }: AnswerOfProps) => {
  const t = useTexts(texts)
  const dates = useDates()
  const wordsOf = useAnswerWords()
  const [isChanging, setChanging] = useState(false)
  const [isNew, setNew] = useState(false)
  const given = useRef<HTMLParagraphElement>(null)
  const isOpen = isOpenToAnswers(news, serverDate())
  const isAsked = isOpen && (!own || isChanging)
  // The buttons are gone: the focus goes to what took their place.
  useEffect(() => {
    if (isNew && !isAsked) given.current?.focus()
  }, [isNew, isAsked])
  return (
    <div className={styles.answer}>
      {child && (
        <p className={styles.child}>
          {child.face && <ChildMark face={child.face} silent />}
          {t('news.answer.for', { child: child.name })}
        </p>
      )}
      {isGiven && !own && child && (
        <p className={styles.given}>
          <Icon name="check" size={20} />
          {t('news.answer.given', { child: child.name })}
        </p>
      )}
      {own && !isChanging && (
        <>
          <p ref={given} tabIndex={-1} className={styles.own}>
            <Icon name="check" size={20} />
            {t('news.answer.own', { answer: wordsOf(news.question, own), when: dates.dayTime(own.at) })}
          </p>
          {own.words !== undefined && news.question.kind !== 'text' && (
            <p className={styles.words}>{t('news.answer.own.words', { words: own.words })}</p>
          )}
          {isOpen && (
            <p>
              <Button variant="quiet" icon="pen" onClick={() => setChanging(true)}>
                {t('news.answer.change')}
              </Button>
            </p>
          )}
        </>
      )}
      {isAsked && (
        <AnswerForm
          key={editionOf(news)}
          news={news}
          own={own}
          child={child}
          onDone={act => {
            setChanging(false)
            setNew(true)
            if (!own) onSigned?.(act)
          }}
        />
      )}
    </div>
  )
}

type FormProps = Pick<AnswerOfProps, 'news' | 'own'> & {
  readonly child: Child | undefined
  readonly onDone: (act: NewsMark) => void
}

/** The answers of equal weight, none chosen beforehand; touching one signs. */
const AnswerForm = ({ news, own, child, onDone }: FormProps) => {
  const t = useTexts(texts)
  const dates = useDates()
  const wordsOf = useAnswerWords()
  const client = useQueryClient()
  const { send, state, failure, waiting } = useKeptWrite(writes.sign, {
    label: news.title,
    isIt: ({ params, body }) => params.news === news.id && body.pupil === child?.id,
  })
  const [words, setWords] = useState(own?.words ?? '')
  const [hasWords, setHasWords] = useState(own?.words !== undefined)
  const [isMissing, setMissing] = useState(false)
  const { question, id, edition, deadline } = news
  const isText = question.kind === 'text'

  const answer = (choice?: number): void => {
    if (isText && isBlank(words)) {
      setMissing(true)
      return
    }
    const said: Answer = { ...(choice !== undefined && { choice }), ...(!isBlank(words) && { words }) }
    const body = {
      ...(child && { pupil: child.id }),
      ...(edition !== undefined && edition > 1 && { edition }),
      answer: said,
    }
    const onFailed = ({ type }: Failure) => {
      if (type === 'text-changed') askAgain(client, id)
    }
    send({ params: { news: id }, body }, { onDone, onFailed })
  }
  const until = deadline === undefined ? '' : dates.dayTime(deadline)
  const answerIn = (one: typeof waiting): string | undefined => {
    const { body } = (one?.input ?? {}) as { readonly body?: { readonly answer?: Answer } }
    return body?.answer && wordsOf(question, body.answer)
  }
  return (
    <div className={styles.form}>
      {(isText || hasWords) && (
        <TextField
          label={isText ? t('news.answer.text') : t('news.answer.words', { author: news.author.name })}
          optional={isText ? undefined : t('news.answer.optional')}
          maxLength={questionLimits.words}
          value={words}
          autoComplete="off"
          error={isMissing && isBlank(words) ? t('news.answer.missing') : undefined}
          onChange={setWords}
        />
      )}
      {!isText && !hasWords && (
        <p>
          <Button variant="quiet" icon="plus" onClick={() => setHasWords(true)}>
            {t('news.answer.add-words')}
          </Button>
        </p>
      )}
      <div className={styles.choices}>
        {isText ? (
          <Button icon="pen" busy={state === 'sending'} onClick={({ detail }) => isFirstOfClicks(detail) && answer()}>
            {t('news.answer.send')}
          </Button>
        ) : (
          Array.from({ length: choicesOf(question) }, (_, choice) => (
            <Button
              key={wordsOf(question, { choice })}
              className={styles.choice}
              busy={state === 'sending'}
              onClick={({ detail }) => isFirstOfClicks(detail) && answer(choice)}
            >
              {wordsOf(question, { choice })}
            </Button>
          ))
        )}
      </div>
      <p className={styles.hint}>
        {child ? t('news.answer.signs.for', { child: child.name }) : t('news.answer.signs')}{' '}
        {until && t('news.answer.until', { until })}
      </p>
      <Unsent failure={failure} waiting={waiting} answer={answerIn(waiting)} />
    </div>
  )
}
