import { type ComponentType, lazy, Suspense, useEffect, useRef } from 'react'
import { newsContract } from '../../shared/news/contract.ts'
import { publishesAs, runsSchool } from '../../shared/news/rules.ts'
import type { Me } from '../../shared/session/contract.ts'
import { useBriefly } from '../platform/briefly.ts'
import { useTexts } from '../platform/catalogue.ts'
import { queryClient } from '../platform/content.ts'
import { useDates } from '../platform/dates.ts'
import type { HomeBlock, HomeContent } from '../platform/home-block.ts'
import { type Readable, read } from '../platform/read.ts'
import { useRead } from '../platform/reads.ts'
import { serverDate } from '../platform/server-time.ts'
import { registerWrites } from '../platform/write.ts'
import { LinkButton } from '../ui/button.tsx'
import { List } from '../ui/list.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { toast } from '../ui/toast.tsx'
import { useAhead } from './data/ahead.ts'
import { useChangedAccess } from './data/changed-access.ts'
import { useFeeds } from './data/feeds.ts'
import { type Marks, privateInterval } from './data/marks.ts'
import { useMarks, useOlderMarks } from './data/news-marks.ts'
import { ofHome } from './data/of-home.ts'
import { awaitsSignature, type ReaderNews, readerNews } from './data/reading.ts'
import { ChildFoot } from './home/child-foot.tsx'
import type { Followed } from './home/followed.tsx'
import type { InFullProps } from './home/in-full.tsx'
import { homeNews, isOver } from './home/order.ts'
import { texts } from './home/texts.ts'
import { NewsRow, type NewsRowProps, useChildFaces } from './list/news-row.tsx'

const { mine, ofSchool } = newsContract.routes

/** A part of Home that comes apart. Where it cannot be fetched, `instead` is shown until the next opening. */
const apart = <Props,>(load: () => Promise<ComponentType<Props>>, instead: ComponentType<Props>) =>
  lazy<ComponentType<Props>>(() =>
    load().then(
      part => ({ default: part }),
      () => ({ default: instead }),
    ),
  )

const RowAlone = ({ row, me, faces }: InFullProps) => (
  <List>
    <NewsRow row={row} under={{}} faces={faces} me={me} />
  </List>
)

/** Families have none. */
const FollowedNews = apart<{ readonly of: Followed }>(
  async () => (await import('./home/followed.tsx')).FollowedNews,
  () => null,
)
/** With the parser of texts and the writes, for whom something is urgent or to be signed. */
const inFull = async () => {
  const [cards, { writes }] = await Promise.all([
    import('./home/in-full.tsx').then(({ Urgent: urgent, Notice: notice }) => ({ urgent, notice })),
    import('./writes.ts'),
  ])
  registerWrites(queryClient, writes)
  return cards
}
const Urgent = apart(async () => (await inFull()).urgent, RowAlone)
const Notice = apart(async () => (await inFull()).notice, RowAlone)

const isPublisher = (me: Me): boolean => me.schools.some(({ uai }) => publishesAs(me.roles, uai) !== undefined)

type PrivatePart = {
  readonly marks: Marks | undefined
  /** Undefined where nothing was published. */
  readonly followed: Followed | undefined
  /**
   * True while it is read for the first time, for a moment: rows shown before would change their order once it is there.
   * A read that has failed, or that this device has data of, is not waited for.
   */
  readonly isLoading: boolean
}

/**
 * What is private in one request. Guardians, and whoever publishes nothing: what they read and signed. Publishers: what
 * their publications still wait for. The other of the two is shown as this device last cached it.
 */
const usePrivatePart = (me: Me): PrivatePart => {
  const school = me.schools.find(({ uai }) => runsSchool(me.roles, uai))
  const follows = isPublisher(me) && me.children.length === 0
  const { marks, isLoading } = useMarks({ isAsked: !follows })
  const ofWhole = useRead({
    ...read(ofSchool, { params: { uai: school?.uai ?? '' }, query: ofHome }, { every: privateInterval }),
    enabled: follows && school !== undefined,
  })
  const own = useRead({
    ...read(mine, { query: ofHome }, { every: privateInterval }),
    enabled: follows && school === undefined,
  })
  useChangedAccess(ofWhole)
  useChangedAccess(own)
  const published = isPublisher(me) ? (school ? ofWhole.data : own.data) : undefined
  return {
    marks,
    isLoading: useBriefly(isLoading || ofWhole.isLoading || own.isLoading),
    followed:
      published && (published.items.length > 0 || published.next !== undefined)
        ? { uai: school?.uai, items: published.items, isAll: published.next === undefined }
        : undefined,
  }
}

