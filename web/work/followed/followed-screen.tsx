import { useParams } from 'wouter'
import { listName } from '../../../shared/kernel/names.ts'
import { workContract } from '../../../shared/work/contract.ts'
import type { SetPiece, TickedBy } from '../../../shared/work/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { useSearch } from '../../platform/navigation.ts'
import { read } from '../../platform/read.ts'
import { useRead } from '../../platform/reads.ts'
import { useWrite } from '../../platform/write.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { AttachmentList } from '../../ui/files/attachment-list.tsx'
import { List, Row } from '../../ui/list.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { BackLink, Screen } from '../../ui/screen.tsx'
import { Tag } from '../../ui/tag.tsx'
import { toast } from '../../ui/toast.tsx'
import { CorrectionCard } from '../correction/correction-card.tsx'
import { PlainText } from '../plain-text.tsx'
import { SubjectMark } from '../subject.tsx'
import { texts as shared } from '../texts.ts'
import { writes } from '../writes.ts'
import styles from './followed.module.css'
import { texts } from './texts.ts'

/** Milliseconds between two requests, for somebody who looks. */
const interval = 60_000

/** A piece that one set: its text, who ticked it, and what can be done with it. */
export const FollowedScreen = () => {
  const t = useTexts(texts, shared)
  const { piece = '' } = useParams()
  const { week } = useSearch('/notebook/:piece')
  const query = useRead(read(workContract.routes.piece, { params: { piece } }, { every: interval }))
  return (
    <Screen
      title={query.data?.title ?? t('work.title')}
      tall
      narrow
      back={
        <BackLink to="/notebook" search={{ week }}>
          {t('work.piece.back')}
        </BackLink>
      }
    >
      <ReadState query={query}>{found => <Followed of={found} />}</ReadState>
    </Screen>
  )
}

const Followed = ({ of }: { readonly of: SetPiece & { readonly ticked: readonly TickedBy[] } }) => {
  const t = useTexts(texts, shared)
  const dates = useDates()
  const day = dates.day(of.day).toLowerCase()
  const about = [
    of.subject,
    t(of.kind === 'task' ? 'work.piece.for' : 'work.piece.in', { group: of.group.name, day }),
    of.minutes !== undefined && t('work.minutes', { minutes: of.minutes }),
  ]
  return (
    <div className={styles.piece}>
      <p className={styles.about}>
        <SubjectMark subject={of.subject} />
        <span className={styles.aboutWords}>
          {about.filter(Boolean).join(' · ')}
          {of.state === 'scheduled' && (
            <Tag tone="soon" icon="clock">
              {t('work.state.scheduled', { when: dates.dayTime(of.publishedAt) })}
            </Tag>
          )}
          {of.state === 'removed' && <Tag>{t('work.state.removed')}</Tag>}
        </span>
      </p>
      {of.text !== undefined && <PlainText text={of.text} />}
      <AttachmentList attachments={of.attachments} />
      {of.correction && <CorrectionCard of={of.correction} />}
      <Acts of={of} />
      {of.kind === 'task' && (
        <section className={styles.day}>
          <h2 className={styles.heading}>{t('work.piece.ticked')}</h2>
          {of.ticked.length === 0 ? (
            <p>{of.done > 0 ? t('work.piece.unnamed', { done: of.done }) : t('work.piece.nobody')}</p>
          ) : (
            <List>
              {of.ticked.map(one => (
                <Row
                  key={one.id}
                  title={listName(one)}
                  detail={[dates.ago(one.at), one.hasLeft && t('work.piece.left')].filter(Boolean).join(' · ')}
                />
              ))}
            </List>
          )}
        </section>
      )}
    </div>
  )
}

/** Changes a piece, takes it back and brings it back. Taking back says how many had ticked it, and can be undone. */
const Acts = ({ of }: { readonly of: SetPiece }) => {
  const t = useTexts(texts, shared)
  const words = useFailureWords()
  const removing = useWrite(writes.remove)
  const restoring = useWrite(writes.restore)
  const onFailed = (failure: Parameters<typeof words>[0]) => toast({ text: words(failure) })
  const input = { params: { piece: of.id } }
  const restore = () => restoring.send(input, { onDone: () => toast({ text: t('work.piece.restored') }), onFailed })
  const remove = () =>
    removing.send(input, {
      onDone: ({ done, handedIn = 0 }) => {
        const said = [t('work.piece.removed', { done }), handedIn > 0 && t('work.piece.removed.kept', { handedIn })]
        toast({ text: said.filter(Boolean).join(' '), undo: restore })
      },
      onFailed,
    })
  if (of.state === 'removed')
    return (
      <p className={styles.acts}>
        <Button icon="undo" busy={restoring.state === 'sending'} onClick={restore}>
          {t('work.piece.restore')}
        </Button>
      </p>
    )
  return (
    <p className={styles.acts}>
      {of.assignment && (
        <LinkButton variant="primary" to="/notebook/collected/:piece" params={{ piece: of.id }}>
          {t('work.piece.collected')}
        </LinkButton>
      )}
      <LinkButton icon="pen" to="/notebook/set/:piece" params={{ piece: of.id }}>
        {t('work.piece.edit')}
      </LinkButton>
      <LinkButton icon="copy" to="/notebook/set" search={{ from: of.id }}>
        {t('work.piece.copy')}
      </LinkButton>
      <Button variant="danger" busy={removing.state === 'sending'} onClick={remove}>
        {t('work.piece.remove')}
      </Button>
    </p>
  )
}
