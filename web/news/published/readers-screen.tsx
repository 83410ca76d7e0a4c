import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useParams } from 'wouter'
import type { PublishedNews } from '../../../shared/news/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { Banner } from '../../ui/banner.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { Fold } from '../../ui/fold.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { BackLink, Screen } from '../../ui/screen.tsx'
import { useAudienceName } from '../audience-name.ts'
import { publication } from '../data/published.ts'
import { texts as shared } from '../texts.ts'
import { StateTag } from './published-screen.tsx'
import { Readers } from './readers.tsx'
import styles from './readers-screen.module.css'
import { texts } from './texts.ts'
import { RestoreButton, WithdrawButton } from './withdraw-button.tsx'

const Text = lazy(() => import('../text/text.tsx').then(loaded => ({ default: loaded.Text })))

/** One publication, for whoever may manage it: its text, its readers, editing and withdrawing it. */
export const ReadersScreen = () => {
  const t = useTexts(texts, shared)
  const { news = '' } = useParams()
  const query = useQuery(publication(news))
  return (
    <Screen
      title={query.data?.title ?? t('news.readers')}
      tall
      back={<BackLink to="/news/mine">{t('news.follow.back')}</BackLink>}
    >
      <ReadState query={query}>
        {found =>
          found.state === 'scheduled' ? (
            <About news={found} />
          ) : (
            <Readers news={found}>
              <About news={found} />
            </Readers>
          )
        }
      </ReadState>
    </Screen>
  )
}

const About = ({ news }: { readonly news: PublishedNews & { readonly body: string } }) => {
  const t = useTexts(texts, shared)
  const dates = useDates()
  const nameOf = useAudienceName()
  const { state } = news
  const when = dates.dayTime(news.publishedAt)
  return (
    <>
      <div className={styles.about}>
        <p>
          <StateTag state={state} />
        </p>
        <p>{t('news.by', { name: news.author.name, role: t(`news.role.${news.author.role}`) })}</p>
        <p>
          {news.held ? t('news.held') : t(state === 'scheduled' ? 'news.scheduled.at' : 'news.at', { when })}
          {news.editedAt && ` · ${t('news.edited', { when: dates.dayTime(news.editedAt) })}`}
          {news.until && ` · ${t('news.until', { when: dates.dayTime(news.until) })}`}
        </p>
        <p>
          {t('news.to')} {news.audiences.map(nameOf).join(', ')} · {t('news.recipients', { people: news.people })}
        </p>
      </div>
      {news.accountFrozen && <Banner tone="warn">{t('news.accountFrozen')}</Banner>}
      {news.noLongerAllowed && (
        <Banner tone="warn">
          {t('news.noLongerAllowed', { audiences: news.noLongerAllowed.map(nameOf).join(', ') })}
        </Banner>
      )}
      {state === 'withdrawn' ? (
        <div className={styles.acts}>
          <RestoreButton news={news} />
          <LinkButton icon="plus" to="/news/write" search={{ from: news.id, of: news.uai }}>
            {t('news.duplicate')}
          </LinkButton>
        </div>
      ) : (
        <div className={styles.acts}>
          <LinkButton icon="pen" to="/news/write/:news" params={{ news: news.id }}>
            {t('news.edit')}
          </LinkButton>
          <LinkButton icon="plus" to="/news/write" search={{ from: news.id, of: news.uai }}>
            {t('news.duplicate')}
          </LinkButton>
          <WithdrawButton news={news} />
        </div>
      )}
      <Fold name={t('news.follow.text')}>
        <Suspense>
          <Text markdown={news.body} />
        </Suspense>
      </Fold>
    </>
  )
}
