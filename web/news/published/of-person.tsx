import { useQuery } from '@tanstack/react-query'
import { newsContract } from '../../../shared/news/contract.ts'
import type { PublishedNews } from '../../../shared/news/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { queryClient } from '../../platform/content.ts'
import { useDates } from '../../platform/dates.ts'
import { read } from '../../platform/read.ts'
import { registerWrites } from '../../platform/write.ts'
import type { PersonBlock } from '../../ui/feature.ts'
import { Link } from '../../ui/link.tsx'
import { useAudienceName } from '../audience-name.ts'
import { texts as shared } from '../texts.ts'
import { writes } from '../writes.ts'
import styles from './of-person.module.css'
import { StateTag } from './published-screen.tsx'
import { texts } from './texts.ts'
import { RestoreButton, WithdrawButton } from './withdraw-button.tsx'

const Published = ({ news }: { readonly news: PublishedNews }) => {
  const t = useTexts(texts, shared)
  const dates = useDates()
  const nameOf = useAudienceName()
  const { id, title, state, publishedAt, audiences, accountFrozen } = news
  const when = dates.dayTime(publishedAt)
  return (
    <li className={styles.item}>
      <div className={styles.words}>
        <Link to="/news/:news/readers" params={{ news: id }}>
          {title}
        </Link>
        <p className={styles.detail}>
          {[
            t(state === 'scheduled' ? 'news.scheduled.at' : 'news.at', { when }),
            audiences.map(nameOf).join(', '),
            accountFrozen && t('news.accountFrozen'),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <StateTag state={state} />
      </div>
      {state === 'withdrawn' ? <RestoreButton news={news} /> : <WithdrawButton news={news} />}
    </li>
  )
}

// The page is another feature's, whose writes alone come with it.
registerWrites(queryClient, writes)

/** On the page of a person: what they published lately, to be taken back where somebody else used their account. */
export const PublishedLately: PersonBlock = ({ person, frozen }) => {
  const t = useTexts(texts)
  const query = useQuery(read(newsContract.routes.ofPerson, { params: { person } }))
  const items = query.data?.items ?? []
  if (items.length === 0 && !(frozen && query.data)) return null
  return (
    <section className={styles.section}>
      <h2>{t(frozen ? 'news.of-person.frozen' : 'news.of-person')}</h2>
      {items.length === 0 ? (
        <p className={styles.detail}>{t('news.of-person.none')}</p>
      ) : (
        <ul className={styles.list}>
          {items.map(news => (
            <Published key={news.id} news={news} />
          ))}
        </ul>
      )}
    </section>
  )
}
