import { type ReactNode, useEffect, useRef } from 'react'
import { usePathname } from 'wouter/use-browser-location'
import { firstSigns } from '../../shared/kernel/text.ts'
import { useSession } from '../platform/api.ts'
import { useTexts } from '../platform/catalogue.ts'
import { addressOf, entry } from '../platform/navigation.ts'
import { classes } from './classes.ts'
import { Icon } from './icon.tsx'
import { Link, type LinkProps } from './link.tsx'
import { Mark } from './mark.tsx'
import styles from './screen.module.css'
import { spaced } from './spaces.ts'
import { texts } from './texts.ts'
import { VisuallyHidden } from './visually-hidden.tsx'

/** One of the menu's places, such as Home, which belongs to no other screen. */
const isPlace = (address: string): boolean => /^\/[a-z-]*(\?|$)/.test(address)

/**
 * Up to the screen this one belongs to: `<BackLink to="/news">Actualités</BackLink>`. If that is the previous history
 * entry it goes back, which restores the scroll position. If one came from another of the menu's places, it says so, and
 * leads back there.
 */
export const BackLink = ({ children, ...rest }: LinkProps) => {
  const t = useTexts(texts)
  const { from, name } = entry()
  const up = addressOf(rest)
  const [path] = up.split('?')
  const isElsewhere = from !== undefined && name && isPlace(from) && from.split('?')[0] !== path
  return (
    <Link
      {...rest}
      className={styles.back}
      onClick={event => {
        if (from !== up && !isElsewhere) return
        event.preventDefault()
        history.back()
      }}
    >
      <Icon name="back" />
      <span className={styles.backWords}>{isElsewhere ? name : (children ?? t('ui.back'))}</span>
    </Link>
  )
}

/** Whose view this is; links to their account. */
const AccountLink = () => {
  const t = useTexts(texts)
  const session = useSession()
  if (session.state !== 'signed-in' || session.isReader) return null
  const { givenName, familyName } = session.me.person
  return (
    <Link to="/account" className={styles.whose}>
      <VisuallyHidden>{t('ui.account', { name: `${givenName} ${familyName}` })}</VisuallyHidden>
      <span className={styles.initials} aria-hidden="true">
        {[givenName, familyName]
          .map(name => firstSigns(name, 1))
          .join('')
          .toUpperCase()}
      </span>
    </Link>
  )
}

const Titled = ({ subtitle, children }: { readonly subtitle: string; readonly children: ReactNode }) => (
  <div className={styles.headings}>
    {children}
    <p className={styles.subtitle}>{spaced(subtitle)}</p>
  </div>
)

/** The path of the first screen after the page was loaded, which does not move the focus. */
let firstPath: string | undefined

export type ScreenProps = {
  /** The heading, and document.title unless `name` is given. */
  readonly title: string
  readonly name?: string
  /** Under the heading, for a bar that says whose view it is. */
  readonly subtitle?: string
  /** A BackLink. */
  readonly back?: ReactNode
  /** Buttons beside the heading. */
  readonly actions?: ReactNode
  /** At the end of the bar, on a phone too. */
  readonly beside?: ReactNode
  /** Shows the heading below the bar, unabridged: for titles that people wrote. */
  readonly tall?: boolean
  /** For reading and for forms: lines of 65 characters. */
  readonly narrow?: boolean
  readonly children: ReactNode
}

/**
 * A screen: bar, heading, content. Every screen uses it in all its states, so that navigation is announced to everybody:
 * the heading takes the focus, and document.title changes.
 */
export const Screen = ({
  title,
  name,
  subtitle,
  back,
  actions,
  beside,
  tall = false,
  narrow = false,
  children,
}: ScreenProps) => {
  const path = usePathname()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${name ?? title} · Préau`
  }, [name, title])
  useEffect(() => {
    firstPath ??= path
    if (firstPath === path) return
    firstPath = ''
    heading.current?.focus({ preventScroll: true })
  }, [path])
  const hasActions = Boolean(actions)
  // Of the whole page, whose end keeps room for them on a phone: no :has() on old ones.
  useEffect(() => {
    document.documentElement.toggleAttribute('data-acts', hasActions)
    return () => document.documentElement.removeAttribute('data-acts')
  }, [hasActions])
  const h1 = (
    <h1 ref={heading} tabIndex={-1} className={tall ? styles.tall : styles.title}>
      {spaced(title)}
    </h1>
  )
  return (
    <>
      <header className={styles.bar}>
        <div className={classes(styles.across, !tall && styles.titled)}>
          {back && <div className={styles.way}>{back}</div>}
          {!back && !subtitle && (
            <span className={styles.mark}>
              <Mark />
            </span>
          )}
          {!tall && (subtitle ? <Titled subtitle={subtitle}>{h1}</Titled> : h1)}
          <div className={styles.right}>
            {actions && <div className={styles.actions}>{actions}</div>}
            {beside}
            <AccountLink />
          </div>
        </div>
      </header>
      <main id="main" className={classes(styles.main, narrow && styles.narrow)}>
        {tall && h1}
        {children}
      </main>
    </>
  )
}
