import { type ReactNode, useEffect } from 'react'
import { createPortal } from 'react-dom'
import styles from './printed.module.css'

type PrintedProps = { readonly children: ReactNode; readonly onPrinted: () => void }

/**
 * Prints what it holds in place of the page, once, as soon as it is there (base.css hides all else of a page that has
 * `data-prints`).
 */
export const Printed = ({ children, onPrinted }: PrintedProps) => {
  // biome-ignore lint/correctness/useExhaustiveDependencies: it prints once, whoever listens.
  useEffect(() => {
    document.documentElement.dataset.prints = 'news'
    addEventListener('afterprint', onPrinted)
    print()
    return () => {
      delete document.documentElement.dataset.prints
      removeEventListener('afterprint', onPrinted)
    }
  }, [])
  return createPortal(
    <div className={styles.printed} data-printed>
      {children}
    </div>,
    document.body,
  )
}
