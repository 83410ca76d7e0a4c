import { type ComponentType, Fragment, type ReactNode, useMemo } from 'react'
import type { Me } from '../../shared/session/contract.ts'
import { useMe } from '../platform/api.ts'
import { useTexts } from '../platform/catalogue.ts'
import type { HomeBlock, HomeRow } from '../platform/home-block.ts'
import type { Target } from '../platform/navigation.ts'
import { useOnline } from '../platform/online.ts'
import { ChildMark, childFaces } from '../ui/child-mark.tsx'
import { classes } from '../ui/classes.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Link } from '../ui/link.tsx'
import { List } from '../ui/list.tsx'
import { ReadState } from '../ui/read-state.tsx'
import { Screen } from '../ui/screen.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import styles from './home-screen.module.css'
import { type MergedHome, mergeReads } from './merge.ts'
import { texts } from './texts.ts'

/** Makes Home of the features' blocks. `blocks` must not change, since each is a hook. */
export const homeScreen =
  (blocks: readonly HomeBlock[]): ComponentType =>
  () => <HomeScreen blocks={blocks} />

/** Of all features: what is due, then what is to be read first, then what is new. */
const HomeScreen = ({ blocks }: { readonly blocks: readonly HomeBlock[] }) => {
  const t = useTexts(texts)
  const me = useMe()
  // biome-ignore lint/correctness/useHookAtTopLevel: always the same hooks in the same order.
  const contents = blocks.map(block => block.useContent(me))
  const query = mergeReads(contents, useOnline())
  const actions = blocks.flatMap(({ action }) => action?.(me) || [])
  return (
    <Screen
      title={me.person.givenName ? t('home.hello', { name: me.person.givenName }) : t('home.title')}
      actions={actions.length > 0 && keyed(actions)}
    >
      <ReadState query={query} loading={<Skeleton rows={5} />}>
        {home => (
          <div className={styles.home}>
            <Section title={t('home.due')} rows={home.due} />
            <Section title={t('home.first')} rows={home.first} />
            {me.children.length > 1 && home.unread.length > 0 && <Children me={me} unread={home.unread} />}
            {home.followed.map(({ title, content }) => (
              <section key={title} className={styles.section}>
                <h2>{title}</h2>
                {content}
              </section>
            ))}
            <Latest home={home} />
          </div>
        )}
      </ReadState>
    </Screen>
  )
}

/** Elements of the blocks, with their index as key: blocks never change their order. */
const keyed = (elements: readonly ReactNode[]): ReactNode =>
  elements.map((element, index) => <Fragment key={String(index)}>{element}</Fragment>)

type SectionProps = { readonly title: string; readonly rows: readonly HomeRow[]; readonly end?: ReactNode }

const Section = ({ title, rows, end }: SectionProps) =>
  rows.length === 0 ? null : (
    <section className={styles.section}>
      <h2>{title}</h2>
      <List>
        {rows.map(({ key, row }) => (
          <Fragment key={key}>{row}</Fragment>
        ))}
      </List>
      {end}
    </section>
  )

const Latest = ({ home }: { readonly home: MergedHome }) => {
  const t = useTexts(texts)
  const all = keyed(home.all)
  if (home.latest.length > 0) return <Section title={t('home.latest')} rows={home.latest} end={all} />
  if (home.due.length + home.first.length > 0) return all
  return <EmptyState title={t('home.empty')}>{t('home.empty.hint')}</EmptyState>
}

/** The number of unread items of each child. Links to the list of the first feature that has one. */
const Children = ({ me, unread }: { readonly me: Me; readonly unread: MergedHome['unread'] }) => {
  const t = useTexts(texts)
  const faces = useMemo(() => childFaces(me.children), [me.children])
  const listOf = (child: string): Target | undefined =>
    (unread.find(({ byChild }) => byChild.has(child)) ?? unread[0])?.listOf(child)
  return (
    <section className={classes(styles.section, styles.aside)}>
      <h2>{t('home.children')}</h2>
      <ul className={styles.children}>
        {me.children.map(child => {
          const face = faces.get(child.id)
          const count = unread.reduce((sum, { byChild }) => sum + (byChild.get(child.id) ?? 0), 0)
          const target = listOf(child.id)
          return (
            target && (
              <li key={child.id}>
                <Link {...target} className={styles.child}>
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
          )
        })}
      </ul>
    </section>
  )
}
