import { useId } from 'react'
import type { DirectoryPerson } from '../../shared/directory/contract.ts'
import { useTexts } from '../platform/catalogue.ts'
import choice from '../ui/choice.module.css'
import { Tag, type TagTone } from '../ui/tag.tsx'
import styles from './person-row.module.css'
import { mayReceive, type Selection } from './selection.ts'
import { texts } from './texts.ts'

const tones: Record<DirectoryPerson['account'], TagTone> = {
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
}

/** A person of the directory. The whole row is the label of the checkbox that selects them for a code. */
export const PersonRow = ({ person, selection }: PersonRowProps) => {
  const t = useTexts(texts)
  const id = useId()
  const chosen = selection?.chosen.has(person.id) ?? false
  const offered = selection && mayReceive(person)
  const details = [t(`directory.is.${person.role}`), ...person.classes.map(of => of.name)].join(' · ')
  const words = (
    <span className={styles.words}>
      <span className={styles.name}>
        {person.givenName} {person.familyName}
      </span>
      <span className={styles.detail}>{details}</span>
      {person.login && <span className={styles.detail}>{t('directory.login', { login: person.login })}</span>}
    </span>
  )
  const state = (
    <span className={styles.state} id={`${id}-state`}>
      <Tag tone={tones[person.account]}>{t(`directory.account.${person.account}`)}</Tag>
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
            onChange={() => selection.toggle(person.id)}
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
    </li>
  )
}
