import { useInfiniteQuery } from '@tanstack/react-query'
import { useParams } from 'wouter'
import { schoolYearName } from '../../../shared/kernel/school-year.ts'
import { workContract } from '../../../shared/work/contract.ts'
import type { Piece } from '../../../shared/work/shapes.ts'
import { useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { readPages } from '../../platform/read.ts'
import { useRead } from '../../platform/reads.ts'
import { Banner } from '../../ui/banner.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { AttachmentList } from '../../ui/files/attachment-list.tsx'
import { ListEnd } from '../../ui/list-end.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { BackLink, Screen } from '../../ui/screen.tsx'
import { isSetter } from '../data/collecting.ts'
import { PlainText } from '../plain-text.tsx'
import { SubjectMark } from '../subject.tsx'
import { texts as shared } from '../texts.ts'
import { closedClasses } from './closed-classes.ts'
import { texts } from './texts.ts'
import styles from './years.module.css'

/** The notebook of a class or group of a past year, the last day first: to read, and for its teacher to set again. */
export const ClosedNotebookScreen = () => {
  const t = useTexts(texts, shared)
  const dates = useDates()
  const { audience = '' } = useParams()
  const known = useRead(closedClasses).data?.items.find(one => one.audience === audience)
  const query = useInfiniteQuery(readPages(workContract.routes.closedList, { params: { audience }, query: {} }))
  const pieces = query.data?.flatMap(page => page.items)
  const year = known && t('work.years.year', { year: schoolYearName(known.year) })
  return (
    <Screen
      title={known?.label ?? t('work.years')}
      narrow
      back={<BackLink to="/notebook/years">{t('work.years')}</BackLink>}
    >
      <ReadState query={{ ...query, data: pieces }}>
        {found =>
          found.length === 0 && !query.hasNextPage ? (
            <EmptyState title={t('work.years.none')}>{year}</EmptyState>
          ) : (
            <div className={styles.notebook}>
              {known && <Banner tone="info">{`${year} · ${known.school}. ${t('work.years.closed')}`}</Banner>}
              {[...new Set(found.map(piece => piece.day))].map(day => (
                <section key={day} className={styles.day}>
                  <h2 className={styles.heading}>{dates.day(day)}</h2>
                  {found
                    .filter(piece => piece.day === day)
                    .map(piece => (
                      <ClosedPiece key={piece.id} piece={piece} />
                    ))}
                </section>
              ))}
              <ListEnd query={query} />
            </div>
          )
        }
      </ReadState>
    </Screen>
  )
}

const ClosedPiece = ({ piece }: { readonly piece: Piece }) => {
  const t = useTexts(texts, shared)
  const me = useMe()
  const about = [
    piece.subject,
    piece.author.name,
    piece.kind === 'session' && t('work.years.session'),
    piece.minutes !== undefined && t('work.minutes', { minutes: piece.minutes }),
  ]
  return (
    <article className={styles.piece}>
      <SubjectMark subject={piece.subject} />
      <div className={styles.words}>
        <h3 className={styles.title}>{piece.title}</h3>
        <p className={styles.about}>{about.filter(Boolean).join(' · ')}</p>
        {piece.text !== undefined && <PlainText text={piece.text} />}
        <AttachmentList attachments={piece.attachments} />
        {piece.author.id === me.person.id && isSetter(me) && (
          <LinkButton icon="copy" to="/notebook/set" search={{ from: piece.id }}>
            {t('work.years.again')}
          </LinkButton>
        )}
      </div>
    </article>
  )
}
