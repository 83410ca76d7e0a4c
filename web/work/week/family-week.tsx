import { useMemo, useState } from 'react'
import type { Me } from '../../../shared/session/contract.ts'
import { dayAfter } from '../../../shared/work/rules.ts'
import { useFetchAhead } from '../../platform/boards/boards.ts'
import { useBriefly } from '../../platform/briefly.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { navigate, useSearch } from '../../platform/navigation.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { ChildMark, childFaces } from '../../ui/child-mark.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { wideFrom } from '../../ui/wide.ts'
import { useBackTo } from '../data/earlier.ts'
import { type ReaderPiece, textFiles, usePieces } from '../data/pieces.ts'
import { type Done, followed, useDone } from '../data/ticks.ts'
import { daysOfWeek, mondayShown, today } from '../days.ts'
import { texts } from '../texts.ts'
import { DaySection } from './day-section.tsx'
import styles from './family-week.module.css'
import { OwnTaskForm } from './own-task-form.tsx'
import { useOwnTasks } from './own-tasks.ts'
import { PieceView } from './piece-view.tsx'
import { type WorkDay, workDays } from './reading.ts'
import { WeekBar } from './week-bar.tsx'

/** The days on which there is something, which are shown at a week's end too. */
const busyDays = (pieces: readonly ReaderPiece[], done: ReadonlyMap<string, Done> | undefined) =>
  new Set([
    ...pieces.map(({ day }) => day),
    ...[...(done?.values() ?? [])].flatMap(({ tasks }) => tasks.map(({ day }) => day)),
  ])

/** True for a day on which nothing is to be done, and nothing was done in class. */
const isNothing = ({ people, sessions }: Pick<WorkDay, 'people' | 'sessions'>): boolean =>
  sessions.length === 0 && people.every(({ toDo }) => toDo.length === 0)

/** True where the days stand beside each other. */
const useWide = wideFrom(1024)

/** A week of a pupil, or of a guardian's children. */
export const FamilyWeek = ({ me }: { readonly me: Me }) => {
  const t = useTexts(texts)
  const { week, of } = useSearch('/notebook')
  const monday = mondayShown(week)
  const boards = usePieces(me)
  const query = useBackTo(me, boards, monday)
  const done = useDone(me)
  // What comes a moment later is not announced.
  const isAwaited = useBriefly(boards.incomplete.size > 0)
  const [open, setOpen] = useState<ReaderPiece>()
  const [isAdding, setAdding] = useState(false)
  const ownTasks = useOwnTasks()
  const isWide = useWide()
  const everybody = followed(me)
  const isPupil = everybody.includes(me.person.id)
  const faces = useMemo(() => (everybody.length > 1 ? childFaces(me.children) : new Map()), [everybody.length, me])
  useFetchAhead(textFiles(boards.data ?? [], today()), boards.confirmedAt ?? 0)
  const go = (search: { week?: string | undefined; of?: string | undefined }) =>
    navigate({ to: '/notebook', search: { week, of, ...search }, replace: true })
  if (everybody.length === 0 || me.audiences.every(({ kind }) => !kind.startsWith('class')))
    return <EmptyState title={t('work.none')}>{t('work.none.hint')}</EmptyState>
  return (
    <ReadState query={query} loading={<Skeleton rows={5} />}>
      {pieces => {
        const people = of !== undefined && everybody.includes(of) ? [of] : everybody
        const busy = busyDays(pieces, done)
        const daysFrom = (from: string) => workDays(daysOfWeek(from, busy), pieces, people, me.person.id, done)
        const all = daysFrom(monday)
        const isEmpty = all.every(isNothing)
        const isWhole = people.every(person => !boards.incomplete.has(person))
        const now = today()
        const isNow = monday <= now && now <= dayAfter(monday, 6)
        // Below each other, today stands first, then what comes, also of the next week; the days before it come last.
        const coming =
          isNow && !isWide ? [...all.filter(({ day }) => day >= now), ...daysFrom(dayAfter(monday, 7))] : all
        const past = isNow && !isWide ? all.filter(({ day, ...of }) => day < now && !isNothing(of)) : []
        const sections = (of: readonly WorkDay[]) =>
          of.map(day => (
            <DaySection key={day.day} of={day} isColumn me={me} faces={faces} onOpen={setOpen} {...ownTasks} />
          ))
        return (
          <div className={styles.week}>
            {everybody.length > 1 && (
              <Segments
                label={t('work.whose')}
                value={of ?? ''}
                onChange={child => go({ of: child || undefined })}
                segments={[
                  { value: '', label: t('work.whose.all') },
                  ...everybody.map(id => {
                    const face = faces.get(id)
                    const name = me.children.find(child => child.id === id)?.givenName ?? ''
                    return {
                      value: id,
                      label: (
                        <>
                          {face && <ChildMark face={face} silent />}
                          {name}
                        </>
                      ),
                    }
                  }),
                ]}
              />
            )}
            <WeekBar
              monday={monday}
              onWeek={next => go({ week: next })}
              loads={all.map(({ day, people: each }) => ({
                day,
                all: each.reduce((sum, { toDo }) => sum + toDo.length, 0),
                done: each.reduce((sum, one) => sum + one.done, 0),
              }))}
            />
            {!isWhole && !isAwaited && <Banner role="status">{t('work.part')}</Banner>}
            {isEmpty && isWhole && <EmptyState title={t('work.empty')}>{t('work.empty.hint')}</EmptyState>}
            {!isEmpty && (
              <div className={styles.days}>
                {sections(coming)}
                {past.length > 0 && <p className={styles.past}>{t('work.past')}</p>}
                {sections(past)}
              </div>
            )}
            {isPupil && (
              <p className={styles.add}>
                <Button variant="quiet" icon="plus" onClick={() => setAdding(true)}>
                  {t('work.task.add')}
                </Button>
              </p>
            )}
            {open && <PieceView piece={open} onClose={() => setOpen(undefined)} />}
            <Dialog open={isAdding} onClose={() => setAdding(false)} title={t('work.task.add')}>
              <OwnTaskForm day={monday > now ? monday : dayAfter(now, 1)} onDone={() => setAdding(false)} />
            </Dialog>
          </div>
        )
      }}
    </ReadState>
  )
}
