import { type ReactNode, useEffect } from 'react'
import { usePathname } from 'wouter/use-browser-location'
import type { Me } from '../../shared/session/contract.ts'
import { featureList, featureNamed } from '../features.ts'
import { useSession } from '../platform/api.ts'
import { type Catalogue, useTexts } from '../platform/catalogue.ts'
import { useDates } from '../platform/dates.ts'
import { useOnline } from '../platform/online.ts'
import { useOpenOutbox } from '../platform/outbox/device-outbox.ts'
import { AboutLinks } from '../ui/about-links.tsx'
import { Banner } from '../ui/banner.tsx'
import { classes } from '../ui/classes.ts'
import type { MenuEntry, Screen } from '../ui/feature.ts'
import { Icon } from '../ui/icon.tsx'
import { Link } from '../ui/link.tsx'
import { Mark } from '../ui/mark.tsx'
import { Toasts } from '../ui/toast.tsx'
import { useZoneWords } from '../ui/zone-words.ts'
import { registerWritesOf } from './screens.ts'
import { installServiceWorker } from './service-worker.ts'
import styles from './shell.module.css'
import { texts } from './texts.ts'
import { UpdatePrompt } from './update.tsx'
import { WaitingWrites } from './waiting.tsx'

/** Whether `path` belongs to the menu entry at `to`. */
const isWithin = (to: string, path: string) => path === to || (to !== '/' && path.startsWith(`${to}/`))

/** The entries of all features that a person with these roles has, in their order. */
const menuOf = (roles: Me['roles']): readonly MenuEntry[] =>
  featureList
    .flatMap(({ menu }) => menu ?? [])
    .filter(entry => !entry.for || roles.some(({ role }) => entry.for?.includes(role)))
    .sort((a, b) => a.rank - b.rank)

/** The menu: a bar at the bottom on a phone, a rail beside the content on larger screens. A roof marks the current entry. */
const Menu = () => {
  const t = useTexts(texts)
  const labelOf = useTexts<readonly Catalogue<string>[]>()
  const session = useSession()
  const path = usePathname()
  if (session.state !== 'signed-in') return null
  const { person, roles } = session.me
  return (
    <nav className={styles.menu} aria-label={t('app.menu')}>
      <Link to="/" className={styles.brand} tabIndex={-1} aria-hidden="true">
        <Mark size={40} />
        <span>Préau</span>
      </Link>
      <ul className={styles.list}>
        {menuOf(roles).map(({ to, icon, label, inBar }) => (
          <li key={to} className={classes(styles.item, inBar && styles.inBar)}>
            <Link to={to} className={styles.entry} aria-current={isWithin(to, path) ? 'page' : undefined}>
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
              <Icon name={icon} />
              <span className={styles.label}>{labelOf(label)}</span>
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

/** Tells the owner of an account that somebody was given a code for it, where they look first and where they can end it. */
const NewCode = () => {
  const t = useTexts(texts)
  const dates = useDates()
  const path = usePathname()
  const session = useSession()
  const code = session.state === 'signed-in' ? session.me.newCode : undefined
  if (!code || (path !== '/' && path !== '/account')) return null
  return (
    <div className={styles.told}>
      <Banner
        tone="warn"
        role="status"
        action={path === '/account' ? undefined : <Link to="/account">{t('app.new-code.change')}</Link>}
      >
        {code.by
          ? t('app.new-code.by', { when: dates.dayTime(code.at), by: code.by })
          : t('app.new-code', { when: dates.dayTime(code.at) })}
      </Banner>
    </div>
  )
}

/** Tells the owner of an account that nothing goes out from it, where they look first and where they write. */
const Frozen = ({ layout }: Pick<ShellProps, 'layout'>) => {
  const t = useTexts(texts)
  const dates = useDates()
  const path = usePathname()
  const session = useSession()
  const frozen = session.state === 'signed-in' ? session.me.frozen : undefined
  if (!frozen || (path !== '/' && path !== '/account' && layout !== 'writing')) return null
  return (
    <div className={styles.told}>
      <Banner tone="warn" role="status">
        {frozen.by
          ? t('app.frozen.by', { when: dates.dayTime(frozen.at), by: frozen.by })
          : t('app.frozen', { when: dates.dayTime(frozen.at) })}
      </Banner>
    </div>
  )
}

/** Loads the writes of a feature, to send what was left waiting while none of its screens is open. */
const loadWrites = async (name: string): Promise<void> => {
  const feature = featureNamed(name)
  if (feature) await registerWritesOf(feature)
}

/** What is loaded to send what was left waiting. */
const loading = {
  writes: loadWrites,
  fileSender: async () => featureList.find(({ fileSender }) => fileSender)?.fileSender?.(),
}

type ShellProps = { readonly layout?: Screen['layout']; readonly children: ReactNode }

/** The frame around the screens of people signed in: menu, network state, update prompt, toasts. */
export const Shell = ({ layout, children }: ShellProps) => {
  const t = useTexts(texts)
  const online = useOnline()
  const session = useSession()
  const zone = useZoneWords()
  const isReader = session.state === 'signed-in' && session.isReader === true
  useEffect(installServiceWorker, [])
  useOpenOutbox(loading)
  return (
    <div className={classes(styles.shell, layout === 'writing' && styles.writing)}>
      <a href="#main" className={styles.skip}>
        {t('app.skip')}
      </a>
      <Menu />
      <div className={styles.content}>
        <div className={styles.within}>
          <div role="status">
            {!online && (
              <p className={styles.offline}>
                <Icon name="offline" size={20} />
                {t('app.offline')}
              </p>
            )}
            {online && isReader && (
              <p className={styles.offline}>
                <Icon name="offline" size={20} />
                {t('app.reader')}
              </p>
            )}
          </div>
          {zone !== undefined && <p className={styles.zone}>{zone}</p>}
          <WaitingWrites />
          <UpdatePrompt />
          <NewCode />
          <Frozen layout={layout} />
          {children}
        </div>
        <footer className={styles.about}>
          <AboutLinks />
        </footer>
      </div>
      <Toasts />
    </div>
  )
}
