import { type ReactNode, useState } from 'react'
import styles from './fold.module.css'

/** Something that is needed now and then, behind its name. What is within is mounted, and read, once it is unfolded. */
export const Fold = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => {
  const [isOpen, setOpen] = useState(false)
  return (
    <details className={styles.fold} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{name}</summary>
      {isOpen && <div className={styles.within}>{children}</div>}
    </details>
  )
}
