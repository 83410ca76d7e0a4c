import { refusedPassword } from '../../../shared/session/rules.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { Icon } from '../../ui/icon.tsx'
import styles from './password-rules.module.css'
import { texts } from './texts.ts'

/** The shortest password, as rules.ts counts it: in code points after NFKC. */
const shortest = 12
const lengthOf = (password: string) => [...password.normalize('NFKC')].length

/** What a new password still lacks, shown while it is typed. `context`: words an attacker who knows the person would try. */
export const PasswordRules = ({
  password,
  context,
}: {
  readonly password: string
  readonly context: readonly string[]
}) => {
  const t = useTexts(texts)
  const refused = refusedPassword(password, context)
  const missing = Math.max(0, shortest - lengthOf(password))
  const long = refused !== 'password-too-short' && password !== ''
  const common = refused === 'password-too-common'
  return (
    <ul className={styles.rules} aria-live="polite">
      <li className={long ? styles.met : undefined}>
        <Icon name={long ? 'check' : 'more'} size={20} />
        <span>
          {t('session.long-enough')}
          {!long && password && `, ${t('session.missing-characters', { count: missing })}`}
        </span>
      </li>
      <li className={long && !common ? styles.met : common ? styles.broken : undefined}>
        <Icon name={common ? 'warning' : long ? 'check' : 'more'} size={20} />
        <span>{common ? t('session.too-common') : t('session.hard-to-guess')}</span>
      </li>
    </ul>
  )
}
