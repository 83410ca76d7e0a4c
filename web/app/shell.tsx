import type { ReactNode } from 'react'
import { usePathname } from 'wouter/use-browser-location'
import { useSession } from '../platform/api.ts'
import { useTexts } from '../platform/catalogue.ts'
import { useOnline } from '../platform/online.ts'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/icon.tsx'
import { Link } from '../ui/link.tsx'
import { Wordmark } from '../ui/mark.tsx'
import { Toasts } from '../ui/toast.tsx'
import { placesOf } from './places.ts'
import styles from './shell.module.css'
import { texts } from './texts.ts'
import { UpdatePrompt } from './update.tsx'

/** Whether what is shown at `path` belongs to the place `to`. */
const isIn = (to: string, path: string) => path === to || (to !== '/' && path.startsWith(`${to}/`))

/** The places one can go: below on a phone, beside on larger screens. A roof stands over the one where one is. */
const Places = () => {
  const t = useTexts(texts)
  const session = useSession()
  const path = usePathname()
  if (session.state !== 'signed-in') return null
  const { person } = session.me
  return (
    <nav className={styles.places} aria-label={t('app.places')}>
      <Link to="/" className={styles.brand} tabIndex={-1} aria-hidden="true">
        <Wordmark />
      </Link>
      <ul className={styles.list}>
        {placesOf(session.me).map(place => (
          <li key={place.to} className={styles.item}>
            <Link to={place.to} className={styles.place} aria-current={isIn(place.to, path) ? 'page' : undefined}>
              <svg className={styles.roof} viewBox="0 0 40 10" width="40" height="10" aria-hidden="true">
                <path
                  d="M3 8 20 2.5 37 8"
                  fill="none"
                  stroke="currentColor"
                  strokeWidth="3"
                  strokeLinecap="round"
                  strokeLinejoin="round"
                />
              </svg>
              <Icon name={place.icon} />
              <span className={styles.label}>{t(place.label)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <p className={styles.whose}>
        {person.givenName} {person.familyName}
      </p>
    </nav>
  )
}

/** What stands around the screens of people signed in. */
export const Shell = ({ children }: { readonly children: ReactNode }) => {
  const t = useTexts(texts)
  const online = useOnline()
  const path = usePathname()
  return (
    <div className={classes(styles.shell, isIn('/news/write', path) && styles.writing)}>
      <a href="#main" className={styles.skip}>
        {t('app.skip')}
      </a>
      <Places />
      <div className={styles.content}>
        <div role="status">
          {!online && (
            <p className={styles.offline}>
              <Icon name="offline" size={20} />
              {t('app.offline')}
            </p>
          )}
        </div>
        <UpdatePrompt />
        {children}
      </div>
      <Toasts />
    </div>
  )
}
