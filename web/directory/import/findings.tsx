import type { ImportFinding, ImportPage } from '../../../shared/directory/imports.ts'
import { listName } from '../../../shared/kernel/names.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useNumber } from '../../platform/numbers.ts'
import { Link } from '../../ui/link.tsx'
import styles from './import.module.css'
import { texts as ofReasons } from './reason-texts.ts'
import { reasonKey } from './reasons.ts'
import { texts } from './texts.ts'

const Reason = ({ reason }: { readonly reason: string }) => {
  const t = useTexts(ofReasons)
  const key = reasonKey(reason)
  if (key) return <p>{t(key)}</p>
  return (
    <p>
      {t('directory.reason.other')} <q lang="en">{reason}</q>
    </p>
  )
}

const Finding = ({ finding }: { readonly finding: ImportFinding }) => {
  const t = useTexts(texts)
  const { person, key, file, line, reason } = finding
  return (
    <li className={styles.finding}>
      {person ? (
        <Link to="/directory/people/:person" params={{ person: person.id }} className={styles.name}>
          {listName(person)}
        </Link>
      ) : (
        key !== undefined && <span className={styles.name}>{t('directory.import.key', { key })}</span>
      )}
      <Reason reason={reason} />
      {file !== undefined && (
        <p className={styles.soft}>
          {line === undefined ? file : t('directory.import.place', { file, line: String(line) })}
        </p>
      )}
    </li>
  )
}

/** What was refused or is to be corrected, each with its reason and where it stands in the file. */
export const Findings = ({ page }: { readonly page: ImportPage }) => {
  const t = useTexts(texts)
  const number = useNumber()
  const { findings } = page
  if (findings.length === 0) return null
  return (
    <section className={styles.kind} aria-labelledby="findings">
      <h3 id="findings">
        <span className={styles.count}>{number(findings.length)}</span>{' '}
        {t('directory.import.findings', { count: findings.length })}
      </h3>
      <ul className={styles.card}>
        {findings.map((finding, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a stored list that does not change
          <Finding key={at} finding={finding} />
        ))}
      </ul>
      <p className={styles.soft}>{t('directory.import.findings.how')}</p>
    </section>
  )
}
