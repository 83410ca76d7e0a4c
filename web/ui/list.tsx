import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, ReactNode, Ref } from 'react'
import { classes } from './classes.ts'
import styles from './list.module.css'

/** A list of rows. `label` says what of, where no heading does. */
export const List = ({ label, children }: { readonly label?: string; readonly children: ReactNode }) => (
  <ul className={styles.list} aria-label={label}>
    {children}
  </ul>
)

type RowFace = {
  /** Who or what kind, as a mark: a ChildMark or an Icon. */
  readonly lead?: ReactNode
  readonly title: ReactNode
  /** Who and when, one line. */
  readonly detail?: ReactNode
  /** Its beginning, two lines at most. */
  readonly excerpt?: ReactNode
  /** State: Tags, or a control. */
  readonly tags?: ReactNode
  /** Not yet seen: its title stands out, and a dot beside it; say so in `tags` or `detail` as well. */
  readonly fresh?: boolean
}

const Inside = ({ lead, title, detail, excerpt, tags }: RowFace) => (
  <>
    {lead && <span className={styles.lead}>{lead}</span>}
    <span className={styles.words}>
      <span className={styles.title}>{title}</span>
      {detail && <span className={styles.detail}>{detail}</span>}
      {excerpt && <span className={styles.excerpt}>{excerpt}</span>}
    </span>
    {tags && <span className={styles.tags}>{tags}</span>}
  </>
)

/** A row that leads nowhere. */
export const Row = (face: RowFace) => (
  <li className={styles.item}>
    <div className={classes(styles.row, face.fresh && styles.fresh)}>
      <Inside {...face} />
    </div>
  </li>
)

type RowAnchorProps = RowFace &
  Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof RowFace | 'children'> & { readonly ref?: Ref<HTMLAnchorElement> }

const RowAnchor = ({ lead, title, detail, excerpt, tags, fresh, className, ...rest }: RowAnchorProps) => (
  <li className={styles.item}>
    <a {...rest} className={classes(styles.row, styles.link, fresh && styles.fresh, className)}>
      <Inside lead={lead} title={title} detail={detail} excerpt={excerpt} tags={tags} />
    </a>
  </li>
)

/** A row that is one link, all of it: `<RowLink to="/news/$audience/$news" params={…} title=… />`. */
export const RowLink = createLink(RowAnchor)
