import { Fragment } from 'react'
import { useTexts } from '../../platform/catalogue.ts'
import { useBytes } from '../../ui/files/sizes.ts'
import { Icon } from '../../ui/icon.tsx'
import { Link } from '../../ui/link.tsx'
import type { ReaderSpace } from '../data/spaces.ts'
import { texts } from '../texts.ts'
import styles from './space-links.module.css'
import { useSpaceName } from './space-name.ts'

type SpaceLinksProps = {
  readonly spaces: readonly ReaderSpace[]
  /** The one that is open. */
  readonly open: string
  readonly isTrash?: boolean
}

/** The spaces one may open and the trash of the open one: tabs on a phone, a column with figures on a large screen. */
export const SpaceLinks = ({ spaces, open, isTrash = false }: SpaceLinksProps) => {
  const t = useTexts(texts)
  const bytes = useBytes()
  const nameOf = useSpaceName()
  return (
    <nav aria-label={t('documents.spaces')}>
      <ul className={styles.spaces}>
        {spaces.map((space, at) => (
          <Fragment key={space.id}>
            {at === 1 && (
              <li className={styles.heading} aria-hidden="true">
                {t('documents.shared')}
              </li>
            )}
            <li className={styles.item}>
              <Link
                to="/documents/:space"
                params={{ space: space.id }}
                className={styles.space}
                aria-current={!isTrash && space.id === open ? 'page' : undefined}
              >
                <Icon name={space.id === 'mine' ? 'person' : 'folder'} size={20} />
                <span className={styles.words}>
                  <span className={styles.name}>{nameOf(space)}</span>
                  {space.room && (
                    <span className={styles.detail}>
                      {t('documents.room', { used: bytes(space.room.used), quota: bytes(space.room.quota) })}
                    </span>
                  )}
                </span>
              </Link>
            </li>
          </Fragment>
        ))}
        <li className={styles.item}>
          <Link
            to="/documents/:space/trash"
            params={{ space: open }}
            className={styles.space}
            aria-current={isTrash ? 'page' : undefined}
          >
            <Icon name="trash" size={20} />
            <span className={styles.words}>
              <span className={styles.name}>{t('documents.trash')}</span>
              <span className={styles.detail}>{t('documents.trash.hint')}</span>
            </span>
          </Link>
        </li>
      </ul>
    </nav>
  )
}
