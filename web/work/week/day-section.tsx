import { useEffect, useState } from 'react'
import type { Me } from '../../../shared/session/contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { useOnline } from '../../platform/online.ts'
import { isHeldUp, isKept } from '../../platform/outbox/device-outbox.ts'
import { type ChildFace, ChildMark } from '../../ui/child-mark.tsx'
import { classes } from '../../ui/classes.ts'
import { Icon } from '../../ui/icon.tsx'
import type { ReaderPiece } from '../data/pieces.ts'
import { tick } from '../data/ticking.ts'
import { today } from '../days.ts'
import { OwnMark } from '../own-mark.tsx'
import { SubjectMark } from '../subject.tsx'
import { texts } from '../texts.ts'
import { AssignmentDue, AssignmentLink } from './assignment.tsx'
import { useDayName } from './day-name.ts'
import styles from './day-section.module.css'
import type { PersonDay, ToDo, WorkDay } from './reading.ts'
import { Refused } from './refused.tsx'

export type DayProps = {
  readonly of: WorkDay
  readonly me: Me
  /** It stands beside other days where there is room. */
  readonly isColumn?: boolean
  readonly faces: ReadonlyMap<string, ChildFace>
  readonly onOpen: (piece: ReaderPiece) => void
  readonly onOwnTask: (task: Extract<ToDo, { kind: 'own' }>['task'], isDone: boolean) => void
  readonly onRemoveTask: (task: Extract<ToDo, { kind: 'own' }>['task']) => void
}