const useContent = (me: Me): Readable<HomeContent> => {
  const t = useTexts(texts)
  const { isToday } = useDates()
  const feeds = useFeeds(me)
  const { query, newest, open, notices, whole } = feeds
  const { marks, followed, isLoading } = usePrivatePart(me)
  useAhead(feeds, marks, isLoading)
  // Read before it became urgent, or under an earlier release, it may be in no mark: asked for once a device, and kept.
  useOlderMarks(
    open.filter(({ urgent }) => urgent),
    marks,
  )
  const items = query.data
  const news = items && homeNews({ items, newest, open, whole }, me, marks, isToday, serverDate())
  useSignedToast(readerNews(notices, me, marks), news?.toSign)
  const faces = useChildFaces(me)
  const isStateKnown = marks !== undefined
  const placed = ({ news: { id, publishedAt } }: ReaderNews) => ({ key: id, at: publishedAt })
  const rows = (of: readonly ReaderNews[], under: NewsRowProps['under'] = {}) =>
    of.map(row => ({ ...placed(row), row: <NewsRow row={row} under={under} faces={faces} me={me} isShort /> }))
  const cards = (Shown: typeof Urgent, of: readonly ReaderNews[]) =>
    of.map(row => ({
      ...placed(row),
      card: (
        <Suspense fallback={<RowAlone {...{ row, me, faces, isStateKnown }} known={feeds} />}>
          <Shown {...{ row, me, faces, isStateKnown }} known={feeds} />
        </Suspense>
      ),
    }))
  const content: HomeContent | undefined = news && {
    urgent: cards(Urgent, news.urgent),
    due: rows(news.toSign, { toSign: true }).map((row, at) => ({
      ...row,
      card: cards(Notice, news.toSign)[at]?.card,
      isOver: isOver(news.toSign[at] as ReaderNews, serverDate()),
    })),
    dueAll: { to: '/news', search: { show: 'sign' } },
    first: rows(news.first),
    unread: rows(news.unread),
    read: rows(news.read),
    isReadKnown: isStateKnown,
    ofChild: marks && {
      to: child => ({ to: '/news' as const, search: { of: child } }),
      foot: child => <ChildFoot child={child} counts={news.ofChild(child)} />,
    },
    followed: followed && (
      <Suspense fallback={<Skeleton rows={3} />}>
        <FollowedNews of={followed} />
      </Suspense>
    ),
    all: (
      <p>
        <LinkButton variant="quiet" icon="next" to="/news">
          {t('news.home.all')}
        </LinkButton>
      </p>
    ),
  }
  return { ...query, data: isLoading ? undefined : content }
}

/** Says that the notice which stood first is signed: the next one takes its place at once. */
const useSignedToast = (notices: readonly ReaderNews[], toSign: readonly ReaderNews[] | undefined): void => {
  const t = useTexts(texts)
  const first = toSign?.[0]?.news
  const before = useRef<ReaderNews['news']>(undefined)
  useEffect(() => {
    const known = before.current
    before.current = first
    if (!known || known.id === first?.id) return
    const signing = notices.find(({ news }) => news.id === known.id)?.signing
    if (signing && signing.by !== 'nobody' && !awaitsSignature(signing))
      toast({ text: t('news.home.signed', { title: known.title }) })
  }, [first, notices, t])
}

const WriteButton = ({ variant }: { readonly variant: 'primary' | 'plain' }) => {
  const t = useTexts(texts)
  return (
    <LinkButton variant={variant} icon="pen" to="/news/write">
      {t('news.home.write')}
    </LinkButton>
  )
}

/** The news on Home: what is to be signed, what is urgent, what is new, and what one's own publications wait for. */
export const newsHome: HomeBlock = {
  useContent,
  action: (me, variant) => isPublisher(me) && <WriteButton variant={variant} />,
}
