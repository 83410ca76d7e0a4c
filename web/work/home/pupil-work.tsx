import { useState } from 'react'
import type { Me } from '../../../shared/session/contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { LinkButton } from '../../ui/button.tsx'
import type { ReaderPiece } from '../data/pieces.ts'
import { DaySection } from '../week/day-section.tsx'
import { useOwnTasks } from '../week/own-tasks.ts'
import { PieceView } from '../week/piece-view.tsx'
import type { ComingDay } from './coming.ts'
import { texts } from './texts.ts'

export type PupilWorkProps = { readonly me: Me; readonly days: readonly ComingDay[] }

const noFaces = new Map()

/** What a pupil has to do for today and for the next day, ticked and handed in from here. */
export const PupilWork = ({ me, days }: PupilWorkProps) => {
  const t = useTexts(texts)
  const [open, setOpen] = useState<ReaderPiece>()
  const ownTasks = useOwnTasks()
  return (
    <>
      {days.map(({ day, ...person }) => (
        <DaySection
          key={day}
          of={{ day, people: [person], sessions: [] }}
          me={me}
          faces={noFaces}
          onOpen={setOpen}
          {...ownTasks}
        />
      ))}
      <p>
        <LinkButton variant="quiet" icon="next" to="/notebook">
          {t('work.home.week')}
        </LinkButton>
      </p>
      {open && <PieceView piece={open} onClose={() => setOpen(undefined)} />}
    </>
  )
}