/** A day of the week: what is to be done for it, by person, and what was done in class. */
export const DaySection = ({ of, ...props }: DayProps) => {
  const t = useTexts(texts)
  const dayName = useDayName()
  const { day, people, sessions } = of
  const isPupil = people.some(({ person }) => person === props.me.person.id)
  const all = people.reduce((sum, { toDo }) => sum + toDo.length, 0)
  const left = people.reduce((sum, one) => sum + one.left, 0)
  return (
    <section
      id={`day-${day}`}
      className={classes(styles.day, props.isColumn && styles.column, day === today() && styles.today)}
    >
      <h2 className={styles.heading}>
        {dayName(day)}{' '}
        {all === 0 && sessions.length === 0 && <span className={styles.soft}>{t('work.day.nothing')}</span>}
        {isPupil && left > 0 && <span className={styles.soft}>{t('work.day.left', { minutes: left })}</span>}
      </h2>
      {all > 0 && (
        <div className={styles.frame}>
          {people.map(one => one.toDo.length > 0 && <Person key={one.person} of={one} {...props} />)}
        </div>
      )}
      {sessions.length > 0 && (
        <div className={styles.sessions}>
          <h3 className={styles.inClass}>{t('work.inClass')}</h3>
          <ul className={styles.frame}>
            {sessions.map(piece => (
              <li key={piece.id} className={styles.row}>
                <SubjectMark subject={piece.subject} />
                <button type="button" className={styles.words} onClick={() => props.onOpen(piece)}>
                  <span className={styles.title}>{piece.title}</span>
                  <span className={styles.detail}>{[piece.subject, piece.author.name].join(' · ')}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

type PersonProps = Omit<DayProps, 'of'> & { readonly of: PersonDay }

const Person = ({ of, me, faces, ...props }: PersonProps) => {
  const t = useTexts(texts)
  const { person, toDo, done, left } = of
  const child = me.children.find(({ id }) => id === person)
  const face = faces.get(person)
  return (
    <>
      {child && (
        <h3 className={styles.child}>
          {face && <ChildMark face={face} silent />}
          {child.givenName}{' '}
          <span className={styles.soft}>
            {[
              done > 0 && t('work.day.done', { done, all: toDo.length }),
              left > 0 && t(done > 0 ? 'work.day.left' : 'work.day.expected', { minutes: left }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </h3>
      )}
      <ul className={styles.rows}>
        {toDo.map(one => (
          <ToDoRow
            key={one.kind === 'task' ? one.piece.id : one.task.id}
            of={one}
            person={person}
            mayTick={!child}
            {...props}
          />
        ))}
      </ul>
    </>
  )
}

type RowProps = Pick<DayProps, 'onOpen' | 'onOwnTask' | 'onRemoveTask'> & {
  readonly of: ToDo
  readonly person: string
  readonly mayTick: boolean
}

/** That something waits for the network, which `useOnline()` has the row say anew. */
const useIsWaiting = (of: ToDo): boolean => {
  useOnline()
  return of.unsent !== undefined && !of.unsent.refused && isHeldUp(of.unsent)
}

/** One thing to do: its tick stands at the end, under the thumb. */
const ToDoRow = ({ of, person, mayTick, onOpen, onOwnTask, onRemoveTask }: RowProps) => {
  const t = useTexts(texts)
  const dates = useDates()
  const isDone = of.doneAt !== undefined
  const isWaiting = useIsWaiting(of)
  const isLost = of.unsent !== undefined && !isKept(of.unsent)
  const title = of.kind === 'task' ? of.piece.title : of.task.title
  const detail =
    of.kind === 'task'
      ? [
          of.doneAt === undefined
            ? of.piece.author.name
            : t(of.handIn ? 'work.handedIn.at' : 'work.ticked.at', { when: dates.ago(of.doneAt) }),
          of.piece.minutes !== undefined && t('work.minutes', { minutes: of.piece.minutes }),
        ]
      : [mayTick && t('work.mine')]
  const words = (
    <>
      <span className={classes(styles.title, isDone && mayTick && styles.done)}>{title}</span>
      <span className={styles.detail}>
        {[...detail, isWaiting && t('work.waiting'), isLost && t('work.notKept')].filter(Boolean).join(' · ')}
      </span>
      {of.kind === 'task' && <AssignmentDue of={of} />}
    </>
  )
  const isAssignment = of.kind === 'task' && of.handIn !== undefined
  return (
    <li className={styles.row}>
      {of.kind === 'task' ? <SubjectMark subject={of.piece.subject} /> : <OwnMark />}
      {of.kind === 'task' ? (
        <button type="button" className={styles.words} onClick={() => onOpen(of.piece)}>
          {words}
        </button>
      ) : (
        <span className={styles.words}>{words}</span>
      )}
      {of.kind === 'own' && mayTick && (
        <button
          type="button"
          className={styles.remove}
          aria-label={`${t('work.task.remove')} : ${title}`}
          onClick={() => onRemoveTask(of.task)}
        >
          <Icon name="close" size={20} />
        </button>
      )}
      {of.kind === 'task' && of.handIn !== undefined && <AssignmentLink of={of} pupil={mayTick ? undefined : person} />}
      {isAssignment ? null : mayTick ? (
        <Tick
          label={t('work.tick', { title })}
          isDone={isDone}
          onTick={next => (of.kind === 'task' ? tick(of.piece, next) : onOwnTask(of.task, next))}
        />
      ) : (
        isDone && (
          <span className={styles.ticked}>
            <Icon name="check" size={20} />
            {t('work.ticked')}
          </span>
        )
      )}
      {of.unsent && <Refused of={of.unsent} />}
    </li>
  )
}

type TickProps = { readonly label: string; readonly isDone: boolean; readonly onTick: (isDone: boolean) => void }

/** The tick at the end of a row. It shows what was pressed at once, and then what is known. */
const Tick = ({ label, isDone, onTick }: TickProps) => {
  const [pressed, setPressed] = useState<boolean>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is known has caught up when it changes.
  useEffect(() => setPressed(undefined), [isDone])
  return (
    <label className={styles.tick}>
      <input
        type="checkbox"
        checked={pressed ?? isDone}
        aria-label={label}
        onChange={({ target: { checked } }) => {
          setPressed(checked)
          onTick(checked)
        }}
      />
    </label>
  )
}
