import { Fragment, useEffect, useRef } from 'react'
import { useTexts } from '../platform/catalogue.ts'
import { LinkButton } from '../ui/button.tsx'
import { List } from '../ui/list.tsx'
import styles from './home-screen.module.css'
import type { MergedHome } from './merge.ts'
import { texts } from './texts.ts'

/** How many of those after the first are shown. */
const shownNext = 2

/** What is to be done, one after the other: the first is done here, and the next takes its place. */
export const Due = ({ due, all }: { readonly due: MergedHome['due']; readonly all: MergedHome['dueAll'] }) => {
  const t = useTexts(texts)
  const heading = useRef<HTMLHeadingElement>(null)
  const [first, ...next] = due
  const key = first?.key
  const before = useRef(key)
  // What had the focus went with the one that is done: the list goes on from its heading, or the page from its own.
  useEffect(() => {
    if (before.current === key) return
    before.current = key
    if (document.activeElement !== document.body) return
    const on = heading.current ?? document.querySelector<HTMLElement>('h1')
    on?.focus({ preventScroll: heading.current === null })
  }, [key])
  if (!first) return null
  return (
    <section className={styles.section}>
      <h2 ref={heading} tabIndex={-1}>
        {t('home.due')} <span className={styles.howMany}>{t('home.due.count', { count: due.length })}</span>
      </h2>
      <Fragment key={first.key}>{first.card}</Fragment>
      {next.length > 0 && (
        <List label={t('home.due.next')}>
          {next.slice(0, shownNext).map(({ key: id, row }) => (
            <Fragment key={id}>{row}</Fragment>
          ))}
        </List>
      )}
      {all && next.length > shownNext && (
        <p>
          <LinkButton {...all} variant="quiet" icon="next">
            {t('home.due.all', { count: next.length - shownNext })}
          </LinkButton>
        </p>
      )}
    </section>
  )
}
