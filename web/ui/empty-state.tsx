import type { ReactNode } from 'react'
import styles from './empty-state.module.css'
import { Mark } from './mark.tsx'

export type EmptyStateProps = {
  readonly title: ReactNode
  /** One sentence: why it is empty, or what will be shown here. */
  readonly children?: ReactNode
  /** The next step: a Button or LinkButton. */
  readonly action?: ReactNode
}

/** For a screen or list with nothing to show: why, and the next step. */
export const EmptyState = ({ title, children, action }: EmptyStateProps) => (
  <div className={styles.empty}>
    <Mark size={56} />
    <p className={styles.title}>{title}</p>
    {children && <div className={styles.words}>{children}</div>}
    {action && <div className={styles.action}>{action}</div>}
  </div>
)
