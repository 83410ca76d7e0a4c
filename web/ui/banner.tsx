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
  /** Announced by screen readers when it appears: `alert` at once, `status` at the next pause. Absent: rendered with the screen. */
  readonly role?: 'alert' | 'status'
}

const icons = { info: 'info', warn: 'warning', error: 'warning' } as const

/** A message about the whole screen, with the next step. */
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
