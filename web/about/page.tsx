import type { ReactNode } from 'react'
import { useSession } from '../platform/api.ts'
import { useTexts } from '../platform/catalogue.ts'
import { AboutLinks } from '../ui/about-links.tsx'
import { LanguageSwitch } from '../ui/language-switch.tsx'
import { BackLink, Screen } from '../ui/screen.tsx'
import styles from './about.module.css'
import { texts } from './texts.ts'

/** One of these pages, for who is signed in and who is not. */
export const Page = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => {
  const t = useTexts(texts)
  const isIn = useSession().state === 'signed-in'
  return (
    <Screen
      title={title}
      narrow
      back={
        isIn ? (
          <BackLink to="/account">{t('about.to-account')}</BackLink>
        ) : (
          <BackLink to="/sign-in">{t('about.to-sign-in')}</BackLink>
        )
      }
      beside={isIn ? undefined : <LanguageSwitch />}
    >
      <div className={styles.page}>{children}</div>
      {!isIn && <AboutLinks />}
    </Screen>
  )
}

/** A titled part of a page. */
export const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className={styles.part}>
    <h2>{title}</h2>
    {children}
  </section>
)
