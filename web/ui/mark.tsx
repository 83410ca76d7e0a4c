import styles from './mark.module.css'

/** The logo: a roof line over a dot, for somebody under the préau. */
export const Mark = ({ size = 28 }: { readonly size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false" className={styles.mark}>
    <path
      d="M3.5 15.5 16 6l12.5 9.5"
      fill="none"
      stroke="currentColor"
      strokeWidth="3.25"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
    <circle cx="16" cy="22.5" r="3.75" fill="currentColor" />
  </svg>
)

/** The mark and the name. */
export const Wordmark = () => (
  <span className={styles.wordmark}>
    <Mark />
    <span>Préau</span>
  </span>
)
