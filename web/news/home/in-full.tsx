import { lazy, Suspense } from 'react'
import { editionOf } from '../../../shared/news/rules.ts'
import type { Me } from '../../../shared/session/contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { type ChildFace, ChildMark } from '../../ui/child-mark.tsx'
import { focusNext } from '../../ui/focus-next.ts'
import { Icon } from '../../ui/icon.tsx'
import { Link } from '../../ui/link.tsx'
import { spaced } from '../../ui/spaces.ts'
import { Signature } from '../article/signature.tsx'
import { useArticle } from '../data/article.ts'
import { noteSeen } from '../data/done-here.ts'
import type { KnownNews } from '../data/feeds.ts'
import { awaitsSignature, type ReaderNews, tellsSchool } from '../data/reading.ts'
import { Text } from '../text/text.tsx'
import styles from './in-full.module.css'
import { isPressing } from './order.ts'
import { texts } from './texts.ts'

const AttachmentList = lazy(() =>
  import('../../ui/files/attachment-list.tsx').then(loaded => ({ default: loaded.AttachmentList })),
)

export type InFullProps = {
  readonly row: ReaderNews
  readonly me: Me
  readonly known: KnownNews
  readonly faces: ReadonlyMap<string, ChildFace>
  /** Whether it is known what was read and signed. */
  readonly isStateKnown: boolean
}

/** The most characters of a text that is signed here. A longer one, or one that was changed or has files, is opened. */
const longestHere = 600

/** The text, whole once it is there. */
const useText = ({ row: { news }, known, me }: InFullProps) =>
  useArticle(
    news.id,
    known,
    me.audiences.map(({ id }) => id),
  ).data

const Marks = ({ row, faces }: Pick<InFullProps, 'row' | 'faces'>) => (
  <>
    {row.children.flatMap(child => {
      const face = faces.get(child)
      return face ? [<ChildMark key={child} face={face} />] : []
    })}
  </>
)

const Title = ({ news }: { readonly news: ReaderNews['news'] }) => (
  <Link
    to="/news/:audience/:news"
    params={{ audience: news.audiences[0] ?? '', news: news.id }}
    className={styles.titleLink}
  >
    {spaced(news.title)}
  </Link>
)

type OpenLinkProps = { readonly news: ReaderNews['news']; readonly icon?: 'pen'; readonly children: string }

const OpenLink = ({ news, children, ...face }: OpenLinkProps) => (
  <LinkButton {...face} to="/news/:audience/:news" params={{ audience: news.audiences[0] ?? '', news: news.id }}>
    {children}
  </LinkButton>
)

/** An urgent item: in full until it is read, then one line until its day is over. */
export const Urgent = (props: InFullProps) => {
  const { row, me, faces } = props
  const { news, signing } = row
  const t = useTexts(texts)
  const dates = useDates()
  const text = useText(props)
  const when = dates.ago(news.publishedAt)
  const body = text ? <Text markdown={text.body} under={2} /> : <p>{spaced(news.excerpt)}</p>
  const files = text?.attachments && (
    <Suspense fallback={null}>
      <AttachmentList attachments={text.attachments} />
    </Suspense>
  )
  const label = [t('news.home.urgent'), tellsSchool(row, me, faces) && news.schoolName].filter(Boolean).join(' · ')
  if (!isPressing(row))
    return (
      <details className={styles.urgent}>
        <summary className={styles.line}>
          <Icon name="warning" size={20} />
          <span className={styles.lineTitle}>{spaced(news.title)}</span>
          {props.isStateKnown && <span className={styles.soft}>{t('news.home.read')}</span>}
          <Icon name="down" size={20} />
        </summary>
        <div className={styles.unfolded}>
          {body}
          {files}
          <p className={styles.soft}>
            {t('news.home.by', { name: news.author.name, when })}
            {tellsSchool(row, me, faces) && ` · ${news.schoolName}`}
          </p>
          {!text && <OpenLink news={news}>{t('news.home.open')}</OpenLink>}
        </div>
      </details>
    )
  const isToSign = awaitsSignature(signing)
  return (
    <article className={styles.urgent}>
      <div className={styles.words}>
        <p className={styles.label}>
          <Icon name="warning" size={20} />
          {label}
          <Marks row={row} faces={faces} />
        </p>
        <h2>
          <Title news={news} />
        </h2>
        {body}
        {files}
      </div>
      <div className={styles.foot}>
        <p className={styles.soft}>{t('news.home.by', { name: news.author.name, when })}</p>
        {text && !isToSign && (
          <Button
            icon="check"
            onClick={({ currentTarget }) => {
              focusNext(currentTarget)
              noteSeen(news.id, editionOf(text))
            }}
          >
            {t('news.home.i-read')}
          </Button>
        )}
        {isToSign ? (
          <OpenLink news={news} icon="pen">
            {t('news.home.read-and-sign')}
          </OpenLink>
        ) : (
          !text && <OpenLink news={news}>{t('news.home.open')}</OpenLink>
        )}
      </div>
    </article>
  )
}

/** A notice to sign, with its text and what is to be answered. */
export const Notice = (props: InFullProps) => {
  const { row, me, faces } = props
  const { news, signing, changed } = row
  const t = useTexts(texts)
  const dates = useDates()
  const text = useText(props)
  const isShort = text !== undefined && text.body.length <= longestHere && !changed && !text.attachments?.length
  const when = dates.ago(news.publishedAt)
  return (
    <article className={styles.notice}>
      <p className={styles.about}>
        <Marks row={row} faces={faces} />
        {[t('news.home.by', { name: news.author.name, when }), tellsSchool(row, me, faces) && news.schoolName]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <h3 className={styles.title}>
        <Title news={news} />
      </h3>
      {isShort ? (
        <>
          <Text markdown={text.body} under={2} />
          <Signature news={text} signing={signing} me={me} faces={faces} />
        </>
      ) : (
        <>
          <p className={styles.excerpt}>{spaced(news.excerpt)}</p>
          <p>
            <OpenLink news={news} icon="pen">
              {t('news.home.read-and-sign')}
            </OpenLink>
          </p>
        </>
      )}
    </article>
  )
}
