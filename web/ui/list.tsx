import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { Link, type LinkProps } from './link.tsx'
import styles from './list.module.css'
import { spaced } from './spaces.ts'
import { VisuallyHidden } from './visually-hidden.tsx'

/** A list of rows. `label` says what of, where no heading does. */
export const List = ({ label, children }: { readonly label?: string; readonly children: ReactNode }) => (
  <ul className={styles.list} aria-label={label}>
    {children}
  </ul>
)

type RowFace = {
  /** A ChildMark or an Icon, in front. */
  readonly lead?: ReactNode
  readonly title: string
  /** Its beginning, of which one line is shown. */
  readonly excerpt?: string
  /** What is read whole, under the title. */
  readonly more?: ReactNode
  /** Who and when: never cut. */
  readonly detail?: ReactNode
  /** State, at the end of the last line: Tags. */
  readonly tags?: ReactNode
  /** Of an unread row: the word for that, for screen readers. Others see a bold title and a dot. */
  readonly fresh?: string | false
}

const Content = ({ lead, title, detail, excerpt, more, tags, fresh }: RowFace) => (
  <>
    {lead && <span className={styles.lead}>{lead}</span>}
    <span className={styles.body}>
      <span className={styles.title}>
        {fresh && <VisuallyHidden>{fresh} · </VisuallyHidden>}
        {spaced(title)}
      </span>
      {excerpt && <span className={styles.excerpt}>{spaced(excerpt)}</span>}
      {more}
      {(detail || tags) && (
        <span className={styles.foot}>
          {detail && <span className={styles.detail}>{typeof detail === 'string' ? spaced(detail) : detail}</span>}
          {tags && <span className={styles.tags}>{tags}</span>}
        </span>
      )}
    </span>
  </>
)

/** A row that is no link. `act`: what can be done about it, at its end. */
export const Row = ({ act, ...face }: RowFace & { readonly act?: ReactNode }) => (
  <li className={styles.item}>
    <div className={classes(styles.row, face.fresh && styles.fresh)}>
      <Content {...face} />
      {act && <div className={styles.act}>{act}</div>}
    </div>
  </li>
)

/** A row that is one link, all of it: `<RowLink to="/news/:audience/:news" params={…} title=… />`. */
export const RowLink = ({ lead, title, detail, excerpt, more, tags, fresh, className, ...rest }: RowLinkProps) => (
  <li className={styles.item}>
    <Link {...rest} className={classes(styles.row, styles.link, fresh && styles.fresh, className)}>
      <Content {...{ lead, title, detail, excerpt, more, tags, fresh }} />
    </Link>
  </li>
)

type RowLinkProps = RowFace & LinkProps
