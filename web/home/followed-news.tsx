import { useTexts } from '../platform/catalogue.ts'
import { useDates } from '../platform/dates.ts'
import { LinkButton } from '../ui/button.tsx'
import { List, RowLink } from '../ui/list.tsx'
import { Tag } from '../ui/tag.tsx'
import { awaited } from './answers.ts'
import type { Followed } from './data.ts'
import styles from './home-screen.module.css'
import { texts } from './texts.ts'

/** What was published and is not seen or signed by all: leads to who that is, and to reminding them. */
export const FollowedNews = ({ of }: { readonly of: Followed }) => {
  const t = useTexts(texts)
  const dates = useDates()
  if (of.items.length === 0) return null
  const waiting = awaited(of.items, new Date())
  return (
    <section className={styles.block}>
      <h2>{t(`home.followed.${of.of}`)}</h2>
      {waiting.length === 0 && <p className={styles.done}>{t('home.followed.done')}</p>}
      <List>
        {waiting.map(news => (
          <RowLink
            key={news.id}
            to="/news/:news/readers"
            params={{ news: news.id }}
            title={news.title}
            detail={t('home.by', { name: news.author.name, when: dates.ago(news.publishedAt) })}
            tags={
              <>
                {news.signed < news.signers && (
                  <Tag tone="soon" icon="pen">
                    {t('home.unsigned', { count: news.signers - news.signed })}
                  </Tag>
                )}
                {news.seen < news.people && (
                  <Tag icon="eye">{t('home.unseen', { count: news.people - news.seen })}</Tag>
                )}
              </>
            }
          />
        ))}
      </List>
      <p>
        <LinkButton
          look="quiet"
          icon="next"
          to="/news/mine"
          search={{ of: of.of === 'school' ? of.items[0]?.uai : undefined }}
        >
          {t('home.followed.all')}
        </LinkButton>
      </p>
    </section>
  )
}
