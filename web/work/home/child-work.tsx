import { useTexts } from '../../platform/catalogue.ts'
import { Icon } from '../../ui/icon.tsx'
import { Link } from '../../ui/link.tsx'
import { OwnMark } from '../own-mark.tsx'
import { SubjectMark } from '../subject.tsx'
import { texts } from '../texts.ts'
import { AssignmentDue } from '../week/assignment.tsx'
import { useDayName } from '../week/day-name.ts'
import type { ToDo } from '../week/reading.ts'
import styles from './child-work.module.css'
import type { ComingDay } from './coming.ts'
import { texts as own } from './texts.ts'

/** How many things to do are shown of a day; the notebook has the others. */
const shown = 4

type ChildWorkProps = {
  readonly child: string
  readonly days: readonly ComingDay[]
  /** False where a notebook of theirs is not there: then nobody is told that there is nothing to do. */
  readonly isWhole: boolean
}

/** In a child's card: what is to be done for today and for the next day. What is done is one line. */
export const ChildWork = ({ child, days, isWhole }: ChildWorkProps) => {
  const t = useTexts(texts, own)
  return (
    <>
      {days.map(day => (
        <Day key={day.day} child={child} of={day} />
      ))}
      {!isWhole && <p className={styles.none}>{t(days.length === 0 ? 'work.home.unknown' : 'work.home.part')}</p>}
      {isWhole && days.length === 0 && <p className={styles.none}>{t('work.home.nothing')}</p>}
    </>
  )
}

const Day = ({ child, of: { day, toDo, done, left } }: { readonly child: string; readonly of: ComingDay }) => {
  const t = useTexts(texts, own)
  const dayName = useDayName()
  const open = toDo.filter(({ doneAt }) => doneAt === undefined)
  const further = open.length - shown
  const folded = [
    further > 0 && t('work.home.further', { count: further }),
    done > 0 && t(open.length === 0 ? 'work.home.all-done' : 'work.home.done', { count: done }),
  ].filter(one => one !== false)
  return (
    <section className={styles.day}>
      <h3 className={styles.heading}>
        {dayName(day)}{' '}
        {left > 0 && (
          <span className={styles.soft}>{t(done > 0 ? 'work.day.left' : 'work.day.expected', { minutes: left })}</span>
        )}
      </h3>
      {open.length > 0 && (
        <ul className={styles.rows}>
          {open.slice(0, shown).map(one => (
            <Row key={one.kind === 'task' ? one.piece.id : one.task.id} of={one} child={child} />
          ))}
        </ul>
      )}
      {folded.length > 0 && (
        <Link to="/notebook" search={{ of: child }} className={styles.folded}>
          {done > 0 && further <= 0 && <Icon name="check" size={20} />}
          {folded.join(' · ')}
        </Link>
      )}
    </section>
  )
}

const Row = ({ of, child }: { readonly of: ToDo; readonly child: string }) => {
  const t = useTexts(texts)
  if (of.kind === 'own')
    return (
      <li className={styles.row}>
        <OwnMark />
        <span className={styles.title}>{of.task.title}</span>
      </li>
    )
  const { piece, handIn } = of
  const words = (
    <>
      <SubjectMark subject={piece.subject} />
      <span className={styles.words}>
        <span className={styles.title}>{piece.title}</span>
        <AssignmentDue of={of} />
      </span>
      {piece.minutes !== undefined && (
        <span className={styles.minutes}>{t('work.minutes', { minutes: piece.minutes })}</span>
      )}
      {handIn && <Icon name="next" size={20} />}
    </>
  )
  return (
    <li>
      {handIn ? (
        <Link to="/notebook/hand-in/:piece" params={{ piece: piece.id }} search={{ of: child }} className={styles.row}>
          {words}
        </Link>
      ) : (
        <Link to="/notebook" search={{ of: child }} className={styles.row}>
          {words}
        </Link>
      )}
    </li>
  )
}
