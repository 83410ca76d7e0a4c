import { type ComponentType, lazy, Suspense } from 'react'
import { inCharge } from '../../shared/kernel/charge.ts'
import type { Me } from '../../shared/session/contract.ts'
import { useBriefly } from '../platform/briefly.ts'
import { useTexts } from '../platform/catalogue.ts'
import { queryClient } from '../platform/content.ts'
import type { HomeBlock, HomeContent } from '../platform/home-block.ts'
import type { Readable } from '../platform/read.ts'
import { serverDate } from '../platform/server-time.ts'
import { registerWrites } from '../platform/write.ts'
import { LinkButton } from '../ui/button.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { isSetter, shownCollecting, useCollecting } from './data/collecting.ts'
import { usePieces } from './data/pieces.ts'
import { followed, useDone } from './data/ticks.ts'
import { today } from './days.ts'
import { BudgetLink } from './home/budget-link.tsx'
import { ChildWork } from './home/child-work.tsx'
import { CollectingList } from './home/collecting.tsx'
import { comingDays } from './home/coming.ts'
import type { PupilWorkProps } from './home/pupil-work.tsx'
import { texts } from './home/texts.ts'

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
  const { begins: _, incomplete, ...boards } = usePieces(me)
  const done = useDone(me)
  const { collecting, isLoading } = useCollecting(me)
  const people = followed(me)
  const isAwaited = useBriefly(isLoading)
  const shown = shownCollecting(collecting, serverDate())
  const runsSchool = me.roles.some(({ role }) => inCharge.some(one => one === role))
  const handedIn = {
    ...(shown.length > 0 && { toDo: <CollectingList items={shown} /> }),
    // Below what waits for an answer.
    ...(runsSchool && { followed: <BudgetLink /> }),
  }
  // Whoever has no work of their own to follow waits for no notebook.
  if (people.length === 0) return { ...boards, error: null, data: isAwaited ? undefined : { ...nothing, ...handedIn } }
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
      ...handedIn,
      ...(!isPupil && {
        ofChild: {
          to: child => ({ to: '/notebook' as const, search: { of: child } }),
          body: child => <ChildWork child={child} days={coming(child)} isWhole={!incomplete.has(child)} />,
        },
      }),
    },
  }
}

const SetButton = ({ variant }: { readonly variant: 'primary' | 'plain' }) => {
  const t = useTexts(texts)
  return (
    <LinkButton variant={variant} icon="plus" to="/notebook/set">
      {t('work.home.set')}
    </LinkButton>
  )
}

/**
 * The work on Home: what a pupil, or each child of a guardian, has to do next, what a teacher has to give back, and for those who
 * run a school where classes have too much.
 */
export const workHome: HomeBlock = {
  useContent,
  action: (me, variant) => isSetter(me) && <SetButton variant={variant} />,
}
