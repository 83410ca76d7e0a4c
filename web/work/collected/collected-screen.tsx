import { useEffect, useMemo, useState } from 'react'
import { useParams } from 'wouter'
import { workContract } from '../../../shared/work/contract.ts'
import type { CollectedHandIn, HandInReminder } from '../../../shared/work/hand-in.ts'
import { isLegal } from '../../../shared/work/hand-in-states.ts'
import type { PieceSummary } from '../../../shared/work/shapes.ts'
import { useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { navigate, useSearch } from '../../platform/navigation.ts'
import { read } from '../../platform/read.ts'
import { useRead } from '../../platform/reads.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { BackLink, Screen } from '../../ui/screen.tsx'
import { texts as shared } from '../texts.ts'
import styles from './collected.module.css'
import { commentsToReuse } from './comments.ts'
import { drawingsOf } from './drawing/drawings.ts'
import { GiveAll } from './give-back.tsx'
import { notesOf } from './notes.ts'
import { PupilList } from './pupil-list.tsx'
import { PupilPane } from './pupil-pane.tsx'
import { Remind } from './remind.tsx'
import { texts } from './texts.ts'
import { useMade } from './unsaved.ts'
import { DownloadAll } from './zip/download-all.tsx'

/** Milliseconds between two requests, for somebody who looks. */
const interval = 60_000

/** What a class handed in: the pupils, what one of them handed in, what is said of it. */
export const CollectedScreen = () => {
  const t = useTexts(texts, shared)
  const dates = useDates()
  const { piece = '' } = useParams()
  const query = useRead(read(workContract.routes.collected, { params: { piece } }, { every: interval }))
  const about = query.data?.piece
  return (
    <Screen
      title={about?.title ?? t('work.collected.title')}
      subtitle={
        about?.assignment
          ? t('work.collected.due', { group: about.group.name, when: dates.dayTime(about.assignment.dueAt) })
          : t('work.collected.title')
      }
      back={
        <BackLink to="/notebook/:piece" params={{ piece }}>
          {t('work.title')}
        </BackLink>
      }
    >
      <ReadState query={query}>
        {({ piece: of, items, reminder }) =>
          items.length === 0 ? (
            <EmptyState title={t('work.collected.none')}>{t('work.collected.none.hint')}</EmptyState>
          ) : (
            <Going key={of.id} of={of} items={items} reminder={reminder} />
          )
        }
      </ReadState>
    </Screen>
  )
}

type GoingProps = {
  readonly of: PieceSummary
  readonly items: readonly CollectedHandIn[]
  readonly reminder: HandInReminder | undefined
}

const Going = ({ of, items, reminder }: GoingProps) => {
  const t = useTexts(texts, shared)
  const me = useMe()
  const { pupil } = useSearch('/notebook/collected/:piece')
  const notes = useMemo(() => notesOf(me.person.id, of.id), [me.person.id, of.id])
  const drawing = useMemo(() => drawingsOf(me.person.id, of.id), [me.person.id, of.id])
  const [typed, drawings] = [useMade(notes), useMade(drawing)]
  // Chosen once: another pupil may hand in while somebody types.
  const [first] = useState(() => (items.find(({ state }) => isLegal('giveBack', state)) ?? items[0])?.id)
  const at = Math.max(
    0,
    items.findIndex(({ id }) => id === (pupil ?? first)),
  )
  const shown = items[at]
  useEffect(() => {
    if (!shown) return
    return () => {
      notes.leave(name => name === shown.id)
      drawing.leavePupil(shown.id)
    }
  }, [notes, drawing, shown])
  const show = (id: string | undefined) =>
    id !== undefined &&
    navigate({ to: '/notebook/collected/:piece', params: { piece: of.id }, search: { pupil: id }, replace: true })
  if (!shown) return null
  return (
    <>
      <div className={styles.top}>
        <p>
          {t('work.collected.count', {
            handedIn: items.filter(({ versions }) => versions > 0).length,
            all: items.length,
          })}
        </p>
        <DownloadAll of={of} items={items} />
        <Remind piece={of.id} items={items} reminder={reminder} />
        <GiveAll piece={of.id} items={items} typed={typed} drawings={drawings} />
      </div>
      <div className={styles.panes}>
        <PupilList items={items} shown={shown.id} typed={typed} onShow={show} />
        <PupilPane
          key={shown.id}
          piece={of.id}
          of={shown}
          typed={typed}
          drawings={drawings}
          comments={commentsToReuse(items, typed, shown.id)}
          onType={written => notes.type(shown.id, written)}
          onDraw={(photo, drawn) => drawing.draw({ ...photo, pupil: shown.id }, drawn)}
          onBefore={at > 0 ? () => show(items[at - 1]?.id) : undefined}
          onNext={at < items.length - 1 ? () => show(items[at + 1]?.id) : undefined}
        />
      </div>
    </>
  )
}
