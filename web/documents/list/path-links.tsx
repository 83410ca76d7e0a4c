import { useTexts } from '../../platform/catalogue.ts'
import { Icon } from '../../ui/icon.tsx'
import { Link } from '../../ui/link.tsx'
import { spaced } from '../../ui/spaces.ts'
import type { Step } from '../data/path.ts'
import { texts } from '../texts.ts'
import type { useDragging } from './drag.ts'
import styles from './path-links.module.css'

type PathLinksProps = {
  readonly space: string
  readonly name: string
  readonly path: readonly Step[]
  readonly dragging: ReturnType<typeof useDragging>
}

/** The space and the folders down to the one that is open, each a link up. */
export const PathLinks = ({ space, name, path, dragging }: PathLinksProps) => {
  const t = useTexts(texts)
  const steps = [{ id: undefined, name }, ...path]
  return (
    <nav aria-label={t('documents.path')}>
      <ol className={styles.path}>
        {steps.map(({ id, name: called }, at) => (
          <li key={id ?? ''} className={styles.step} {...dragging.to(id)}>
            {at > 0 && <Icon name="next" size={16} />}
            {at === steps.length - 1 ? (
              <span aria-current="location" className={styles.here}>
                {spaced(called ?? '…')}
              </span>
            ) : (
              <Link to="/documents/:space" params={{ space }} search={{ folder: id }} className={styles.up}>
                {spaced(called ?? '…')}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
