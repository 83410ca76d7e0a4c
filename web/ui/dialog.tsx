import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useTexts } from '../platform/catalogue.ts'
import { Button } from './button.tsx'
import styles from './dialog.module.css'
import { texts } from './texts.ts'

export type DialogProps = {
  readonly open: boolean
  /** Called on Escape, the close button, or a press outside. */
  readonly onClose: () => void
  readonly title: ReactNode
  readonly children: ReactNode
  /** Buttons, the confirming one first. */
  readonly actions?: ReactNode
}

/**
 * A modal dialog: a sheet from below on a phone, a card on larger screens. The browser's own <dialog> traps the focus and
 * restores it. Decision: docs/decisions/0012-native-elements-first.md
 */
export const Dialog = ({ open, onClose, title, children, actions }: DialogProps) => {
  const t = useTexts(texts)
  const id = useId()
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = ref.current
    if (!open || !dialog) return undefined
    dialog.showModal()
    return () => dialog.close()
  }, [open])
  if (!open) return null
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a press outside is a shortcut; Escape and the button are the keyboard's way
    <dialog
      ref={ref}
      className={styles.dialog}
      aria-labelledby={id}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
      onClick={event => {
        if (event.target === ref.current) onClose()
      }}
    >
      <div className={styles.sheet}>
        <div className={styles.top}>
          <h2 id={id}>{title}</h2>
          <Button bare variant="quiet" icon="close" onClick={onClose}>
            {t('ui.close')}
          </Button>
        </div>
        <div className={styles.content}>{children}</div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </dialog>
  )
}
