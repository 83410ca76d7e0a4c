import { useInfiniteQuery } from '@tanstack/react-query'
import { runsSchool } from '../../../shared/news/rules.ts'
import type { PublishedNews } from '../../../shared/news/shapes.ts'
import { useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { navigate, useSearch } from '../../platform/navigation.ts'
import { LinkButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { List, RowLink } from '../../ui/list.tsx'
import { ListEnd } from '../../ui/list-end.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { BackLink, Screen } from '../../ui/screen.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tag, type TagTone } from '../../ui/tag.tsx'
import { useAudienceName } from '../audience-name.ts'
import { publications } from '../data/published.ts'
import { texts as shared } from '../texts.ts'
import { Counts } from './counts.tsx'
import styles from './published-screen.module.css'
import { texts } from './texts.ts'

const tones: { readonly [State in PublishedNews['state']]: TagTone } = {
  scheduled: 'soon',
  published: 'done',
  ended: 'plain',
  withdrawn: 'plain',
}

/** The state of a publication: scheduled, published, ended or withdrawn. */
export const StateTag = ({ state }: Pick<PublishedNews, 'state'>) => {
  const t = useTexts(texts, shared)
  return <Tag tone={tones[state]}>{t(`news.state.${state}`)}</Tag>
}

/** One's own publications or, for those who run a school, all of it. */
export const PublishedScreen = () => {
  const t = useTexts(texts, shared)
  const me = useMe()
  const { of } = useSearch('/news/mine')
  const run = me.schools.filter(({ uai }) => runsSchool(me.roles, uai))
  const chosen = run.some(({ uai }) => uai === of) && of !== undefined ? of : 'mine'
  const query = useInfiniteQuery(publications(chosen))
  const items = query.data?.flatMap(page => page.items)
  return (
    <Screen
      title={t('news.published')}
      back={<BackLink to="/news">{t('news.title')}</BackLink>}
      actions={
        <LinkButton variant="primary" icon="pen" to="/news/write">
          {t('news.write')}
        </LinkButton>
      }
    >
      {run.length > 0 && (
        <Segments
          label={t('news.published.which')}
          value={chosen}
          onChange={next =>
            navigate({ to: '/news/mine', search: { of: next === 'mine' ? undefined : next }, replace: true })
          }
          segments={[
            { value: 'mine', label: t('news.published.mine') },
            ...run.map(({ uai, name }) => ({ value: uai, label: name })),
          ]}
        />
      )}
      <ReadState query={{ ...query, data: items }} loading={<Skeleton rows={6} />}>
        {found =>
          found.length === 0 && !query.hasNextPage ? (
            <EmptyState title={t(chosen === 'mine' ? 'news.published.empty' : 'news.published.empty.school')}>
              {t('news.published.empty.hint')}
            </EmptyState>
          ) : (
            <>
              <List label={t('news.published')}>
                {found.map(news => (
                  <Published key={news.id} news={news} showAuthor={chosen !== 'mine'} />
                ))}
              </List>
              <ListEnd query={query} />
            </>
          )
        }
      </ReadState>
    </Screen>
  )
}

const Published = ({ news, showAuthor }: { readonly news: PublishedNews; readonly showAuthor: boolean }) => {
  const t = useTexts(texts, shared)
  const dates = useDates()
  const nameOf = useAudienceName()
  const { state } = news
  const when = dates.dayTime(news.publishedAt)
  return (
    <RowLink
      to="/news/:news/readers"
      params={{ news: news.id }}
      title={news.title}
      detail={
        <>
          {[
            showAuthor && news.author.name,
            news.held ? t('news.held') : t(state === 'scheduled' ? 'news.scheduled.at' : 'news.at', { when }),
            news.audiences.map(nameOf).join(', '),
            news.accountFrozen && t('news.accountFrozen'),
            news.noLongerAllowed &&
              t('news.noLongerAllowed', { audiences: news.noLongerAllowed.map(nameOf).join(', ') }),
            news.notSentTo && t('news.notSent', { audiences: news.notSentTo.map(nameOf).join(', ') }),
          ]
            .filter(Boolean)
            .join(' · ')}
          {(state === 'published' || state === 'ended') && (
            <span className={styles.counts}>
              <Counts of={news} />
            </span>
          )}
        </>
      }
      tags={<StateTag state={state} />}
    />
  )
}
