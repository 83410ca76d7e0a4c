import { useInfiniteQuery } from '@tanstack/react-query'
import { listName } from '../../../shared/kernel/names.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import type { Reached } from '../../../shared/news/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDebounced } from '../../platform/debounced.ts'
import { readPages } from '../../platform/read.ts'
import { Fold } from '../../ui/fold.tsx'
import { List, Row } from '../../ui/list.tsx'
import { ListEnd } from '../../ui/list-end.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { texts as shared } from '../texts.ts'
import { texts } from './recipient-texts.ts'
import styles from './tools.module.css'

type ReachedPeopleProps = { readonly uai: string; readonly audiences: readonly string[] }

/** Who will be reached, by name, before anything is published. Asked for once it is opened. */
export const ReachedPeople = ({ uai, audiences }: ReachedPeopleProps) => {
  const t = useTexts(texts)
  if (audiences.length === 0) return null
  return (
    <Fold name={t('news.reached')}>
      <Opened uai={uai} audiences={audiences} />
    </Fold>
  )
}

/** Milliseconds without a further choice before names are asked for. */
const askDelay = 250

const Opened = ({ uai, audiences }: ReachedPeopleProps) => {
  const t = useTexts(texts)
  const asked = useDebounced([...audiences].sort().join(','), askDelay)
  const query = useInfiniteQuery(
    readPages(newsContract.routes.reached, { params: { uai }, query: { audiences: asked } }),
  )
  return (
    <ReadState query={query}>
      {pages => (
        <>
          <p className={styles.count}>{t('news.reached.people', { people: pages[0]?.people ?? 0 })}</p>
          <List label={t('news.reached')}>
            {pages.flatMap(({ items }) => items.map(one => <ReachedRow key={one.id} reached={one} />))}
          </List>
          <ListEnd query={query} />
        </>
      )}
    </ReadState>
  )
}

const ReachedRow = ({ reached }: { readonly reached: Reached }) => {
  const t = useTexts(texts, shared)
  const children = reached.children.map(({ givenName }) => givenName).join(', ')
  const detail = [
    t(`news.role.${reached.role}`),
    children && t('news.reached.for', { children }),
    ...reached.classes.slice(0, 4).map(({ name }) => name),
  ]
  return <Row title={listName(reached)} detail={detail.filter(Boolean).join(' · ')} />
}
