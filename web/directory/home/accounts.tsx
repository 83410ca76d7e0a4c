import { useQuery } from '@tanstack/react-query'
import { type Counts, directoryContract } from '../../../shared/directory/contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { read } from '../../platform/read.ts'
import { LinkButton } from '../../ui/button.tsx'
import { List, RowLink } from '../../ui/list.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './schools.module.css'
import { texts } from './schools-texts.ts'
import { waitingClasses, withoutCode } from './standing.ts'

/** How many classes Home shows: the others are one tap away. */
const shownClasses = 3

/** Milliseconds for which the accounts are not asked for again: the answer costs a read unit for two people of the school. */
const keptFor = 15 * 60_000

/** Everybody's account, by where it is. */
const Whole = ({ counts }: { readonly counts: Counts }) => {
  const t = useTexts(texts)
  const parts = [
    t('directory.home.active', { count: counts.active }),
    ...(counts.code > 0 ? [t('directory.home.code', { count: counts.code })] : []),
    ...(counts.expired > 0 ? [t('directory.home.expired', { count: counts.expired })] : []),
    ...(counts.none > 0 ? [t('directory.home.without', { count: counts.none })] : []),
  ]
  return <p className={styles.counts}>{parts.join(' · ')}</p>
}

/** The accounts of a school: how many are active, and the classes in which most have no code that is still good. */
export const AccountsOfSchool = ({ uai, title }: { readonly uai: string; readonly title: string }) => {
  const t = useTexts(texts)
  const query = useQuery({ ...read(directoryContract.routes.accounts, { params: { uai } }), staleTime: keptFor })
  return (
    <section className={styles.part}>
      <h2>{title}</h2>
      <ReadState query={query} loading={<Skeleton rows={3} />}>
        {({ classes, staff, whole }) => (
          <>
            {whole && <Whole counts={whole} />}
            <List>
              {waitingClasses(classes)
                .slice(0, shownClasses)
                .map(({ id, name, pupils, guardians }) => (
                  <RowLink
                    key={id}
                    to="/directory/classes/:group"
                    params={{ group: id }}
                    search={{ school: uai }}
                    title={name}
                    detail={t('directory.home.waiting', {
                      who: [
                        ...(pupils > 0 ? [t('directory.home.pupils', { count: pupils })] : []),
                        ...(guardians > 0 ? [t('directory.home.guardians', { count: guardians })] : []),
                      ].join(', '),
                    })}
                  />
                ))}
              {withoutCode(staff) > 0 && (
                <RowLink
                  to="/directory"
                  search={{ school: uai, view: 'groups' }}
                  title={t('directory.home.staff')}
                  detail={t('directory.home.waiting', {
                    who: t('directory.home.people', { count: withoutCode(staff) }),
                  })}
                />
              )}
            </List>
            <p>
              <LinkButton variant="quiet" icon="next" to="/directory" search={{ school: uai, view: 'groups' }}>
                {t('directory.home.all')}
              </LinkButton>
            </p>
          </>
        )}
      </ReadState>
    </section>
  )
}
