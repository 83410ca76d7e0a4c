import { useTexts } from '../../platform/catalogue.ts'
import { Section } from '../account/section.tsx'
import styles from './factor.module.css'
import { Setup } from './setup.tsx'
import { texts } from './texts.ts'

/** On the account's page: the second step of signing in. */
export const SecondFactor = () => {
  const t = useTexts(texts)
  return (
    <Section title={t('session.factor.title')}>
      <p className={styles.soft}>{t('session.factor.why')}</p>
      <Setup />
    </Section>
  )
}
