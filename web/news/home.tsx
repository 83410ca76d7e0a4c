import { type ComponentType, lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { newsContract } from '../../shared/news/contract.ts'
import { publishesAs, runsSchool } from '../../shared/news/rules.ts'
import type { Me } from '../../shared/session/contract.ts'
import { useTexts } from '../platform/catalogue.ts'
import type { HomeBlock, HomeContent, HomeRow } from '../platform/home-block.ts'
import { type Readable, read } from '../platform/read.ts'
import { useRead } from '../platform/reads.ts'
import { LinkButton } from '../ui/button.tsx'
import { useAhead } from './data/ahead.ts'
import { useFeeds } from './data/feeds.ts'
import { type Marks, privateInterval } from './data/marks.ts'
import { useMarks } from './data/news-marks.ts'
import type { ReaderNews } from './data/reading.ts'
import type { Followed } from './home/followed.tsx'
import { homeNews } from './home/order.ts'
import { texts } from './home/texts.ts'
import { NewsRow, useChildFaces } from './list/news-row.tsx'

const { mine, ofSchool } = newsContract.routes

/** Comes apart, since families have none. Where it cannot be fetched, it is left out until the next opening. */
const FollowedNews = lazy<ComponentType<{ readonly of: Followed }>>(() =>
  import('./home/followed.tsx').then(
    ({ FollowedNews }) => ({ default: FollowedNews }),
    () => ({ default: () => null }),
  ),
)

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
    ...read(ofSchool, { params: { uai: school?.uai ?? '' }, query: {} }, { every: privateInterval }),
    enabled: follows && school !== undefined,
  })
  const own = useRead({
    ...read(mine, { query: {} }, { every: privateInterval }),
    enabled: follows && school === undefined,
  })
  const published = isPublisher(me) ? (school ? ofWhole.data : own.data)?.items : undefined
  return {
    marks,
    isLoading: useBriefly(isLoading || ofWhole.isLoading || own.isLoading),
    followed: published?.length ? { of: school ? 'school' : 'mine', items: published } : undefined,
  }
}

/** Milliseconds for which Home waits for what is private. */
const patience = 1_500

/** `isLoading`, but false once it has lasted for too long. */
const useBriefly = (isLoading: boolean): boolean => {
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    if (!isLoading) return undefined
    const timer = setTimeout(() => setLate(true), patience)
    return () => clearTimeout(timer)
  }, [isLoading])
  return isLoading && !isLate
}

const useContent = (me: Me): Readable<HomeContent> => {
  const t = useTexts(texts)
  const feeds = useFeeds(me)
  const { query, newest, notices } = feeds
  const { marks, followed, isLoading } = usePrivatePart(me)
  useAhead(feeds, marks, isLoading)
  const items = query.data
  const news = useMemo(
    () => items && homeNews({ items, newest, notices }, me, marks),
    [items, newest, notices, me, marks],
  )
  const faces = useChildFaces(me)
  const rows = (of: readonly ReaderNews[]): HomeRow[] =>
    of.map(row => ({
      key: row.news.id,
      at: row.news.publishedAt,
      row: <NewsRow row={row} under={{}} faces={faces} me={me} />,
    }))
  const content = news && {
    due: rows(news.toSign),
    first: rows(news.first),
    latest: rows(news.latest),
    unread: marks && {
      byChild: news.unreadByChild,
      listOf: (child: string) => ({ to: '/news' as const, search: { of: child } }),
    },
    followed: followed && {
      title: t(`news.home.followed.${followed.of}`),
      content: (
        <Suspense>
          <FollowedNews of={followed} />
        </Suspense>
      ),
    },
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

const WriteButton = () => {
  const t = useTexts(texts)
  return (
    <LinkButton variant="primary" icon="pen" to="/news/write">
      {t('news.home.write')}
    </LinkButton>
  )
}

/** The news on Home: what is to be signed, what is urgent, what is new, and what one's own publications wait for. */
export const newsHome: HomeBlock = { useContent, action: me => isPublisher(me) && <WriteButton /> }
