import { useId } from 'react'
import type { DirectoryPerson } from '../../shared/directory/contract.ts'
import { listName } from '../../shared/kernel/names.ts'
import { useTexts } from '../platform/catalogue.ts'
import { useDates } from '../platform/dates.ts'
import { useSearch } from '../platform/navigation.ts'
import choice from '../ui/choice.module.css'
import { Icon } from '../ui/icon.tsx'
import { Link } from '../ui/link.tsx'
import { Tag, type TagTone } from '../ui/tag.tsx'
import { VisuallyHidden } from '../ui/visually-hidden.tsx'
import styles from './person-row.module.css'
import { mayReceive, type Selection } from './selection.ts'
import { texts } from './texts.ts'

export const accountTones: Record<DirectoryPerson['account'], TagTone> = {
  none: 'plain',
  code: 'plain',
  expired: 'late',
  active: 'done',
  suspended: 'plain',
}

type PersonRowProps = {
  readonly person: DirectoryPerson
  /** Absent where the person may give no codes: the row has no checkbox then. */
  readonly selection?: Selection | undefined
  /** Whether the row leads to the person's page. */
  readonly linked: boolean
}

/** A person of the directory. The row is the label of the checkbox that selects them for a code; a link opens their page. */
export const PersonRow = ({ person, selection, linked }: PersonRowProps) => {
  const t = useTexts(texts)
  const dates = useDates()
  const id = useId()
  // What was searched for stands beside the page of a person, too.
  const { view: _, ...found } = useSearch('/directory')
  const chosen = selection?.chosen.has(person.id) ?? false
  const offered = selection && mayReceive(person)
  const children = person.children?.map(child => child.givenName) ?? []
  const what =
    person.role === 'guardian' && children.length > 0
      ? t('directory.guardian-of', { children: children.join(', ') })
      : t(`directory.is.${person.role}`)
  const account = [
    person.login && t('directory.login', { login: person.login }),
    person.lastSignIn && t('directory.last-sign-in', { date: dates.date(person.lastSignIn) }),
  ].filter(Boolean)
  const words = (
    <span className={styles.words}>
      <span className={styles.name}>{listName(person)}</span>
      <span className={styles.detail}>{[what, ...person.classes.map(of => of.name)].join(' · ')}</span>
      {account.length > 0 && <span className={styles.detail}>{account.join(' · ')}</span>}
    </span>
  )
  const state = (
    <span className={styles.state} id={`${id}-state`}>
      <Tag tone={accountTones[person.account]}>
        {t(`directory.account.${person.account}`)}
        {person.account === 'active' && person.holdsCode && ` · ${t('directory.account.code')}`}
      </Tag>
    </span>
  )
  return (
    <li className={styles.item}>
      {offered ? (
        <label className={styles.row}>
          <input
            type="checkbox"
            className={choice.box}
            checked={chosen}
            disabled={!chosen && selection.full}
            aria-describedby={`${id}-state`}
            onChange={() => selection.toggle(person)}
          />
          <span className={styles.body}>
            {words}
            {state}
          </span>
        </label>
      ) : (
        <div className={styles.row}>
          <span className={styles.body}>
            {words}
            {state}
          </span>
        </div>
      )}
      {linked && (
        <Link to="/directory/people/:person" params={{ person: person.id }} search={found} className={styles.page}>
          <VisuallyHidden>{t('directory.page-of', { name: listName(person) })}</VisuallyHidden>
          <Icon name="next" />
        </Link>
      )}
    </li>
  )
}
