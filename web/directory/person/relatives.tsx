import type { PersonPage, Relative } from '../../../shared/directory/person-page.ts'
import { listName } from '../../../shared/kernel/names.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { Link } from '../../ui/link.tsx'
import { Tag } from '../../ui/tag.tsx'
import { accountTones } from '../person-row.tsx'
import { texts as ofDirectory } from '../texts.ts'
import styles from './person.module.css'
import { texts } from './texts.ts'

const Named = ({ of }: { readonly of: Relative }) => (
  <Link to="/directory/people/:person" params={{ person: of.id }}>
    {listName(of)}
  </Link>
)

const State = ({ of }: { readonly of: Relative }) => {
  const t = useTexts(ofDirectory)
  return <Tag tone={accountTones[of.account]}>{t(`directory.account.${of.account}`)}</Tag>
}

const Others = ({ others }: { readonly others: readonly Relative[] }) => {
  const t = useTexts(texts)
  if (others.length === 0) return <p>{t('directory.person.other.none')}</p>
  return (
    <p>
      {t('directory.person.other', { count: others.length })}{' '}
      {others.map((other, at) => (
        <span key={other.id}>
          {at > 0 && ', '}
          <Named of={other} />
        </span>
      ))}
    </p>
  )
}

/** A guardian's children with their other guardians; a pupil's guardians; classes. */
export const Relatives = ({ person }: { readonly person: PersonPage }) => {
  const t = useTexts(texts)
  const isPupil = person.roles.some(({ role }) => role === 'pupil')
  return (
    <>
      {person.children.length > 0 && (
        <section className={styles.section}>
          <h2>{t('directory.person.children')}</h2>
          <ul className={styles.card}>
            {person.children.map(({ child, uai, className, others }) => (
              <li key={`${child.id} ${uai}`} className={styles.line}>
                <div className={styles.words}>
                  <p className={styles.strong}>
                    <Named of={child} />
                  </p>
                  {className && <p className={styles.soft}>{className}</p>}
                  <Others others={others} />
                </div>
                <State of={child} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {isPupil && (
        <section className={styles.section}>
          <h2>{t('directory.person.guardians')}</h2>
          {person.guardians.length === 0 ? (
            <p className={styles.soft}>{t('directory.person.guardians.none')}</p>
          ) : (
            <ul className={styles.card}>
              {person.guardians.map(guardian => (
                <li key={guardian.id} className={styles.line}>
                  <p className={styles.words}>
                    <Named of={guardian} />
                  </p>
                  <State of={guardian} />
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
      {person.classes.length > 0 && (
        <section className={styles.section}>
          <h2>{t('directory.person.classes')}</h2>
          <ul className={styles.classes}>
            {person.classes.map(({ id, uai, name }) => (
              <li key={id}>
                <Link to="/directory/classes/:group" params={{ group: id }} search={{ school: uai }}>
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
