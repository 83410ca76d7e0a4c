import { type ReactNode, useEffect } from 'react'
import { useTexts } from '../platform/catalogue.ts'
import { languages } from '../platform/language.ts'
import { useOnline } from '../platform/online.ts'
import { territoryName } from '../platform/territory.ts'
import { AboutLinks } from '../ui/about-links.tsx'
import { Banner } from '../ui/banner.tsx'
import { LanguageSwitch } from '../ui/language-switch.tsx'
import { Wordmark } from '../ui/mark.tsx'
import styles from './signed-out-layout.module.css'
import { texts } from './texts.ts'

/** Rain on a roof, and people under it: what a préau is for. */
const Roof = () => (
  <svg className={styles.roof} viewBox="0 0 440 132" aria-hidden="true">
    <g className={styles.rain} strokeWidth="3" strokeLinecap="round">
      <path d="m52 22-5 14M98 46l-5 14M128 8l-5 14M176 26l-5 14M214 2l-5 14M262 24l-5 14M306 4l-5 14M344 42l-5 14M386 20l-5 14M22 64l-5 14M424 60l-5 14" />
    </g>
    <path
      d="M14 124 220 44l206 80"
      fill="none"
      stroke="currentColor"
      strokeWidth="13"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
    <g fill="currentColor">
      <circle cx="172" cy="118" r="9" />
      <circle cx="197" cy="120" r="7" />
      <circle cx="220" cy="116" r="11" />
      <circle cx="245" cy="121" r="6" />
      <circle cx="269" cy="118" r="9" />
    </g>
  </svg>
)

/** The layout of the screens before signing in: wordmark, choice of language, whose service this is, title, form. */
export const SignedOutLayout = ({
  title,
  lead,
  children,
}: {
  readonly title: string
  readonly lead: string
  readonly children: ReactNode
}) => {
  const t = useTexts(texts)
  const online = useOnline()
  useEffect(() => {
    document.title = `${title} · Préau`
  }, [title])
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <Wordmark />
        <LanguageSwitch />
      </header>
      <main id="main" className={styles.shelter}>
        <Roof />
        <div className={styles.form}>
          <div>
            {territoryName && (
              <p className={styles.territory} lang={languages[0]}>
                {territoryName}
              </p>
            )}
            <h1 className={styles.title}>{title}</h1>
            <p className={styles.lead}>{lead}</p>
          </div>
          {!navigator.cookieEnabled && (
            <Banner tone="error" role="alert">
              {t('session.cookies-refused')}
            </Banner>
          )}
          {!online && (
            <Banner tone="warn" role="status">
              {t('session.offline')}
            </Banner>
          )}
          {children}
        </div>
      </main>
      <footer className={styles.foot}>
        <AboutLinks />
      </footer>
    </div>
  )
}
