import { useTexts } from '../platform/catalogue.ts'
import { conformity } from '../platform/territory.ts'
import styles from './about-links.module.css'
import { Link } from './link.tsx'
import { texts } from './texts.ts'

/**
 * The ways to the pages that say what this service is and who answers for it. The state of conformity stands in its
 * link, as the RGAA 4.1 asks for on a service's first page.
 */
export const AboutLinks = () => {
  const t = useTexts(texts)
  return (
    <nav aria-label={t('ui.about')}>
      <ul className={styles.links}>
        <li>
          <Link to="/help">{t('ui.help')}</Link>
        </li>
        <li>
          <Link to="/legal-notice">{t('ui.legal-notice')}</Link>
        </li>
        <li>
          <Link to="/personal-data">{t('ui.personal-data')}</Link>
        </li>
        <li>
          <Link to="/accessibilite">{t(`ui.accessibility-${conformity}`)}</Link>
        </li>
      </ul>
    </nav>
  )
}
