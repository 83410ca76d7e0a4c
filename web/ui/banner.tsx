import type { ReactNode } from 'react'
import styles from './banner.module.css'
import { classes } from './classes.ts'
import { Icon } from './icon.tsx'

export type BannerProps = {
  readonly tone?: 'info' | 'warn' | 'error'
  readonly title?: ReactNode
  readonly children?: ReactNode
  /** The next step: a Button or LinkButton. */
  readonly action?: ReactNode
  /** Read out when it appears: `alert` at once, `status` when the reader pauses. Left out where it stands from the start. */
  readonly role?: 'alert' | 'status'
}

const icons = { info: 'info', warn: 'warning', error: 'warning' } as const

/** Something to know about the whole screen, and the next step. */
export const Banner = ({ tone = 'info', title, children, action, role }: BannerProps) => (
  <div className={classes(styles.banner, styles[tone])} role={role}>
    <Icon name={icons[tone]} />
    <div className={styles.words}>
      {title && <p className={styles.title}>{title}</p>}
      {children && <div>{children}</div>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  </div>
)
