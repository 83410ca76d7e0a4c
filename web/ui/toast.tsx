import { useSyncExternalStore } from 'react'
import { useTexts } from '../platform/catalogue.ts'
import { Button } from './button.tsx'
import { texts } from './texts.ts'
import styles from './toast.module.css'

export type Toast = {
  readonly text: string
  /** Takes back what was done. */
  readonly undo?: () => void
}

/** Milliseconds: with something to decide, longer. */
const shownFor = (toast: Toast) => (toast.undo ? 10_000 : 6_000)

let shown: Toast | undefined
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

const show = (toast: Toast | undefined) => {
  clearTimeout(timer)
  shown = toast
  if (toast) timer = setTimeout(() => show(undefined), shownFor(toast))
  for (const listener of listeners) listener()
}

/** Says in passing that something was done: `toast({ text, undo })`. The next one takes its place. */
export const toast = (said: Toast): void => show(said)

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Where what is said in passing appears: once, in the shell. It stays while it is pointed at or holds the focus. */
export const Toasts = () => {
  const t = useTexts(texts)
  const current = useSyncExternalStore(subscribe, () => shown)
  const hold = () => clearTimeout(timer)
  const release = () => show(current)
  return (
    <div className={styles.place} role="status">
      {current && (
        // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only keeps it in sight
        <div className={styles.toast} onPointerEnter={hold} onPointerLeave={release} onFocus={hold} onBlur={release}>
          <span className={styles.text}>{current.text}</span>
          {current.undo && (
            <Button
              look="quiet"
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
