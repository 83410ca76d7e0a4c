import { Icon } from '../ui/icon.tsx'
import styles from './subject.module.css'

/** In the place of a subject's mark: a task of a pupil's own. */
export const OwnMark = () => (
  <span className={styles.own} aria-hidden="true">
    <Icon name="pen" size={16} />
  </span>
)
