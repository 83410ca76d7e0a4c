import { type ReactNode, useMemo } from 'react'
import { publishesAs } from '../../shared/news/rules.ts'
import type { Me } from '../../shared/session/contract.ts'
import type { ReaderNews } from '../news/data/reading.ts'
import { useMe } from '../platform/api.ts'
import { useTexts } from '../platform/catalogue.ts'
import { LinkButton } from '../ui/button.tsx'
import { ChildMark, childFaces } from '../ui/child-mark.tsx'
import { classes } from '../ui/classes.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Link } from '../ui/link.tsx'
import { List } from '../ui/list.tsx'
import { ReadState } from '../ui/read-state.tsx'
import { Screen } from '../ui/screen.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { type Answers, answersOf } from './answers.ts'
import { useLatest, usePrivate } from './data.ts'
import { FollowedNews } from './followed-news.tsx'
import { HomeRow } from './home-row.tsx'
import styles from './home-screen.module.css'
import { texts } from './texts.ts'

/** Answers first: what is to be signed, what is to be read, what one's own publications still wait for. */
export const HomeScreen = () => {
  const t = useTexts(texts)
  const me = useMe()
  const latest = useLatest(me)
  const { marks, followed, isAwaited } = usePrivate(me)
  const answers = useMemo(() => latest.data && answersOf(latest.data, me, marks), [latest.data, me, marks])
  const isPublisher = me.schools.some(({ uai }) => publishesAs(me.roles, uai) !== undefined)
  return (
    <Screen
      title={t('home.hello', { name: me.person.givenName })}
      actions={
        isPublisher && (
          <LinkButton look="primary" icon="pen" to="/news/write">
            {t('home.write')}
          </LinkButton>
        )
      }
    >
      <ReadState query={{ ...latest, data: isAwaited ? undefined : answers }} loading={<Skeleton rows={5} />}>
        {found => (
          <div className={styles.home}>
            <Block title={t('home.toSign')} of={found.toSign} me={me} />
            <Block title={t('home.first')} of={found.first} me={me} />
            {marks && me.children.length > 1 && <Children me={me} unreadOf={found.unreadOf} />}
            {followed && <FollowedNews of={followed} />}
            <Latest found={found} me={me} />
          </div>
        )}
      </ReadState>
    </Screen>
  )
}

type BlockProps = {
  readonly title: string
  readonly of: readonly ReaderNews[]
  readonly me: Me
  readonly end?: ReactNode
}

const Block = ({ title, of, me, end }: BlockProps) => {
  const faces = useMemo(() => (me.children.length > 1 ? childFaces(me.children) : new Map()), [me.children])
  if (of.length === 0) return null
  return (
    <section className={styles.block}>
      <h2>{title}</h2>
      <List>
        {of.map(one => (
          <HomeRow key={one.news.id} of={one} faces={faces} showSchool={me.schools.length > 1} />
        ))}
      </List>
      {end}
    </section>
  )
}

const Latest = ({ found, me }: { readonly found: Answers; readonly me: Me }) => {
  const t = useTexts(texts)
  const all = (
    <p>
      <LinkButton look="quiet" icon="next" to="/news">
        {t('home.all')}
      </LinkButton>
    </p>
  )
  if (found.latest.length > 0) return <Block title={t('home.latest')} of={found.latest} me={me} end={all} />
  if (found.toSign.length + found.first.length > 0) return all
  return <EmptyState title={t('home.empty')}>{t('home.empty.hint')}</EmptyState>
}

/** How much is unread for each child: leads to that child's news. */
const Children = ({ me, unreadOf }: { readonly me: Me; readonly unreadOf: Answers['unreadOf'] }) => {
  const t = useTexts(texts)
  const faces = childFaces(me.children)
  return (
    <section className={classes(styles.block, styles.aside)}>
      <h2>{t('home.children')}</h2>
      <ul className={styles.children}>
        {me.children.map(child => {
          const face = faces.get(child.id)
          const count = unreadOf.get(child.id) ?? 0
          return (
            <li key={child.id}>
              <Link to="/news" search={{ of: child.id }} className={styles.child}>
                {face && <ChildMark face={face} silent />}
                <span>
                  <span className={styles.name}>
                    {child.givenName}
                    {child.className && ` · ${child.className}`}
                  </span>
                  <span className={styles.count}>{t('home.unread', { count })}</span>
                </span>
              </Link>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
