import { type ComponentType, lazy, Suspense } from 'react'
import type { Me } from '../../shared/session/contract.ts'
import { queryClient } from '../platform/content.ts'
import type { HomeBlock, HomeContent } from '../platform/home-block.ts'
import type { Readable } from '../platform/read.ts'
import { serverDate } from '../platform/server-time.ts'
import { registerWrites } from '../platform/write.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { usePieces } from './data/pieces.ts'
import { followed, useDone } from './data/ticks.ts'
import { today } from './days.ts'
import { ChildWork } from './home/child-work.tsx'
import { comingDays } from './home/coming.ts'
import type { PupilWorkProps } from './home/pupil-work.tsx'

/** With what opens a piece, and the writes: only pupils need them. Where they cannot be fetched, the notebook has it. */
const pupilWork = async (): Promise<{ readonly default: ComponentType<PupilWorkProps> }> => {
  const [{ PupilWork: part }, { writes }] = await Promise.all([import('./home/pupil-work.tsx'), import('./writes.ts')])
  registerWrites(queryClient, writes)
  return { default: part }
}
const PupilWork = lazy(() => pupilWork().catch(() => ({ default: () => null })))

const nothing: HomeContent = {
  urgent: [],
  due: [],
  first: [],
  unread: [],
  read: [],
  isReadKnown: true,
  all: null,
}

const useContent = (me: Me): Readable<HomeContent> => {
  const { begins: _, ...boards } = usePieces(me)
  const done = useDone(me)
  const people = followed(me)
  // Whoever has no work of their own to follow waits for none.
  if (people.length === 0) return { ...boards, error: null, data: nothing }
  const pieces = boards.data
  const coming = (person: string) =>
    comingDays({
      pieces: pieces ?? [],
      person,
      self: me.person.id,
      done,
      today: today(),
      now: serverDate().toISOString(),
    })
  const isPupil = people.includes(me.person.id)
  const ofPupil = isPupil ? coming(me.person.id) : []
  return {
    ...boards,
    data: pieces && {
      ...nothing,
      ...(ofPupil.length > 0 && {
        toDo: (
          <Suspense fallback={<Skeleton rows={3} />}>
            <PupilWork me={me} days={ofPupil} />
          </Suspense>
        ),
      }),
      ...(!isPupil && {
        ofChild: {
          to: child => ({ to: '/notebook' as const, search: { of: child } }),
          body: child => <ChildWork child={child} days={coming(child)} />,
        },
      }),
    },
  }
}

/** The work on Home: what a pupil, or each child of a guardian, has to do next. */
export const workHome: HomeBlock = { useContent }
