import { useQuery } from '@tanstack/react-query'
import { type ClassAccounts, type Counts, directoryContract } from '../../shared/directory/contract.ts'
import { useTexts } from '../platform/catalogue.ts'
import { useDates } from '../platform/dates.ts'
import { read } from '../platform/read.ts'
import { List, Row, RowLink } from '../ui/list.tsx'
import { ReadState } from '../ui/read-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Tag } from '../ui/tag.tsx'
import styles from './directory.module.css'
import type { DirectorySchool } from './directory-schools.ts'
import { texts } from './texts.ts'

const totalOf = ({ active, code, expired, none }: Counts): number => active + code + expired + none
const added = (a: Counts, b: Counts): Counts => ({
  active: a.active + b.active,
  code: a.code + b.code,
  expired: a.expired + b.expired,
  none: a.none + b.none,
})

/** What is still to be done: who has no code, or one that expired. Nothing where everybody has one or is active. */
const Waiting = ({ counts }: { readonly counts: Counts }) => {
  const t = useTexts(texts)
  return (
    <>
      {counts.none > 0 && <Tag tone="soon">{t('directory.accounts.none', { count: counts.none })}</Tag>}
      {counts.expired > 0 && <Tag tone="late">{t('directory.accounts.expired', { count: counts.expired })}</Tag>}
      {counts.code > 0 && <Tag>{t('directory.accounts.code', { count: counts.code })}</Tag>}
    </>
  )
}

const ClassRow = ({ of, school }: { readonly of: ClassAccounts; readonly school: DirectorySchool }) => {
  const t = useTexts(texts)
  const dates = useDates()
  const parts = [
    t('directory.accounts.pupils', { active: of.pupils.active, count: totalOf(of.pupils) }),
    t('directory.accounts.guardians', { active: of.guardians.active, count: totalOf(of.guardians) }),
    of.lastSignIn ? t('directory.accounts.last', { date: dates.date(of.lastSignIn) }) : t('directory.accounts.never'),
  ]
  return (
    <RowLink
      to="/directory/classes/:group"
      params={{ group: of.id }}
      search={{ school: school.uai }}
      title={of.name}
      detail={parts.join(' · ')}
      tags={<Waiting counts={added(of.pupils, of.guardians)} />}
    />
  )
}

/** Where the accounts of a school are, class by class. */
export const AccountsByClass = ({ school }: { readonly school: DirectorySchool }) => {
  const t = useTexts(texts)
  const query = useQuery(read(directoryContract.routes.accounts, { params: { uai: school.uai } }))
  return (
    <section className={styles.section}>
      <h2>{t('directory.accounts')}</h2>
      <ReadState query={query} loading={<Skeleton rows={4} />}>
        {({ classes, staff }) => (
          <List>
            {classes.map(one => (
              <ClassRow key={one.id} of={one} school={school} />
            ))}
            <Row
              title={t('directory.accounts.staff')}
              detail={t('directory.accounts.adults', { active: staff.active, count: totalOf(staff) })}
              tags={<Waiting counts={staff} />}
            />
          </List>
        )}
      </ReadState>
    </section>
  )
}
