import { useMemo } from 'react'
import type { Me } from '../../../shared/session/contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { ChildMark, childFaces } from '../../ui/child-mark.tsx'
import { Icon } from '../../ui/icon.tsx'
import styles from './account.module.css'
import { Section } from './section.tsx'
import { texts } from './texts.ts'

/** What the directory says of the person: their roles in each school, and their children. */
export const Identity = ({ me }: { readonly me: Me }) => {
  const t = useTexts(texts)
  const faces = useMemo(() => childFaces(me.children), [me.children])
  const schoolName = (uai: string) => me.schools.find(school => school.uai === uai)?.name ?? uai
  return (
    <Section title={t('session.identity')}>
      <div>
        <p className={styles.name}>
          {me.person.givenName} {me.person.familyName}
        </p>
        <p className={styles.soft}>{t('session.login-is', { login: me.person.login })}</p>
      </div>
      <ul className={styles.lines} aria-label={t('session.where')}>
        {me.schools.map(school => (
          <li key={school.uai} className={styles.line}>
            <Icon name="home" />
            <div>
              <p className={styles.strong}>{[school.name, school.town].filter(Boolean).join(', ')}</p>
              <p className={styles.soft}>
                {me.roles
                  .filter(({ uai }) => uai === school.uai)
                  .map(({ role }) => t(`session.role.${role}`))
                  .join(' · ')}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {me.children.length > 0 && (
        <>
          <h3>{t('session.children')}</h3>
          <ul className={styles.lines}>
            {me.children.map(child => {
              const face = faces.get(child.id)
              return (
                <li key={`${child.id} ${child.uai}`} className={styles.line}>
                  {face && <ChildMark face={face} silent />}
                  <div>
                    <p className={styles.strong}>
                      {child.givenName} {child.familyName}
                    </p>
                    <p className={styles.soft}>
                      {[child.className, schoolName(child.uai)].filter(Boolean).join(' · ')}
                    </p>
                  </div>
                </li>
              )
            })}
          </ul>
        </>
      )}
      <p className={styles.soft}>{t('session.directory-says')}</p>
    </Section>
  )
}
