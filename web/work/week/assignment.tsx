import { dueFor } from '../../../shared/work/hand-in-rules.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { serverDate } from '../../platform/server-time.ts'
import { LinkButton } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { Icon } from '../../ui/icon.tsx'
import { texts } from '../texts.ts'
import styles from './assignment.module.css'
import type { ToDo } from './reading.ts'

type Task = Extract<ToDo, { kind: 'task' }>

/** Until when an assignment is handed in, as long as it is not, and that its teacher has reminded of it. */
export const AssignmentDue = ({ of: { piece, handIn } }: { readonly of: Task }) => {
  const t = useTexts(texts)
  const dates = useDates()
  if (!piece.assignment || !handIn || handIn.at !== undefined) return null
  const due = dueFor(piece.assignment, handIn.extendedUntil)
  const isLate = due < serverDate().toISOString()
  return (
    <>
      <span className={classes(styles.due, isLate && styles.late)}>
        <Icon name="clock" size={16} />
        {t(isLate ? 'work.assignment.late' : 'work.assignment.due', { when: dates.dayTime(due) })}
      </span>
      {handIn.remindedAt !== undefined && (
        <span className={classes(styles.due, styles.late)}>
          <Icon name="bell" size={16} />
          {t('work.assignment.reminded', { when: dates.ago(handIn.remindedAt) })}
        </span>
      )}
    </>
  )
}

/** Leads to handing in, or to what was handed in or given back. `pupil`: a guardian's child. */
export const AssignmentLink = ({
  of: { piece, handIn },
  pupil,
}: {
  readonly of: Task
  readonly pupil: string | undefined
}) => {
  const t = useTexts(texts)
  const state = handIn?.state ?? 'assigned'
  const isOpen = state === 'assigned' || state === 'started'
  const words = isOpen
    ? 'work.assignment.handIn'
    : state === 'returned'
      ? 'work.assignment.returned'
      : 'work.assignment.handedIn'
  return (
    <LinkButton
      className={styles.link}
      variant={isOpen ? 'primary' : 'quiet'}
      {...(!isOpen && { icon: 'check' as const })}
      to="/notebook/hand-in/:piece"
      params={{ piece: piece.id }}
      search={{ of: pupil }}
      aria-label={`${t(words)} : ${piece.title}`}
    >
      {t(words)}
    </LinkButton>
  )
}
