import { useEffect, useMemo, useState } from 'react'
import { useParams } from 'wouter'
import { workContract } from '../../../shared/work/contract.ts'
import type { Correction } from '../../../shared/work/correction.ts'
import type { CollectedHandIn, HandInReminder } from '../../../shared/work/hand-in.ts'
import { isLegal } from '../../../shared/work/hand-in-states.ts'
import type { PieceSummary } from '../../../shared/work/shapes.ts'
import { useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { navigate, useSearch } from '../../platform/navigation.ts'
import { read } from '../../platform/read.ts'
import { useRead, useReads } from '../../platform/reads.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import type { FilesState } from '../../ui/files/file-chooser.ts'
import { ReadState } from '../../ui/read-state.tsx'
import { BackLink, Screen } from '../../ui/screen.tsx'
import { GiveCorrection } from '../correction/give-correction.tsx'
import { texts as shared } from '../texts.ts'
import styles from './collected.module.css'
import { commentsToReuse } from './comments.ts'
import { drawingsOf } from './drawing/drawings.ts'
import { ReturnFiles } from './files/return-files.tsx'
import { handInRead } from './files/use-hand-in.ts'
import { GiveAll } from './give-back.tsx'
import { notesOf, writtenOf } from './notes.ts'
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
  const { pupil } = useSearch('/notebook/collected/:piece')
  const query = useRead(read(workContract.routes.collected, { params: { piece } }, { every: interval }))
  // Asked for side by side where the address names whose is shown: the pane that shows it shares this read.
  useReads(pupil === undefined ? [] : [handInRead(piece, pupil)])
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
        {({ piece: of, items, reminder, correction }) =>
          items.length === 0 ? (
            <EmptyState title={t('work.collected.none')}>{t('work.collected.none.hint')}</EmptyState>
          ) : (
            <Going key={of.id} of={of} items={items} reminder={reminder} correction={correction} />
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
  readonly correction: Correction | undefined
}

const Going = ({ of, items, reminder, correction }: GoingProps) => {
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
  // Files go on being sent for a pupil whom one has left: they are in what is given back to that pupil.
  const [arriving, setArriving] = useState<ReadonlySet<string>>(new Set())
  const onState = (id: string) => (state: FilesState) =>
    setArriving(before => new Set(state === 'sending' ? [...before, id] : [...before].filter(one => one !== id)))
  const left = items.filter(({ id }) => arriving.has(id) && id !== shown?.id)
  const [hasMoved, setMoved] = useState(false)
  const show = (id: string | undefined) => {
    if (id === undefined) return
    setMoved(true)
    navigate({ to: '/notebook/collected/:piece', params: { piece: of.id }, search: { pupil: id }, replace: true })
  }
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
        <GiveCorrection piece={of.id} given={correction} />
        <Remind piece={of.id} items={items} reminder={reminder} />
        <GiveAll piece={of.id} items={items.filter(({ id }) => !arriving.has(id))} typed={typed} drawings={drawings} />
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
          isArriving={arriving.has(shown.id)}
          onFiles={onState(shown.id)}
          onDraw={(photo, drawn) => drawing.draw({ ...photo, pupil: shown.id }, drawn)}
          hasMoved={hasMoved}
          onBefore={at > 0 ? () => show(items[at - 1]?.id) : undefined}
          onNext={at < items.length - 1 ? () => show(items[at + 1]?.id) : undefined}
        />
      </div>
      <div hidden>
        {left.map(item => (
          <ReturnFiles
            key={item.id}
            piece={of.id}
            pupil={item.id}
            written={writtenOf(item, typed.get(item.id))}
            typed={typed.get(item.id)}
            onType={written => notes.type(item.id, written)}
            onState={onState(item.id)}
          />
        ))}
      </div>
    </>
  )
}
