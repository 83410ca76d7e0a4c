import { useSyncExternalStore } from 'react'
import { useTexts } from '../platform/catalogue.ts'
import { Button } from './button.tsx'
import { texts } from './texts.ts'
import styles from './toast.module.css'

export type Toast = {
  readonly text: string
  /** Reverts what was done. */
  readonly undo?: () => void
}

/** Milliseconds for which a toast is shown: longer if it can be undone. */
const durationOf = (toast: Toast) => (toast.undo ? 10_000 : 6_000)

let shown: Toast | undefined
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

const show = (toast: Toast | undefined) => {
  clearTimeout(timer)
  shown = toast
  if (toast) timer = setTimeout(() => show(undefined), durationOf(toast))
  for (const listener of listeners) listener()
}

/** Shows a toast, `toast({ text, undo })`, which replaces the one before. */
export const toast = (next: Toast): void => show(next)

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The region of toasts, once in the shell. A toast stays while it is pointed at or has the focus. */
export const Toasts = () => {
  const t = useTexts(texts)
  const current = useSyncExternalStore(subscribe, () => shown)
  const pause = () => clearTimeout(timer)
  const resume = () => show(current)
  return (
    <div className={styles.region} role="status">
      {current && (
        // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only keeps it in sight
        <div className={styles.toast} onPointerEnter={pause} onPointerLeave={resume} onFocus={pause} onBlur={resume}>
          <span className={styles.text}>{current.text}</span>
          {current.undo && (
            <Button
              variant="quiet"
              icon="undo"
              className={styles.undo}
              onClick={() => {
                current.undo?.()
                show(undefined)
              }}
            >
              {t('ui.undo')}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
