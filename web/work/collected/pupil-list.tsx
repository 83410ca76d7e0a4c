import type { KeyboardEvent } from 'react'
import { listName } from '../../../shared/kernel/names.ts'
import type { CollectedHandIn } from '../../../shared/work/hand-in.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { classes } from '../../ui/classes.ts'
import { cameLater } from '../came-later.ts'
import styles from './collected.module.css'
import type { PupilNote } from './notes.ts'
import { texts } from './texts.ts'

/** What is told of a pupil's hand-in in words: late, by a guardian, a further version, made offline. */
export const useFacts = () => {
  const t = useTexts(texts)
  return ({ state, current, versions, returned, hasLeft }: CollectedHandIn): readonly string[] =>
    [
      (state === 'assigned' || state === 'started') && t(`work.collected.state.${state}`),
      state === 'returned' && t('work.collected.state.returned'),
      current?.judgement === 'late' && t('work.collected.late'),
      current?.judgement === 'outage' && t('work.collected.outage'),
      current?.by.as === 'guardian' && t('work.collected.guardian', { name: current.by.name }),
      (versions > 1 || (returned !== undefined && state === 'handed-in-again')) &&
        t('work.collected.version', { count: versions }),
      hasLeft && t('work.collected.left'),
    ].filter(fact => typeof fact === 'string')
}

type PupilListProps = {
  readonly items: readonly CollectedHandIn[]
  readonly shown: string
  readonly typed: ReadonlyMap<string, PupilNote>
  readonly onShow: (pupil: string) => void
}

/** The pupils of the class in the order of lists, each with what matters of the hand-in. */
export const PupilList = ({ items, shown, typed, onShow }: PupilListProps) => {
  const t = useTexts(texts)
  const factsOf = useFacts()
  const onArrow = ({ key, altKey, currentTarget }: KeyboardEvent<HTMLElement>, at: number) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key]
    const next = step === undefined || altKey ? undefined : items[at + step]
    if (!next) return
    onShow(next.id)
    currentTarget.closest('ul')?.querySelectorAll('button')[items.indexOf(next)]?.focus()
  }
  return (
    <nav className={styles.list} aria-label={t('work.collected.pupils')}>
      <ul>
        {items.map((item, at) => {
          const mark = typed.get(item.id)?.mark ?? item.note?.mark
          const isLate = item.current?.judgement === 'late'
          return (
            <li key={item.id}>
              <button
                type="button"
                className={classes(styles.pupil, item.id === shown && styles.shown)}
                aria-current={item.id === shown || undefined}
                // One stop of the Tab key for the whole class.
                tabIndex={item.id === shown ? 0 : -1}
                onKeyDown={event => onArrow(event, at)}
                onClick={() => onShow(item.id)}
              >
                <span>{listName(item)}</span>
                <span className={classes(styles.soft, isLate && styles.late)}>
                  {[mark, ...factsOf(item), item.current && cameLater(item.current) && '↓'].filter(Boolean).join(' · ')}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
