import styles from './bar.module.css'

/** How far something is, for the eye alone: the words beside it say so. */
export const Bar = ({ part, whole }: { readonly part: number; readonly whole: number }) => (
  <progress className={styles.bar} value={part} max={Math.max(1, whole)} aria-hidden="true" tabIndex={-1} />
)
