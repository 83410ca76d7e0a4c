import { listName } from '../../../shared/kernel/names.ts'
import type { Question } from '../../../shared/news/question.ts'
import type { Reader, readerStates } from '../../../shared/news/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { Row } from '../../ui/list.tsx'
import { Tag } from '../../ui/tag.tsx'
import { texts as shared } from '../texts.ts'
import { GivenAnswers } from './answers.tsx'
import { PaperActs, PaperButton } from './paper/paper.tsx'
import styles from './reader-row.module.css'
import { texts } from './texts.ts'

type State = (typeof readerStates)[number]

type ReaderRowProps = {
  readonly reader: Reader
  /** Of the list: what it says already no row says again. */
  readonly state: State
  readonly question: Question | undefined
  /** Enters what came back on paper. Absent: nothing is awaited of them. */
  readonly onPaper?: () => void
}

/** One of the readers: what they did, what they answered, and what came from them on paper. */
export const ReaderRow = ({ reader, state, question, onPaper }: ReaderRowProps) => {
  const t = useTexts(texts, shared)
  const { role, children = [] } = reader
  // Of several children, or where their children tell which of two of the same names it is.
  const whose = children.length > 0 && t('news.reader.of', { names: children.map(listName).join(', ') })
  return (
    <Row
      title={listName(reader)}
      detail={[t(`news.role.${role}`), whose, ...reader.classes.slice(0, 4).map(({ name }) => name)]
        .filter(Boolean)
        .join(' · ')}
      more={
        <>
          {question && reader.answers && <GivenAnswers question={question} reader={reader} />}
          {reader.withoutGuardian && <span className={styles.waits}>{t('news.reader.withoutGuardian')}</span>}
          {(reader.paper ?? reader.paperTakenBack) && (
            <span className={styles.hint}>
              <PaperActs reader={reader} />
            </span>
          )}
        </>
      }
      tags={<ReaderTags reader={reader} state={state} />}
      act={onPaper && <PaperButton reader={reader} onEnter={onPaper} />}
    />
  )
}

/** What somebody has done, and when; what is missing only in a list that does not say so itself. */
const ReaderTags = ({ reader, state }: Pick<ReaderRowProps, 'reader' | 'state'>) => {
  const t = useTexts(texts, shared)
  const dates = useDates()
  const { seenAt, signedAt, formerSeenAt, formerSignedAt, signs, role } = reader
  const isSaid = state === 'unsigned' && !signedAt && !formerSignedAt
  return (
    <>
      {signs && !isSaid && (
        <Tag tone={signedAt ? 'done' : 'soon'} icon={signedAt ? 'check' : 'pen'}>
          {signedAt
            ? t('news.reader.signed', { when: dates.dayTime(signedAt) })
            : formerSignedAt
              ? t('news.reader.formerSigned', { when: dates.dayTime(formerSignedAt) })
              : t('news.reader.unsigned')}
        </Tag>
      )}
      {!(signs && signedAt) &&
        (role !== 'pupil' || !signs || seenAt !== undefined) &&
        (state !== 'unseen' || formerSeenAt !== undefined) && (
          <Tag icon={seenAt ? 'eye' : 'hidden'}>
            {seenAt
              ? t('news.reader.seen', { when: dates.dayTime(seenAt) })
              : formerSeenAt
                ? t('news.reader.formerSeen', { when: dates.dayTime(formerSeenAt) })
                : t('news.reader.unseen')}
          </Tag>
        )}
    </>
  )
}
