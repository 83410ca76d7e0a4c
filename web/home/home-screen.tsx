import { type ComponentType, Fragment, type ReactNode } from 'react'
import type { Me } from '../../shared/session/contract.ts'
import { useMe } from '../platform/api.ts'
import { useTexts } from '../platform/catalogue.ts'
import { useDates } from '../platform/dates.ts'
import type { HomeBlock, HomeRow } from '../platform/home-block.ts'
import { useOnline } from '../platform/online.ts'
import { serverDate } from '../platform/server-time.ts'
import { classes } from '../ui/classes.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { List } from '../ui/list.tsx'
import { ReadState } from '../ui/read-state.tsx'
import { Screen } from '../ui/screen.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Children } from './children.tsx'
import { Due } from './due.tsx'
import styles from './home-screen.module.css'
import { type MergedHome, mergeReads } from './merge.ts'
import { texts } from './texts.ts'

/** Makes Home of the features' blocks. `blocks` must not change, since each is a hook. */
export const homeScreen =
  (blocks: readonly HomeBlock[]): ComponentType =>
  () => <HomeScreen blocks={blocks} />

const HomeScreen = ({ blocks }: { readonly blocks: readonly HomeBlock[] }) => {
  const t = useTexts(texts)
  const dates = useDates()
  const me = useMe()
  // biome-ignore lint/correctness/useHookAtTopLevel: always the same hooks in the same order.
  const contents = blocks.flatMap(({ useContent }) => useContent?.(me) ?? [])
  const query = mergeReads(contents, useOnline())
  const acting = blocks.filter(({ action }) => action?.(me, 'plain'))
  // What is named last is nearest to the thumb, and to the bar's end.
  const acts = [...acting.filter(one => !one.comesFirst?.(me)), ...acting.filter(one => one.comesFirst?.(me))]
  const actions = acts.map(({ action }, at) => action?.(me, at === acts.length - 1 ? 'primary' : 'plain'))
  return (
    <Screen
      title={dates.fullDay(serverDate())}
      name={t('home.title')}
      subtitle={useWhose(me)}
      actions={actions.length > 0 && keyed(actions)}
    >
      <ReadState query={query} loading={<Skeleton rows={5} />}>
        {home => <Sections home={home} me={me} parts={blocks.flatMap(({ part }) => part?.(me) || [])} />}
      </ReadState>
    </Screen>
  )
}

/** Whose view this is: of a guardian with the children it is for, of others with their schools. */
const useWhose = ({ person, children, schools }: Me): string => {
  const t = useTexts(texts)
  const name = [person.givenName, person.familyName].filter(Boolean).join(' ')
  const names = [...new Map(children.map(child => [child.id, child.givenName])).values()]
  const [last, ...others] = [...names].reverse()
  if (last === undefined) return [name, ...schools.map(school => school.name)].filter(Boolean).join(' · ')
  const all = others.length > 0 ? t('home.and', { names: others.reverse().join(', '), last }) : last
  return t('home.for', { name, children: all })
}

type SectionsProps = {
  readonly home: MergedHome
  readonly me: Me
  /** What reads for itself, of the blocks that have it. */
  readonly parts: readonly ReactNode[]
}

/**
 * Of all features: what cannot wait, then what there is for each child and what is to be done; what is new beside it where
 * there is room, else below.
 */
const Sections = ({ home, me, parts }: SectionsProps) => {
  const t = useTexts(texts)
  const { urgent, due, first, unread, read, followed, isWhole } = home
  const toDo = [...parts, ...home.toDo]
  const isEmpty = urgent.length + due.length + first.length + unread.length + read.length === 0
  const recalled = <Section title={t('home.first')} rows={first} />
  const news = (
    <>
      <Section title={t('home.unread')} rows={unread} />
      <Section title={t(home.isReadKnown ? 'home.read' : 'home.latest')} rows={read} />
      {!isEmpty && keyed(home.all)}
    </>
  )
  const hasMain = [me.children, due, toDo, followed].some(one => one.length > 0)
  return (
    <div className={classes(styles.home, hasMain && styles.beside)}>
      {urgent.length > 0 && (
        <div className={styles.urgent}>
          {urgent.map(({ key, card }) => (
            <Fragment key={key}>{card}</Fragment>
          ))}
        </div>
      )}
      {hasMain && (
        <div className={styles.main}>
          <Children me={me} of={home.ofChild} />
          {toDo.length > 0 && <div className={styles.toDo}>{keyed(toDo)}</div>}
          <Due due={due} all={home.dueAll} />
          {recalled}
          {followed.length > 0 && <div className={styles.section}>{keyed(followed)}</div>}
        </div>
      )}
      <div className={styles.news}>
        {!hasMain && recalled}
        {isEmpty && isWhole ? <EmptyState title={t('home.empty')}>{t('home.empty.hint')}</EmptyState> : news}
      </div>
    </div>
  )
}

/** Elements of the blocks, with their index as key: blocks never change their order. */
const keyed = (elements: readonly ReactNode[]): ReactNode =>
  elements.map((element, index) => <Fragment key={String(index)}>{element}</Fragment>)

const Section = ({ title, rows }: { readonly title: string; readonly rows: readonly HomeRow[] }) =>
  rows.length === 0 ? null : (
    <section className={styles.section}>
      <h2>{title}</h2>
      <List>
        {rows.map(({ key, row }) => (
          <Fragment key={key}>{row}</Fragment>
        ))}
      </List>
    </section>
  )
