import type { PublishedNews } from '../../../shared/news/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { serverDate } from '../../platform/server-time.ts'
import { LinkButton } from '../../ui/button.tsx'
import { List, RowLink } from '../../ui/list.tsx'
import { Tag } from '../../ui/tag.tsx'
import { texts as row } from '../list/row-texts.ts'
import styles from './followed.module.css'
import { texts } from './followed-texts.ts'
import { awaited } from './order.ts'

/** What a publisher follows: all publications of the school they run, or their own. */
export type Followed = { readonly of: 'school' | 'mine'; readonly items: readonly PublishedNews[] }

/** Publications that some have not seen or signed. Each leads to who that is, and to reminding them. */
export const FollowedNews = ({ of }: { readonly of: Followed }) => {
  const t = useTexts(texts, row)
  const dates = useDates()
  const waiting = awaited(of.items, serverDate())
  return (
    <>
      {waiting.length === 0 && <p className={styles.done}>{t('news.home.followed.done')}</p>}
      <List>
        {waiting.map(news => (
          <RowLink
            key={news.id}
            to="/news/:news/readers"
            params={{ news: news.id }}
            title={news.title}
            detail={t('news.row.by', { name: news.author.name, when: dates.ago(news.publishedAt) })}
            tags={
              <>
                {news.signed < news.signers && (
                  <Tag tone="soon" icon="pen">
                    {t('news.home.unsigned', { count: news.signers - news.signed })}
                  </Tag>
                )}
                {news.seen < news.people && (
                  <Tag icon="eye">{t('news.home.unseen', { count: news.people - news.seen })}</Tag>
                )}
              </>
            }
          />
        ))}
      </List>
      <p>
        <LinkButton
          variant="quiet"
          icon="next"
          to="/news/mine"
          search={{ of: of.of === 'school' ? of.items[0]?.uai : undefined }}
        >
          {t('news.home.followed.all')}
        </LinkButton>
      </p>
    </>
  )
}
