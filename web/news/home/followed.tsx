import type { PublishedNews } from '../../../shared/news/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { serverDate } from '../../platform/server-time.ts'
import { Bar } from '../../ui/bar.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { List, RowLink } from '../../ui/list.tsx'
import { Tag } from '../../ui/tag.tsx'
import styles from './followed.module.css'
import { texts } from './followed-texts.ts'
import { awaited, howSeen } from './order.ts'

/** What a publisher follows: the newest publications of the school they run, or their own. */
export type Followed = {
  /** The school; absent: their own. */
  readonly uai: string | undefined
  readonly items: readonly PublishedNews[]
  /** True if no other was published. */
  readonly isAll: boolean
}

/** Publications that some have not signed, or have not seen. Each leads to who that is, and to reminding them. */
export const FollowedNews = ({ of }: { readonly of: Followed }) => {
  const t = useTexts(texts)
  const { unsigned, unseen } = awaited(of.items, serverDate())
  const all = (
    <p>
      <LinkButton variant="quiet" icon="next" to="/news/mine" search={{ of: of.uai }}>
        {t('news.home.followed.all')}
      </LinkButton>
    </p>
  )
  const seen = howSeen(of)
  if (unsigned.length + unseen.length === 0)
    return (
      <>
        <h2>{t(of.uai === undefined ? 'news.home.followed.mine' : 'news.home.followed.school')}</h2>
        {seen && <p className={styles.done}>{t(`news.home.followed.${seen}`)}</p>}
        {all}
      </>
    )
  return (
    <>
      <div className={styles.parts}>
        <Part title={t('news.home.unsigned')} of={of} items={unsigned} />
        <Part title={t('news.home.unseen')} of={of} items={unseen} />
      </div>
      {all}
    </>
  )
}

type PartProps = { readonly title: string; readonly of: Followed; readonly items: readonly PublishedNews[] }

const Part = ({ title, of, items }: PartProps) => {
  const t = useTexts(texts)
  const dates = useDates()
  if (items.length === 0) return null
  return (
    <section className={styles.part}>
      <h2>{title}</h2>
      <List>
        {items.map(news => {
          const isUnsigned = news.signed < news.signers
          return (
            <RowLink
              key={news.id}
              to="/news/:news/readers"
              params={{ news: news.id }}
              title={news.title}
              more={
                <span className={styles.bar}>
                  <Bar part={isUnsigned ? news.signed : news.seen} whole={isUnsigned ? news.signers : news.people} />
                </span>
              }
              detail={[of.uai !== undefined && news.author.name, dates.ago(news.publishedAt)]
                .filter(Boolean)
                .join(' · ')}
              tags={
                isUnsigned ? (
                  <Tag tone="soon" icon="pen">
                    {t('news.home.signatures-missing', { count: news.signers - news.signed })}
                  </Tag>
                ) : (
                  <Tag icon="hidden">{t('news.home.readers-missing', { count: news.people - news.seen })}</Tag>
                )
              }
            />
          )
        })}
      </List>
    </section>
  )
}
