import type { ReactNode } from 'react'
import styles from './visually-hidden.module.css'

/** Text for screen readers only; with the role `status` said as well whenever it changes. */
export const VisuallyHidden = ({ children, role }: { readonly children: ReactNode; readonly role?: 'status' }) => (
  <span className={styles.hidden} role={role}>
    {children}
  </span>
)
