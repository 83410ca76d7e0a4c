import { useState } from 'react'
import { listName } from '../../../../shared/kernel/names.ts'
import { isBlank } from '../../../../shared/kernel/text.ts'
import { type Answer, choicesOf, questionLimits, saidIn } from '../../../../shared/news/question.ts'
import type { PublishedNews, Reader } from '../../../../shared/news/shapes.ts'
import { useTexts } from '../../../platform/catalogue.ts'
import type { Failure } from '../../../platform/failure.ts'
import { useFailureWords } from '../../../platform/failure-words.ts'
import { useWrite } from '../../../platform/write.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { FieldError } from '../../../ui/field.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAnswerWords } from '../../answer-words.ts'
import { writes } from '../../writes.ts'
import styles from './paper.module.css'
import { texts } from './texts.ts'

type PaperDialogProps = {
  readonly news: Pick<PublishedNews, 'id' | 'edition' | 'question'>
  /** Who signed on paper, or the pupil whom it is for. */
  readonly reader: Reader
  readonly onClose: () => void
}

/**
 * Enters what came back on paper for one person: touching the answer that is on it saves it. Entered again, it replaces what
 * was entered before; entered for the wrong person, it is taken back.
 */
export const PaperDialog = ({ news: { id, edition, question }, reader, onClose }: PaperDialogProps) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const wordsOf = useAnswerWords()
  const known = reader.answers?.find(({ onPaper }) => onPaper)
  const [written, setWritten] = useState(known?.words ?? '')
  const [isMissing, setMissing] = useState(false)
  const entering = useWrite(writes.enter)
  const takingBack = useWrite(writes.takeBack)
  const failure = entering.failure ?? takingBack.failure
  const name = listName(reader)
  const isText = question?.kind === 'text'

  const save = (answer?: Answer): void => {
    takingBack.reset()
    enter(answer && { ...answer, ...(!isBlank(written) && { words: written }) })
  }
  const enter = (answer: Answer | undefined, onFailed?: (failure: Failure) => void): void => {
    const body = { signer: reader.id, ...(edition !== undefined && { edition }), ...(answer && { answer }) }
    const onDone = () => {
      toast({ text: t('news.paper.done', { name }) })
      onClose()
    }
    entering.send({ params: { news: id }, body }, { onDone, ...(onFailed && { onFailed }) })
  }
  const takeBack = ({ at }: { readonly at: string }): void => {
    entering.reset()
    const onDone = () => {
      // Undone once the dialog is closed, which then says nothing any more.
      const undo = () => enter(known && saidIn(known), of => toast({ text: why(of) }))
      toast({ text: t('news.paper.back.done', { name }), undo })
      onClose()
    }
    takingBack.send({ params: { news: id }, body: { signer: reader.id, at } }, { onDone })
  }
  const saveText = (): void => {
    if (isBlank(written)) setMissing(true)
    else save({})
  }
  const why = (of: Failure): string => {
    if (of.type === 'not-found') return t('news.paper.conflict')
    if (of.type === 'text-changed' || of.type === 'answer-not-asked') return t('news.paper.changed')
    return of.type === 'conflict' ? t('news.paper.conflict') : words(of)
  }
  const busy = entering.state === 'sending' || takingBack.state === 'sending'
  const actions = () => {
    if (!question)
      return (
        <Button variant="primary" icon="pen" busy={busy} onClick={() => save()}>
          {t('news.paper.signed')}
        </Button>
      )
    if (isText)
      return (
        <Button variant="primary" icon="pen" busy={busy} onClick={saveText}>
          {t('news.paper.save')}
        </Button>
      )
    return Array.from({ length: choicesOf(question) }, (_, choice) => (
      <Button
        key={wordsOf(question, { choice })}
        className={styles.choice}
        busy={busy}
        icon={known?.choice === choice ? 'check' : undefined}
        onClick={() => save({ choice })}
      >
        {wordsOf(question, { choice })}
      </Button>
    ))
  }
  return (
    <Dialog open onClose={onClose} title={t('news.paper.title', { name })} actions={actions()}>
      <div className={styles.content}>
        {question && <p className={styles.question}>{question.text}</p>}
        {question && (
          <TextField
            label={t(isText ? 'news.paper.text' : 'news.paper.words')}
            optional={isText ? undefined : t('news.paper.words.optional')}
            maxLength={questionLimits.words}
            value={written}
            autoComplete="off"
            error={isMissing && isBlank(written) ? t('news.paper.words.missing') : undefined}
            onChange={setWritten}
          />
        )}
        <p className={styles.hint}>{t('news.paper.hint')}</p>
        {reader.paper && (
          <div className={styles.back}>
            <p className={styles.hint}>{t('news.paper.take-back.hint')}</p>
            <Button icon="undo" busy={busy} onClick={() => reader.paper && takeBack(reader.paper)}>
              {t('news.paper.take-back')}
            </Button>
          </div>
        )}
        {failure && (
          <div role="alert">
            <FieldError>{why(failure)}</FieldError>
          </div>
        )}
      </div>
    </Dialog>
  )
}
