import { useSyncExternalStore } from 'react'
import { useTexts } from '../platform/catalogue.ts'
import { Button } from './button.tsx'
import type { IconName } from './icon.tsx'
import { texts } from './texts.ts'
import styles from './toast.module.css'

export type Toast = {
  readonly text: string
  /** Reverts what was done. */
  readonly undo?: () => void
  /** What else can be done about it. */
  readonly act?: { readonly label: string; readonly icon: IconName; readonly onAct: () => void }
}

/** Milliseconds for which a toast is shown: longer if something can be done about it. */
const durationOf = (toast: Toast) => (toast.undo || toast.act ? 10_000 : 6_000)

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
  const act = current?.act ?? (current?.undo && { label: t('ui.undo'), icon: 'undo' as const, onAct: current.undo })
  return (
    <div className={styles.region} role="status">
      {current && (
        // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only keeps it in sight
        <div className={styles.toast} onPointerEnter={pause} onPointerLeave={resume} onFocus={pause} onBlur={resume}>
          <span className={styles.text}>{current.text}</span>
          {act && (
            <Button
              variant="quiet"
              icon={act.icon}
              className={styles.undo}
              onClick={() => {
                show(undefined)
                act.onAct()
              }}
            >
              {act.label}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
