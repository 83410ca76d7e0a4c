import { useState } from 'react'
import type * as z from 'zod/mini'
import { inCharge } from '../../../shared/kernel/charge.ts'
import { holds } from '../../../shared/kernel/role.ts'
import type { LongDay } from '../../../shared/work/budget.ts'
import { workContract } from '../../../shared/work/contract.ts'
import { useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { read } from '../../platform/read.ts'
import { useRead } from '../../platform/reads.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Fold } from '../../ui/fold.tsx'
import { List, Row } from '../../ui/list.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { BackLink, Screen } from '../../ui/screen.tsx'
import { Select } from '../../ui/select.tsx'
import styles from './budget.module.css'
import { BudgetForm } from './budget-form.tsx'
import { texts } from './texts.ts'

/** Milliseconds between two requests, for somebody who looks. */
const interval = 180_000

type Told = z.infer<typeof workContract.routes.longDays.reply>

/** A school's budget of minutes, and where it is passed, for those who run the school. */
export const BudgetScreen = () => {
  const t = useTexts(texts)
  const me = useMe()
  const schools = me.schools.filter(({ uai }) => holds(me.roles, uai, inCharge))
  const [uai = '', setUai] = useState(schools[0]?.uai)
  return (
    <Screen title={t('work.budget.title')} back={<BackLink to="/">{t('work.budget.back')}</BackLink>}>
      {schools.length > 1 && (
        <Select
          label={t('work.budget.school')}
          value={uai}
          onChange={setUai}
          options={schools.map(school => ({ value: school.uai, label: school.name }))}
        />
      )}
      <OfSchool key={uai} uai={uai} />
    </Screen>
  )
}

const OfSchool = ({ uai }: { readonly uai: string }) => {
  const query = useRead(read(workContract.routes.longDays, { params: { uai } }, { every: interval }))
  return (
    <ReadState query={query}>
      {told => (
        <div className={styles.parts}>
          <div className={styles.form}>
            <BudgetForm key={told.minutes} uai={uai} minutes={told.minutes} />
            <Changes of={told.changes} />
          </div>
          <LongDays of={told} />
        </div>
      )}
    </ReadState>
  )
}

const Changes = ({ of }: { readonly of: Told['changes'] }) => {
  const t = useTexts(texts)
  const dates = useDates()
  if (of.length === 0) return null
  return (
    <Fold name={t('work.budget.changes')}>
      <List>
        {of.map(({ minutes, at, by }) => (
          <Row
            key={at}
            title={minutes === undefined ? t('work.budget.change.none') : t('work.budget.change', { minutes })}
            detail={t('work.budget.change.by', { name: by.name, when: dates.dayTime(at) })}
          />
        ))}
      </List>
    </Fold>
  )
}

const LongDays = ({ of: { minutes, until, days } }: { readonly of: Told }) => {
  const t = useTexts(texts)
  const dates = useDates()
  const day = dates.fullDay(until).toLowerCase()
  if (minutes === undefined)
    return <EmptyState title={t('work.budget.unset')}>{t('work.budget.unset.hint')}</EmptyState>
  if (days.length === 0)
    return <EmptyState title={t('work.budget.none')}>{t('work.budget.none.hint', { day, minutes })}</EmptyState>
  return (
    <section className={styles.days}>
      <h2 className={styles.heading}>{t('work.budget.long')}</h2>
      <p className={styles.soft}>{t('work.budget.until', { day })}</p>
      {[...new Set(days.map(one => one.day))].map(on => (
        <section key={on} className={styles.day}>
          <h3 className={styles.weekday}>{dates.day(on)}</h3>
          <List>
            {days
              .filter(one => one.day === on)
              .map(one => (
                <LongDayRow key={one.group.id} of={one} />
              ))}
          </List>
        </section>
      ))}
    </section>
  )
}

const LongDayRow = ({ of: { group, minutes, pieces } }: { readonly of: LongDay }) => {
  const t = useTexts(texts)
  return (
    <Row
      title={t('work.budget.total', { group: group.name, minutes })}
      detail={pieces.map(piece => t('work.budget.piece', piece)).join(' · ')}
    />
  )
}
