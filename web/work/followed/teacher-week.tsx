import type { Me } from '../../../shared/session/contract.ts'
import { workContract } from '../../../shared/work/contract.ts'
import { dayAfter, weekOf } from '../../../shared/work/rules.ts'
import type { SetSummary } from '../../../shared/work/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { navigate, useSearch } from '../../platform/navigation.ts'
import { read } from '../../platform/read.ts'
import { useRead } from '../../platform/reads.ts'
import { LinkButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { List, RowLink } from '../../ui/list.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { Tag } from '../../ui/tag.tsx'
import { daysOfWeek, mondayShown } from '../days.ts'
import { SubjectMark } from '../subject.tsx'
import { texts as shared } from '../texts.ts'
import { WeekBar } from '../week/week-bar.tsx'
import styles from './followed.module.css'
import { texts } from './texts.ts'

/** Milliseconds between two requests, for somebody who looks. */
const interval = 180_000

/** Days from a week to the same one a year before. */
const yearOfWeeks = 52 * 7

/** What a teacher set for a week, by day, with how many have ticked it. */
export const TeacherWeek = ({ me }: { readonly me: Me }) => {
  const t = useTexts(texts, shared)
  const dates = useDates()
  const { week } = useSearch('/notebook')
  const monday = mondayShown(week)
  const query = useRead(read(workContract.routes.mine, { query: { week: weekOf(monday) } }, { every: interval }))
  const go = (next: string | undefined) => navigate({ to: '/notebook', search: { week: next }, replace: true })
  if (!me.audiences.some(({ kind }) => kind === 'class'))
    return <EmptyState title={t('work.none')}>{t('work.none.hint')}</EmptyState>
  return (
    <div className={styles.week}>
      <ReadState query={query}>
        {({ items }) => {
          const days = daysOfWeek(monday, new Set(items.map(({ day }) => day)))
          const of = (day: string) => items.filter(item => item.day === day)
          return (
            <>
              <WeekBar
                monday={monday}
                onWeek={go}
                loads={days.map(day => ({
                  day,
                  all: of(day).filter(({ state }) => state !== 'removed').length,
                  done: 0,
                }))}
              />
              {items.length === 0 && (
                <EmptyState
                  title={t('work.mine.empty')}
                  action={
                    <LinkButton variant="plain" icon="plus" to="/notebook/set">
                      {t('work.set')}
                    </LinkButton>
                  }
                >
                  {t('work.mine.empty.hint')}
                </EmptyState>
              )}
              {days.map(
                day =>
                  of(day).length > 0 && (
                    <section key={day} id={`day-${day}`} className={styles.day}>
                      <h2 className={styles.heading}>{dates.day(day)}</h2>
                      <List>
                        {of(day).map(item => (
                          <SetRow key={item.id} of={item} week={week} />
                        ))}
                      </List>
                    </section>
                  ),
              )}
              <p>
                <LinkButton
                  variant="quiet"
                  icon="clock"
                  to="/notebook"
                  search={{ week: dayAfter(monday, -yearOfWeeks) }}
                >
                  {t('work.mine.yearBefore')}
                </LinkButton>
              </p>
            </>
          )
        }}
      </ReadState>
    </div>
  )
}

const SetRow = ({ of, week }: { readonly of: SetSummary; readonly week: string | undefined }) => {
  const t = useTexts(texts, shared)
  const dates = useDates()
  const detail = [
    of.group.name,
    of.kind === 'session' ? t('work.mine.session') : t('work.mine.done', { done: of.done }),
    of.minutes !== undefined && t('work.minutes', { minutes: of.minutes }),
  ]
  return (
    <RowLink
      to="/notebook/:piece"
      params={{ piece: of.id }}
      search={{ week }}
      lead={<SubjectMark subject={of.subject} />}
      title={of.title}
      detail={detail.filter(Boolean).join(' · ')}
      tags={
        <>
          {of.state === 'scheduled' && (
            <Tag tone="soon" icon="clock">
              {t('work.state.scheduled', { when: dates.dayTime(of.publishedAt) })}
            </Tag>
          )}
          {of.state === 'removed' && <Tag>{t('work.state.removed')}</Tag>}
        </>
      }
    />
  )
}
