import { Button } from './button.tsx'
import styles from './page-bar.module.css'

type PageBarProps = {
  /** The one that is shown, from 1, of so many. */
  readonly at: number
  readonly all: number
  readonly words: { readonly said: string; readonly before: string; readonly next: string }
  readonly onShow: (at: number) => void
}

/** Turns over what is shown one at a time: nothing where there is one alone. */
export const PageBar = ({ at, all, words: { said, before, next }, onShow }: PageBarProps) =>
  all > 1 && (
    <div className={styles.bar}>
      <Button bare icon="back" onClick={() => onShow(at - 1)} disabled={at <= 1}>
        {before}
      </Button>
      <p role="status">{said}</p>
      <Button bare icon="next" onClick={() => onShow(at + 1)} disabled={at >= all}>
        {next}
      </Button>
    </div>
  )
